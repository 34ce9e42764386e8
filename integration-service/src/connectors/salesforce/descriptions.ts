import type { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import type { Namespace } from './namespace.ts';
import { describeAnswer } from './wire.ts';

export type DescribedField = z.infer<typeof describeAnswer>['fields'][number];

/** Types and relationships change by an admin's hand: asked for again after so long. */
const maxAgeMs = 3_600_000;
/** A field that is not there may have been made since; asked again no more often than this. */
const minAgeMs = 60_000;

/** What an org says of its objects' fields, remembered for an hour. `monotonic` is milliseconds that no clock change moves. */
export class Descriptions {
  readonly #client: Pick<SalesforceClient, 'request'>;
  readonly #namespace: Namespace;
  readonly #monotonic: () => number;
  readonly #known = new Map<
    string,
    { readonly askedAt: number; readonly fields: Promise<readonly DescribedField[]> }
  >();

  constructor(
    client: Pick<SalesforceClient, 'request'>,
    namespace: Namespace,
    monotonic: () => number = () => performance.now(),
  ) {
    this.#client = client;
    this.#namespace = namespace;
    this.#monotonic = monotonic;
  }

  /** Fields of an object by its name in this org, as far as the service may see them. */
  fieldsOf(object: string): Promise<readonly DescribedField[]> {
    return this.#fields(object, maxAgeMs);
  }

  /** The field, or relationship, of that name in our words; null when the service does not see one. */
  async find(object: string, matches: (field: DescribedField) => boolean): Promise<DescribedField | null> {
    const found = (await this.#fields(object, maxAgeMs)).find(matches);
    return found ?? (await this.#fields(object, minAgeMs)).find(matches) ?? null;
  }

  /** A field's name without the namespace. */
  plain(name: string): string {
    return this.#namespace.plain(name);
  }

  async #fields(object: string, ageMs: number): Promise<readonly DescribedField[]> {
    const known = this.#known.get(object);
    if (known && this.#monotonic() - known.askedAt <= ageMs) return known.fields;
    const fields = this.#client
      .request('GET', `/sobjects/${object}/describe`, undefined, 'describe')
      .then((answer) => describeAnswer.parse(answer).fields);
    this.#known.set(object, { askedAt: this.#monotonic(), fields });
    fields.catch(() => this.#known.delete(object));
    return fields;
  }
}
