import type { Connection } from 'jsforce';
import { z } from 'zod';

/** A question as the referral's record holds it (`Questions__c`). */
const question = z.object({
  target: z.string(),
  label: z.string(),
  question: z.string(),
  allowed: z.array(z.string()).optional(),
  answerHome: z.string().optional(),
});
export type OpenQuestion = z.infer<typeof question>;

/** What a person sees of a referral, read from its record. */
export interface SeenReferral {
  readonly id: string;
  readonly name: string;
  readonly opportunityId: string;
  readonly attempt: number;
  readonly state: string;
  readonly networkId: string | null;
  readonly steps: number;
  readonly rekeyed: number | null;
  readonly latencyMs: number | null;
  readonly message: string;
  readonly questions: readonly OpenQuestion[];
}

/** States in which nothing more happens by itself. `in-review` moves on when the partner decides. */
const settled = new Set([
  'needs-answers',
  'waiting-approval',
  'action-required',
  'approved',
  'rejected',
  'blocked',
  'failed',
]);

type Record_ = Record<string, unknown>;

const list = (json: unknown): unknown[] => {
  if (typeof json !== 'string' || json === '') return [];
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed : [];
};

const newestOf = (seen: readonly SeenReferral[], deal: string): SeenReferral | undefined =>
  seen.filter((candidate) => candidate.opportunityId === deal).sort((left, right) => right.attempt - left.attempt)[0];

const quoted = (ids: readonly string[]): string => ids.map((id) => `'${id.replace(/\W/g, '')}'`).join(',');

/**
 * Does with records what a seller does with buttons: inserts requests, and reads the referral's record until it rests.
 * One query a round serves every deal that is watched, as one person's list view would.
 */
export class ReferralDesk {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #pollMs: number;
  readonly #waiting = new Map<
    string,
    {
      requestId: string;
      done: (seen: SeenReferral) => void;
      refuse: (error: Error) => void;
      rested: (seen: SeenReferral) => boolean;
    }
  >();
  #reading = false;
  #lastChange = '';
  #lastChangeAt = 0;
  readonly #patienceMs: number;

  /** `patienceMs`: how long nothing at all may change before waiting is given up. */
  constructor(connection: Connection, options: { namespace?: string; pollMs?: number; patienceMs?: number } = {}) {
    this.#connection = connection;
    this.#namespace = options.namespace ?? '';
    this.#pollMs = options.pollMs ?? 250;
    this.#patienceMs = options.patienceMs ?? 120_000;
  }

  /** A custom name as this org has it. */
  custom(name: string): string {
    return this.#namespace ? `${this.#namespace}__${name}` : name;
  }

