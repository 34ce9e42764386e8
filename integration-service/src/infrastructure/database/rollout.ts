import { sql } from 'kysely';
import type { FunctionId } from '../../domain/framework/functions.ts';
import type { Phase } from '../../domain/framework/phase-opening.ts';
import { approvedBps } from '../../domain/framework/readiness.ts';
import type { SituationFacts } from '../../domain/guardrails/situation.ts';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { LedgerSealer } from '../ledger/ledger-sealer.ts';
import type { OrgDatabase } from './org-database.ts';

type Mode = SituationFacts['progress']['functions'][number]['mode'];

/** What people said to proposals of one function with one partner, or with all of them. */
export interface DecisionCount {
  readonly function: string;
  readonly partner: string;
  readonly decisions: number;
  /** Of those, how many were made while the mode was `assisted`. */
  readonly assisted: number;
  readonly approved: number;
  readonly rejected: number;
  /** ISO 8601 instant of the newest; null: none. */
  readonly lastAt: string | null;
}

export interface OpenedPhase {
  readonly phase: Phase;
  readonly at: string;
  readonly by: string;
}

/** Entries of the ledger that are read in one step: some tens of milliseconds. */
const entriesAtOnce = 5_000;
const strongest: readonly Mode[] = ['off', 'assisted', 'led'];

/** How far the functions of one org have come: phases, exceptions, and what was decided, counted from the ledger. */
export class PostgresRollout {
  readonly #database: OrgDatabase;
  readonly #sealer: LedgerSealer;

  constructor(database: OrgDatabase, sealer: LedgerSealer) {
    this.#database = database;
    this.#sealer = sealer;
  }

