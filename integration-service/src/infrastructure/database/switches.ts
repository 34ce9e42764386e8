import { sql } from 'kysely';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { LedgerSealer } from '../ledger/ledger-sealer.ts';
import type { OrgDatabase } from './org-database.ts';

/** What is known of a switch; every instant in ISO 8601. */
export interface SwitchState {
  readonly scope: string;
  /** Thrown now: why, by whom and since when. Null: it is not. */
  readonly stop: { readonly reason: string; readonly by: string; readonly since: string } | null;
  readonly testedAt: string | null;
  readonly endedAt: string | null;
}

/** A referral of which something was begun at the partner and not finished. */
export interface HalfDone {
  readonly referral: string;
  readonly networkId: string | null;
  /** The last step that was begun. */
  readonly step: string;
  /** Whether that step is known to have arrived. */
  readonly known: boolean;
}

/** How many half done referrals are listed at most; the record that shows them has room for about so many. */
const mostHalfDone = 150;

/**
 * The kill switches of one org. Throwing one is a transaction with its entry in the ledger; from its commit on no effect of
 * its scope starts, in any process (`start_effect`).
 */
export class PostgresSwitches {
  readonly #database: OrgDatabase;
  readonly #sealer: LedgerSealer;

  constructor(database: OrgDatabase, sealer: LedgerSealer) {
    this.#database = database;
    this.#sealer = sealer;
  }

  /** False when it was thrown before; reason and author are then those given last. */
  throw(scope: string, reason: string, by: string, entry: LedgerEntryInput): Promise<boolean> {
    const { org } = this.#database;
    return this.#sealer.append(this.#database, [[entry]], async ([sealed]) => {
      const [row] = await this.#database.run(sql<{ fresh: boolean }>`
        select throw_switch(${org}, ${scope}, ${reason}, ${by}, ${sealed}::jsonb) as fresh`);
      return { answer: row?.fresh ?? false, appended: true };
    });
  }

  /** False when it was not thrown; then nothing is recorded either. */
  release(scope: string, by: string, entry: LedgerEntryInput): Promise<boolean> {
    const { org } = this.#database;
    return this.#sealer.append(this.#database, [[entry]], async ([sealed]) => {
      const [row] = await this.#database.run(sql<{ released: boolean }>`
        select release_switch(${org}, ${scope}, ${by}, ${sealed}::jsonb) as released`);
      const released = row?.released ?? false;
      return { answer: released, appended: released };
    });
  }

  /** The switch was tried just now, and stopped what it should. */
  async tested(scope: string, by: string): Promise<void> {
    await this.#database.run(sql`
      insert into control_switches (org, scope, tested_at, tested_by) values (${this.#database.org}, ${scope}, now(), ${by})
      on conflict (org, scope) do update set tested_at = excluded.tested_at, tested_by = excluded.tested_by`);
  }

  /** Every switch that was ever thrown or tried. */
  async states(): Promise<readonly SwitchState[]> {
    const { org } = this.#database;
    interface Row {
      readonly scope: string;
      readonly reason: string | null;
      readonly by: string | null;
      readonly at: Date | null;
      readonly tested_at: Date | null;
      readonly ended_at: Date | null;
    }
    const rows = await this.#database.run(sql<Row>`
      select coalesce(stop.scope, switch.scope) as scope, reason, by, at, tested_at, ended_at
      from (select * from control_stops where org = ${org}) stop
      full join (select * from control_switches where org = ${org}) switch on switch.scope = stop.scope
      order by 1`);
    return rows.map(({ scope, reason, by, at, tested_at, ended_at }) => ({
      scope,
      stop: at === null ? null : { reason: reason ?? '', by: by ?? '', since: at.toISOString() },
      testedAt: tested_at?.toISOString() ?? null,
      endedAt: ended_at?.toISOString() ?? null,
    }));
  }

  /** What a partner may have of a scope and does not have whole: for whoever must tell the partner, or go on later. */
  async halfDone(scope: string): Promise<readonly HalfDone[]> {
    const { org } = this.#database;
    const [kind, name] = scope.split(':');
    // Referrals are the work of co-selling; no other function has anything at a partner.
    if (kind === 'function' && name !== 'co-selling') return [];
    const rows = await this.#database.run(sql<HalfDone>`
      select distinct on (link.referral_key) link.referral_key as referral, link.network_id as "networkId", effect.step,
        effect.state = 'done' as known
      from referral_links link
      join effects effect on effect.org = link.org and split_part(effect.decision, '#', 1) = link.referral_key
      where link.org = ${org} and not link.finished and (${kind !== 'partner'} or link.partner = ${name ?? ''})
        and (effect.state in ('intended', 'unknown') or effect.state = 'done'
          and link.state not in ('submitted', 'in-review', 'action-required', 'approved', 'rejected'))
      order by link.referral_key, effect.intended_at desc limit ${mostHalfDone}`);
    return rows;
  }
}