  async partnerId(key: string): Promise<string> {
    const found = await this.#connection.query<{ Id: string }>(
      `SELECT Id FROM ${this.custom('Partner__c')} WHERE ${this.custom('Key__c')} = '${key.replace(/[^\w-]/g, '')}'`,
    );
    const id = found.records[0]?.Id;
    if (!id)
      throw new Error(
        `The org has no partner "${key}" yet: the service adds it when it first connects. Is it running?`,
      );
    return id;
  }

  /** Targets that may be sent to the network: what a surface without room for the values shows before the click. */
  async shownFields(network: string): Promise<string[]> {
    const [target, active, field] = [this.custom('Target__c'), this.custom('Active__c'), this.custom('Network__c')];
    const rows = await this.#connection.query<Record_>(
      `SELECT ${target} FROM ${this.custom('FieldMapping__c')} WHERE ${field} = '${network}' AND ${active} = true`,
      { autoFetch: true, maxFetch: 2_000 },
    );
    return rows.records.map((row) => String(row[target]));
  }

  /** Inserts a request; `fields` are our names without namespace. */
  async request(kind: string, fields: Readonly<Record<string, string>>, input: unknown): Promise<string> {
    const row: Record<string, string> = {
      [this.custom('Kind__c')]: kind,
      [this.custom('Surface__c')]: 'api',
      [this.custom('ClickedAt__c')]: new Date().toISOString(),
      [this.custom('Input__c')]: JSON.stringify(input),
    };
    for (const [name, value] of Object.entries(fields)) row[this.custom(name)] = value;
    const saved = await this.#connection.sobject(this.custom('Request__c')).create(row);
    if (!saved.success) throw new Error(`The org refused the request: ${JSON.stringify(saved.errors)}`);
    return saved.id;
  }

  /** The newest referral of the deal now, if it has one. */
  async newest(opportunityId: string): Promise<SeenReferral | undefined> {
    return newestOf(await this.#referrals([opportunityId]), opportunityId);
  }

  /** The newest referral of the deal once it rests, as `rested` says (any settled state when left out). */
  untilRested(
    opportunityId: string,
    requestId: string,
    rested: (seen: SeenReferral) => boolean = (seen) => settled.has(seen.state),
  ): Promise<SeenReferral> {
    return new Promise((done, refuse) => {
      this.#waiting.set(opportunityId, { requestId, done, refuse, rested });
      this.#lastChangeAt = Date.now();
      if (!this.#reading) void this.#read();
    });
  }

  async #read(): Promise<void> {
    this.#reading = true;
    while (this.#waiting.size > 0) {
      try {
        await this.#round();
      } catch (error) {
        for (const one of this.#waiting.values()) one.refuse(error instanceof Error ? error : new Error(String(error)));
        this.#waiting.clear();
      }
      // The record is the interface and does not push: between two looks there is nothing to await.
      if (this.#waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, this.#pollMs));
    }
    this.#reading = false;
  }

  async #round(): Promise<void> {
    const deals = [...this.#waiting.keys()];
    const seen = await this.#referrals(deals);
    const refused = await this.#refusals([...this.#waiting.values()].map((one) => one.requestId));
    const picture = JSON.stringify([seen, [...refused]]);
    if (picture !== this.#lastChange) {
      this.#lastChange = picture;
      this.#lastChangeAt = Date.now();
    }
    for (const deal of deals) {
      const one = this.#waiting.get(deal);
      const referral = newestOf(seen, deal);
      const refusal = one && refused.get(one.requestId);
      const tooLong = Date.now() - this.#lastChangeAt > this.#patienceMs;
      if (!one || (!refusal && !tooLong && !(referral && one.rested(referral)))) continue;
      this.#waiting.delete(deal);
      if (refusal) one.refuse(new Error(refusal));
      else if (referral && one.rested(referral)) one.done(referral);
      else
        one.refuse(
          new Error(
            `nothing has changed for ${this.#patienceMs / 1000} s; the referral is ${referral?.state ?? 'not there'}. Is the service running?`,
          ),
        );
    }
  }

  async #referrals(deals: readonly string[]): Promise<SeenReferral[]> {
    const names = [
      'Opportunity__c',
      'Attempt__c',
      'State__c',
      'NetworkId__c',
      'Steps__c',
      'FieldsRekeyed__c',
      'LatencyMs__c',
      'Message__c',
      'Questions__c',
    ].map((name) => this.custom(name));
    const found: SeenReferral[] = [];
    for (let start = 0; start < deals.length; start += 100) {
      const rows = await this.#connection.query<Record_>(
        `SELECT Id, Name, ${names.join(', ')} FROM ${this.custom('Referral__c')} WHERE ${this.custom('Opportunity__c')} IN (${quoted(deals.slice(start, start + 100))})`,
      );
      found.push(...rows.records.map((row) => this.#seen(row)));
    }
    return found;
  }

  #seen(row: Record_): SeenReferral {
    const value = (name: string): unknown => row[this.custom(name)];
    const number = (name: string): number | null => (typeof value(name) === 'number' ? (value(name) as number) : null);
    const state = String(value('State__c'));
    return {
      id: String(row.Id),
      name: String(row.Name),
      opportunityId: String(value('Opportunity__c')),
      attempt: number('Attempt__c') ?? 1,
      state,
      networkId: typeof value('NetworkId__c') === 'string' ? (value('NetworkId__c') as string) : null,
      steps: list(value('Steps__c')).length,
      rekeyed: number('FieldsRekeyed__c'),
      latencyMs: number('LatencyMs__c'),
      message: typeof value('Message__c') === 'string' ? (value('Message__c') as string) : '',
      questions: state === 'needs-answers' ? z.array(question).parse(list(value('Questions__c'))) : [],
    };
  }

  async #refusals(requests: readonly string[]): Promise<Map<string, string>> {
    const [state, message] = [this.custom('State__c'), this.custom('Message__c')];
    const found = new Map<string, string>();
    for (let start = 0; start < requests.length; start += 100) {
      const rows = await this.#connection.query<Record_>(
        `SELECT Id, ${message} FROM ${this.custom('Request__c')} WHERE ${state} = 'refused' AND Id IN (${quoted(requests.slice(start, start + 100))})`,
      );
      for (const row of rows.records) found.set(String(row.Id), String(row[message] ?? 'refused'));
    }
    return found;
  }
}
