import { sql } from 'kysely';
import type { JsonObject } from '../../domain/values/json.ts';
import type { Claim } from '../../ports/work-inbox/work-inbox.ts';
import type { Settled } from '../../ports/effect-log/effect-log.ts';
import type { LedgerSealer } from '../ledger/ledger-sealer.ts';
import { settledJson } from './effects.ts';
import type { OrgDatabase } from './org-database.ts';
import { Together } from '../../domain/values/together.ts';

/** One entry of `Referral__c.Steps__c`. */
export interface StepTime {
  readonly step: string;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly note?: string;
}

/** What a person had seen when they said yes; kept so that going on with the same referral needs no second yes of theirs. */
export interface Shown {
  /** The user who saw it: nobody else's yes. */
  readonly by: string;
  readonly fields: readonly string[];
  readonly fingerprints?: Readonly<Record<string, string>> | undefined;
}

/** Our referral and the network's, side by side, with how far each is known to be. */
export interface ReferralLink {
  readonly key: string;
  readonly opportunity: string;
  /** The customer's account, where it is known: claims of other partners to it are found by it. */
  readonly account?: string | null;
  readonly partner: string;
  readonly attempt: number;
  readonly network: string;
  readonly recordId: string | null;
  readonly networkId: string | null;
  /** The network's lock value, exactly as received. */
  readonly lockValue: string | null;
  readonly reviewStatus: string | null;
  readonly state: string;
  readonly step: string;
  readonly requestId: string | null;
  readonly correlation: string;
  readonly steps: readonly StepTime[];
  readonly shown: Shown | null;
  /** The network's answer to an asynchronous submission, until it has come to its end. */
  readonly submission: JsonObject | null;
  readonly summaryHash: string | null;
  readonly finished: boolean;
}

/** A row of `referral_links`, as a statement and as `claim_work` give it. */
export interface LinkRow {
  readonly referral_key: string;
  readonly account: string | null;
  readonly opportunity: string;
  readonly partner: string;
  readonly attempt: number;
  readonly network: string;
  readonly record_id: string | null;
  readonly network_id: string | null;
  readonly lock_value: string | null;
  readonly review_status: string | null;
  readonly state: string;
  readonly step: string;
  readonly request_id: string | null;
  readonly correlation: string;
  readonly steps: readonly StepTime[];
  readonly shown: Shown | null;
  readonly submission: JsonObject | null;
  readonly summary_hash: string | null;
  readonly finished: boolean;
}

export const toLink = (row: LinkRow): ReferralLink => ({
  key: row.referral_key,
  account: row.account,
  opportunity: row.opportunity,
  partner: row.partner,
  attempt: row.attempt,
  network: row.network,
  recordId: row.record_id,
  networkId: row.network_id,
  lockValue: row.lock_value,
  reviewStatus: row.review_status,
  state: row.state,
  step: row.step,
  requestId: row.request_id,
  correlation: row.correlation,
  steps: row.steps,
  shown: row.shown,
  submission: row.submission,
  summaryHash: row.summary_hash,
  finished: row.finished,
});

const toRow = (link: ReferralLink): LinkRow => ({
  referral_key: link.key,
  account: link.account ?? null,
  opportunity: link.opportunity,
  partner: link.partner,
  attempt: link.attempt,
  network: link.network,
  record_id: link.recordId,
  network_id: link.networkId,
  lock_value: link.lockValue,
  review_status: link.reviewStatus,
  state: link.state,
  step: link.step,
  request_id: link.requestId,
  correlation: link.correlation,
  steps: link.steps,
  shown: link.shown,
  submission: link.submission,
  summary_hash: link.summaryHash,
  finished: link.finished,
});

/** One link to be saved, as `save_link` takes it. */
interface Save {
  readonly deal: string;
  readonly fence: string;
  readonly link: LinkRow;
  readonly pollMs: number | null;
  readonly settled: string | null;
  readonly sealed: string;
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** The links of one org between its referrals and a network's. */
export class PostgresReferralLinks {
  readonly #database: OrgDatabase;
  readonly #sealer: LedgerSealer;
  readonly #saves = new Together<Save, boolean>((saves) => this.#saveAll(saves));

  constructor(database: OrgDatabase, sealer: LedgerSealer) {
    this.#database = database;
    this.#sealer = sealer;
  }

