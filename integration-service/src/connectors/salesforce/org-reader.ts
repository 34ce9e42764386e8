import type { SalesforceClient, Subrequest } from './client.ts';
import type { Namespace } from './namespace.ts';
import { problemOf } from './port-errors.ts';
import { queryAnswer } from './wire.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Asks one org by SOQL; what comes back has the namespace taken off. */
export class OrgReader {
  readonly #client: Pick<SalesforceClient, 'query' | 'composite'>;
  readonly #namespace: Namespace;

  constructor(client: Pick<SalesforceClient, 'query' | 'composite'>, namespace: Namespace) {
    this.#client = client;
    this.#namespace = namespace;
  }

  /** All rows of one query. */
  async rows(soql: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.#client.query(soql)).map((record) => this.#namespace.strip(record) as Record<string, unknown>);
  }

  /** Up to five queries in one API call (the limit of a composite), the first 2,000 rows of each. */
  async together<Name extends string>(
    queries: Readonly<Record<Name, string>>,
    optional: readonly string[] = [],
  ): Promise<Readonly<Record<Name, readonly Record<string, unknown>[]>>> {
    const names = Object.keys(queries) as Name[];
    const subrequests = names.map((name): Subrequest => ({
      method: 'GET',
      path: `/query?q=${encodeURIComponent(queries[name])}`,
      referenceId: name,
    }));
    const answers = await this.#client.composite(subrequests, false);
    const found = {} as Record<Name, readonly Record<string, unknown>[]>;
    for (const name of names) {
      const answer = answers.get(name);
      const problem = problemOf(answer);
      if (problem && !optional.includes(name)) throw problem;
      const records = problem ? [] : queryAnswer.parse(answer?.body).records;
      found[name] = records.map((record) => this.#namespace.strip(record) as Record<string, unknown>);
    }
    return found;
  }
}