  /** Opens a phase with its entry in the ledger; false when it was open. What was judged before is judged again. */
  openPhase(phase: Phase, by: string, reason: string, entry: LedgerEntryInput): Promise<boolean> {
    return this.#recorded(
      entry,
      (sealed) => sql`
      with opened as (
        insert into rollout_phases (org, phase, opened_by, reason) values (${this.#database.org}, ${phase}, ${by}, ${reason})
        on conflict (org, phase) do nothing returning phase
      ), raised as (
        insert into control (org, epoch) select ${this.#database.org}, 2 from opened
        on conflict (org) do update set epoch = control.epoch + 1 returning epoch
      )
      select append_sealed(${this.#database.org}, ${sealed}::jsonb) from opened, raised`,
    );
  }

  /** Lets a function run without what it rests on until an instant; false when this request was recorded before. */
  allow(
    exception: {
      readonly function: FunctionId;
      readonly by: string;
      readonly until: string;
      readonly reason: string;
      readonly request: string;
    },
    entry: LedgerEntryInput,
  ): Promise<boolean> {
    const { org } = this.#database;
    const { function: of, by, until, reason, request } = exception;
    return this.#recorded(
      entry,
      (sealed) => sql`
      with allowed as (
        insert into phase_exceptions (org, function, request, by, until, reason)
        values (${org}, ${of}, ${request}, ${by}, ${until}, ${reason})
        on conflict (org, function, request) do nothing returning function
      ), raised as (
        insert into control (org, epoch) select ${org}, 2 from allowed
        on conflict (org) do update set epoch = control.epoch + 1 returning epoch
      )
      select append_sealed(${org}, ${sealed}::jsonb) from allowed, raised`,
    );
  }

  /** The epoch is raised before the ledger's head is locked: in the order in which an effect that starts does both. */
  #recorded(entry: LedgerEntryInput, statement: (sealed: string) => ReturnType<typeof sql>): Promise<boolean> {
    return this.#sealer.append(this.#database, [[entry]], async ([sealed = '']) => {
      const appended = (await this.#database.run(statement(sealed))).length > 0;
      return { answer: appended, appended };
    });
  }

  async phases(): Promise<readonly OpenedPhase[]> {
    const rows = await this.#database.run(sql<{ phase: Phase; opened_at: Date; opened_by: string }>`
      select phase, opened_at, opened_by from rollout_phases where org = ${this.#database.org} order by phase`);
    return rows.map(({ phase, opened_at, opened_by }) => ({ phase, at: opened_at.toISOString(), by: opened_by }));
  }

  /** What the records say of modes, so that every process knows the state of all functions without asking the org. */
  async rememberModes(
    modes: readonly { readonly function: string; readonly partner: string; readonly mode: string }[],
  ): Promise<void> {
    await this.#database.run(sql`
      insert into function_modes (org, function, partner, mode)
      select ${this.#database.org}, function, partner, mode
      from jsonb_to_recordset(${JSON.stringify(modes)}::jsonb) as row (function text, partner text, mode text)
      on conflict (org, function, partner) do update set mode = excluded.mode`);
  }

  /** Keys of the modes that let an agent act by itself. */
  async ledModes(): Promise<readonly string[]> {
    const rows = await this.#database.run(sql<{ key: string }>`
      select function || ':' || partner as key from function_modes
      where org = ${this.#database.org} and mode = 'led' order by 1`);
    return rows.map(({ key }) => key);
  }

  /**
   * Reads on in the ledger from where the counting stopped; true when there is more. It costs a statement when nothing is
   * new, and nothing on the way of a referral.
   */
  async count(): Promise<boolean> {
    const [row] = await this.#database.runAhead(sql<{ more: boolean }>`
      select count_decisions(${this.#database.org}, ${entriesAtOnce}) as more`);
    return row?.more ?? false;
  }

  async counts(): Promise<readonly DecisionCount[]> {
    interface Row extends Omit<DecisionCount, 'lastAt'> {
      readonly last_at: string | null;
    }
    const rows = await this.#database.run(sql<Row>`
      select function, partner, sum(decisions)::int as decisions, sum(assisted)::int as assisted, sum(approved)::int as approved,
        sum(rejected)::int as rejected, max(last_at) as last_at
      from decision_counts where org = ${this.#database.org} group by function, partner order by function, partner`);
    return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at }));
  }

  /** Of the newest decisions that were let through, how many had a part of the five-part test that did not hold. */
  async fiveParts(of: string, partner: string, newest: number): Promise<{ looked: number; failed: number }> {
    const [row] = await this.#database.run(sql<{ looked: number; failed: number }>`
      select count(*)::int as looked, (count(*) filter (where failed))::int as failed from (
        select exists (select from jsonb_array_elements(verdict->'fiveParts') part where not (part->>'held')::boolean) as failed
        from (select sequence, body::jsonb as verdict from ledger_entries
              where org = ${this.#database.org} and kind = 'verdict' and partner_of_record = ${partner}) entry
        where verdict->>'answer' = 'allow' and coalesce(verdict->'record'->'proposal'->>'function', ${of}) = ${of}
        order by sequence desc limit ${newest}
      ) latest`);
    return row ?? { looked: 0, failed: 0 };
  }

  /** Decisions of a day (`2026-11-21`) by function. */
  async countsOfDay(day: string): Promise<Readonly<Record<string, number>>> {
    const rows = await this.#database.run(sql<{ function: string; decisions: number }>`
      select function, sum(decisions)::int as decisions from decision_counts
      where org = ${this.#database.org} and day = ${day} group by function`);
    return Object.fromEntries(rows.map((row) => [row.function, row.decisions]));
  }

  /** The fact that `phase-prerequisites` reads. Phase 1 is open from the first day. */
  async progress(): Promise<SituationFacts['progress']> {
    const { org } = this.#database;
    interface Row {
      readonly phase: number | null;
      readonly modes: readonly { readonly function: FunctionId; readonly mode: Mode }[] | null;
      readonly counts: readonly {
        readonly function: FunctionId;
        readonly decisions: number;
        readonly approved: number;
        readonly rejected: number;
      }[];
      readonly exceptions: readonly { readonly function: FunctionId; readonly by: string; readonly until: string }[];
    }
    const [row] = await this.#database.run(sql<Row>`
      select (select max(phase)::int from rollout_phases where org = ${org}) as phase,
        (select jsonb_agg(jsonb_build_object('function', function, 'mode', mode)) from function_modes where org = ${org}) as modes,
        coalesce((select jsonb_agg(to_jsonb(each)) from (
          select function, sum(decisions)::int as decisions, sum(approved)::int as approved, sum(rejected)::int as rejected
          from decision_counts where org = ${org} group by function) each), '[]') as counts,
        coalesce((select jsonb_agg(jsonb_build_object('function', function, 'by', by,
            'until', to_char(until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by function, until, request)
          from phase_exceptions where org = ${org} and until > now()), '[]') as exceptions`);
    const modes = row?.modes ?? [];
    const functions = [...new Set([...modes, ...(row?.counts ?? [])].map((one) => one.function))].sort();
    return {
      openPhase: ((row?.phase ?? 1) as Phase) || 1,
      functions: functions.map((id) => {
        const count = row?.counts.find((one) => one.function === id);
        const own = modes.filter((one) => one.function === id).map(({ mode }) => strongest.indexOf(mode));
        return {
          function: id,
          mode: strongest[Math.max(0, ...own)] ?? 'off',
          decisions: count?.decisions ?? 0,
          approvedBps: count ? (approvedBps(count) ?? 0) : 0,
        };
      }),
      exceptions: [...(row?.exceptions ?? [])],
    };
  }
}