  /** All attempts of a deal, the newest first. */
  async ofDeal(opportunity: string): Promise<readonly ReferralLink[]> {
    const rows = await this.#database.run(sql<LinkRow>`
      select * from referral_links where org = ${this.#database.org} and opportunity = ${opportunity} order by attempt desc`);
    return rows.map(toLink);
  }

  /**
   * Writes a link while the claim on its deal is ours; false when it is not. `pollInMs` null: nothing to follow. The last
   * result of the decision goes with it, and is kept in either case.
   */
  async save(claim: Claim, link: ReferralLink, pollInMs: number | null, last: Settled | null = null): Promise<boolean> {
    return this.#sealer.append(this.#database, [last ? [last.entry] : []], async ([sealed = '']) => {
      const held = await this.#saves.ask({
        deal: claim.deal,
        fence: claim.fence,
        link: toRow(link),
        pollMs: pollInMs,
        settled: last ? settledJson(last) : null,
        sealed,
      });
      return { answer: held, appended: true };
    });
  }

  async #saveAll(saves: readonly Save[]): Promise<readonly boolean[]> {
    const rows = await this.#database.run(sql<{ held: boolean }>`
      select save_link(${this.#database.org}, deal, fence, link, "pollMs", settled::jsonb, sealed::jsonb) as held
      from rows from (jsonb_to_recordset(${JSON.stringify(saves)}::jsonb)
        as (deal text, fence bigint, link jsonb, "pollMs" float8, settled text, sealed text))
        with ordinality order by ordinality`);
    return rows.map(({ held }) => held);
  }

  /** Partners with whom another deal of a customer stands. */
  async partnersOfAccount(account: string, exceptDeal: string): Promise<readonly string[]> {
    const rows = await this.#database.run(sql<{ partner: string }>`
      select distinct partner from referral_links
      where org = ${this.#database.org} and account = ${account} and opportunity <> ${exceptDeal}
        and network_id is not null and state <> 'rejected'`);
    return rows.map(({ partner }) => partner);
  }

  /** Marks what the network says has changed and is not what we saw last, so that it is read next. */
  async markChanged(
    network: string,
    changed: readonly { readonly networkId: string; readonly lastModified: string }[],
  ): Promise<void> {
    if (changed.length === 0) return;
    await this.#database.run(sql`
      update referral_links set next_poll_at = now()
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as told ("networkId" text, "lastModified" text)
      where org = ${this.#database.org} and network = ${network} and network_id = told."networkId"
        and lock_value is distinct from told."lastModified" and state <> 'failed'`);
  }

  /** A notice of the network names one of our referrals: it is read next. The same notice counts once. */
  async noticed(id: string, network: string, networkId: string): Promise<void> {
    await this.#database.run(sql`
      with fresh as (
        insert into notices (org, id)
        select org, ${id} from referral_links
        where org = ${this.#database.org} and network = ${network} and network_id = ${networkId}
        on conflict (org, id) do nothing returning id
      )
      update referral_links set next_poll_at = now()
      from fresh
      where org = ${this.#database.org} and network = ${network} and network_id = ${networkId} and state <> 'failed'`);
  }

  /** Forgets what was seen of a deal's referrals, so that the next look writes their records again. */
  async rewriteRecordsOf(opportunity: string): Promise<void> {
    await this.#database.run(sql`
      update referral_links set next_poll_at = now(), lock_value = null
      where org = ${this.#database.org} and opportunity = ${opportunity} and network_id is not null`);
  }

  /**
   * Referrals to be read again now, of deals that nobody is working on or will be at once: a turn that comes again hears
   * by itself what became of what it sent.
   */
  async due(network: string, limit: number): Promise<readonly ReferralLink[]> {
    const rows = await this.#database.run(sql<LinkRow>`
      select referral_links.* from referral_links
        left join claims on claims.org = referral_links.org and claims.deal = referral_links.opportunity and claims.lease_until > now()
      where referral_links.org = ${this.#database.org} and network = ${network} and network_id is not null
        and next_poll_at <= now() and claims.fence is null
        and opportunity not in (
          select deal from inbox where org = ${this.#database.org} and kind = 'request' and state in ('waiting', 'working')
            and due_at < now() + interval '10 seconds')
      order by next_poll_at limit ${limit}`);
    return rows.map(toLink);
  }

  /** Writes what a look at the network found, unless the link moved on meanwhile (its state is not the one that was read). */
  async saveReview(before: ReferralLink, after: ReferralLink, pollInMs: number | null): Promise<boolean> {
    const rows = await this.#database.run(sql`
      update referral_links set lock_value = ${after.lockValue}, review_status = ${after.reviewStatus}, state = ${after.state},
        step = ${after.step}, steps = ${json(after.steps)}::jsonb, submission = ${json(after.submission)}::jsonb,
        summary_hash = ${after.summaryHash}, finished = ${after.finished},
        next_poll_at = now() + ${pollInMs}::float8 * interval '1 millisecond', changed_at = now()
      where org = ${this.#database.org} and referral_key = ${before.key} and state = ${before.state} and step = ${before.step}
      returning referral_key`);
    return rows.length > 0;
  }

  async cursor(network: string): Promise<string | null> {
    const [row] = await this.#database.run(sql<{ newest: string | null }>`
      select newest from portal_cursors where org = ${this.#database.org} and network = ${network}`);
    return row?.newest ?? null;
  }

  async moveCursor(network: string, newest: string): Promise<void> {
    await this.#database.run(sql`
      insert into portal_cursors (org, network, newest) values (${this.#database.org}, ${network}, ${newest})
      on conflict (org, network) do update set newest = excluded.newest`);
  }

  /** How many referrals stand in each state, for metrics and `sync status`. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    const rows = await this.#database.run(sql<{ state: string; count: string }>`
      select state, count(*) as count from referral_links where org = ${this.#database.org} group by state`);
    return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
  }
}
