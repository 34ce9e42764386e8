import type { UnseenDecision } from '../../infrastructure/database/decision-mirrors.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { linkApprovalsOf } from './approvals-of-decisions.ts';
import { actOf, actRow, isOneOfMany } from './act-row.ts';
import { batchRow } from './batch-row.ts';
import { judgedRow, referralOf } from './decision-row.ts';
import { storyOf } from './decision-story.ts';
import { type Retention, RETENTION, type Surroundings } from './row-fields.ts';

/** How long a decision waits for the record of its referral, which is written a moment later; then it goes without. */
const referralWithinMs = 60_000;
/** Decisions whose entries are read from PostgreSQL at once. */
const readsAtOnce = 4;

type MirroredOrg = Pick<OrgRuntime, 'org' | 'crm' | 'ledger' | 'decisions' | 'approvals' | 'clock' | 'log' | 'trace'>;

/**
 * Follows the ledger of an org and writes each decision on its record (`Decision__c`). The ledger is the truth: a record
 * holds nothing that could not be written again from it, and nothing of this is on the way of a referral. Whoever calls
 * holds the lease of the chores; done twice it comes to the same.
 */
export class DecisionMirror {
  readonly #org: MirroredOrg;
  readonly #retention: Retention;
  /** Of partners by key; a new one is looked for when it is met. */
  #partners: ReadonlyMap<string, string> = new Map();

  constructor(org: MirroredOrg, retention: Retention = RETENTION) {
    this.#org = org;
    this.#retention = retention;
  }

  /** Writes what is new; gives how many records were written. @throws what the org or the database said. */
  async look(): Promise<number> {
    let written = 0;
    for (;;) {
      const page = await this.#org.decisions.unseen();
      if (page.until === null) return written;
      const referrals = await this.#referrals(page.decisions);
      const { ready, until } = this.#ready(page.decisions, page.until, referrals);
      const rows = await this.#rowsOf(ready, referrals);
      written += await this.#write(rows);
      await linkApprovalsOf(this.#org, await this.#org.approvals.ofDecisions(ready.map(({ decision }) => decision)));
      this.#org.trace('decisions-shown');
      if (until > 0) await this.#org.decisions.followed(until);
      if (!page.more || until < page.until) return written;
    }
  }

  /** Those whose referral is there, and up to which entry that is everything. */
  #ready(
    unseen: readonly UnseenDecision[],
    until: number,
    referrals: Surroundings['referrals'],
  ): { readonly ready: readonly UnseenDecision[]; readonly until: number } {
    const now = Date.parse(this.#org.clock.now());
    const early = unseen.filter(({ decision, at }) => {
      const referral = referralOf(decision);
      return referral !== null && !referrals.has(referral.key) && now - Date.parse(at) < referralWithinMs;
    });
    return {
      ready: unseen.filter((one) => !early.includes(one)),
      until: Math.min(until, ...early.map(({ first }) => first - 1)),
    };
  }

  async #referrals(unseen: readonly UnseenDecision[]): Promise<Surroundings['referrals']> {
    const keys = [...new Set(unseen.flatMap(({ decision }) => referralOf(decision)?.key ?? []))];
    if (keys.length === 0) return new Map();
    const read = await this.#org.crm.readRows('Referral__c', { keys });
    if (!read.ok) throw new Error(`the referrals could not be read: ${read.error.message}`);
    return new Map(read.value.map(({ key, ownerId }) => [key, { ownerId }]));
  }

  async #rowsOf(unseen: readonly UnseenDecision[], referrals: Surroundings['referrals']): Promise<readonly OwnRow[]> {
    const rows = new Map<string, OwnRow>();
    for (let next = 0; next < unseen.length; next += readsAtOnce)
      for (const row of await Promise.all(
        unseen.slice(next, next + readsAtOnce).map((one) => this.#rowOf(one, referrals)),
      ))
        if (row) rows.set(row.key, row);
    return [...rows.values()];
  }

  async #rowOf({ decision, first }: UnseenDecision, referrals: Surroundings['referrals']): Promise<OwnRow | null> {
    const { org, ledger, decisions } = this.#org;
    const act = actOf(decision);
    if (act && isOneOfMany(act.kind)) {
      const all = await decisions.ofRequest(act.kind, act.request, first);
      const read = await Promise.all(all.map((one) => ledger.read(org, one)));
      return actRow(all, read.flat(), await this.#around(read[0]?.[0]?.partnerOfRecord, referrals));
    }
    const entries = await ledger.read(org, decision);
    const around = await this.#around(entries[0]?.partnerOfRecord, referrals);
    const story = storyOf(entries);
    if (story) return judgedRow(decision, story, around);
    return batchRow(decision, entries, around) ?? actRow([decision], entries, around);
  }

  async #around(partner: string | undefined, referrals: Surroundings['referrals']): Promise<Surroundings> {
    if (partner !== undefined && partner !== 'none' && !this.#partners.has(partner)) {
      const read = await this.#org.crm.readRows('Partner__c', {});
      if (!read.ok) throw new Error(`the partners could not be read: ${read.error.message}`);
      this.#partners = new Map(read.value.map(({ key, name }) => [key, name ?? key]));
    }
    return { partners: this.#partners, referrals, retention: this.#retention };
  }

  /** A row that the org does not take holds no other up: the ledger has it. */
  async #write(rows: readonly OwnRow[]): Promise<number> {
    if (rows.length === 0) return 0;
    const written = await this.#org.crm.upsertRows(rows);
    if (!written.ok) throw new Error(`the decisions could not be written: ${written.error.message}`);
    const refused = written.value.filter(({ problem }) => problem !== null);
    for (const { key, problem } of refused)
      this.#org.log.warn({ decision: key, problem }, 'a decision could not be shown');
    await this.#letRead(rows, new Map(written.value.flatMap(({ key, id }) => (id === null ? [] : [[key, id]]))));
    return rows.length - refused.length;
  }

  /** Whoever asked for something on somebody else's deal reads what was decided, as long as they see the deal. */
  async #letRead(rows: readonly OwnRow[], ids: ReadonlyMap<string, string>): Promise<void> {
    const shares: { readonly key: string; readonly recordId: string; readonly userId: string }[] = [];
    for (const { key, fields, ownerId } of rows) {
      const { requestedBy: userId, opportunity: deal } = fields;
      const recordId = ids.get(key);
      if (recordId === undefined || ownerId === undefined || typeof userId !== 'string' || typeof deal !== 'string')
        continue;
      if (userId.slice(0, 15) === ownerId.slice(0, 15)) continue;
      const seen = await this.#org.crm.mayRead(userId, deal);
      if (!seen.ok) throw new Error(`whether the deal is seen could not be read: ${seen.error.message}`);
      if (seen.value) shares.push({ key, recordId, userId });
    }
    if (shares.length === 0) return;
    const shared = await this.#org.crm.letRead('Decision__c', shares);
    if (!shared.ok) throw new Error(`decisions could not be shared with who asked: ${shared.error.message}`);
    for (const { key, problem } of shared.value)
      this.#org.log.warn({ decision: key, problem }, 'a decision could not be shared with who asked');
  }
}
