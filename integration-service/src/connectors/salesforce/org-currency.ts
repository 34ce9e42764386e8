import { z } from 'zod';
import type { DealFacts } from '../../domain/referrals/draft.ts';
import { type SalesforceClient, SalesforceError } from './client.ts';
import type { Descriptions } from './descriptions.ts';

const currencyField = 'CurrencyIsoCode';
const organization = z.array(z.object({ DefaultCurrencyIsoCode: z.string().nullish() }));

/** Whether a path of the mapping is the currency of a record. Nobody's field security hides it. */
export const isCurrency = (path: string): boolean => path.endsWith(`.${currencyField}`);

/**
 * In which currency an org's amounts are. In an org of several each record names its own; in one of one currency records
 * have no such field, and the organization says it.
 */
export class OrgCurrency {
  readonly #code: string | null;
  readonly #descriptions: Pick<Descriptions, 'fieldsOf'>;

  private constructor(code: string | null, descriptions: Pick<Descriptions, 'fieldsOf'>) {
    this.#code = code;
    this.#descriptions = descriptions;
  }

  /** Asks once: an org's own currency is changed by Salesforce's support only. Unknown where the org does not tell. */
  static async learn(
    client: Pick<SalesforceClient, 'query'>,
    descriptions: Pick<Descriptions, 'fieldsOf'>,
  ): Promise<OrgCurrency> {
    try {
      const rows = organization.parse(await client.query(`SELECT Default${currencyField} FROM Organization`));
      return new OrgCurrency(rows[0]?.DefaultCurrencyIsoCode ?? null, descriptions);
    } catch (error) {
      if (error instanceof SalesforceError && error.code === 'INVALID_FIELD')
        return new OrgCurrency(null, descriptions);
      throw error;
    }
  }

  /** The paths that this org can be asked for: a query for the currency of records that have none would be refused. */
  async pathsHere(paths: readonly string[]): Promise<readonly string[]> {
    if (!paths.some(isCurrency)) return paths;
    const fields = await this.#descriptions.fieldsOf('Opportunity');
    return fields.some(({ name }) => name === currencyField) ? paths : paths.filter((path) => !isCurrency(path));
  }

  /** The deal with the currency of amounts whose record names none. */
  named(deal: DealFacts): DealFacts {
    return { ...deal, Organization: { DefaultCurrencyIsoCode: this.#code } };
  }
}
