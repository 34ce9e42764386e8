import { sql } from 'kysely';
import type { EffectOutcome, FrozenEffect } from '../../domain/decisions/effect.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type {
  BeginAnswer,
  BeginEffect,
  EffectLog,
  PlaceInDay,
  Settled,
  StopReason,
} from '../../ports/effect-log/effect-log.ts';
import type { LedgerSealer } from '../ledger/ledger-sealer.ts';
import type { OrgDatabase } from './org-database.ts';
import { Together } from '../../domain/values/together.ts';

type RawAnswer =
  | { readonly kind: 'send' }
  | { readonly kind: 'known'; readonly answer: JsonObject }
  | {
      readonly kind: 'look-up';
      readonly step: string;
      readonly port: FrozenEffect['port'];
      readonly operation: string;
      readonly body: string;
    }
  | { readonly kind: 'stopped'; readonly why: StopReason; readonly scope?: string };

/** One effect to be started, as `start_effect` takes it. */
interface Start {
  readonly deal: string;
  readonly fence: string;
  readonly epoch: string;
  readonly scopes: readonly string[];
  readonly settled: string | null;
  readonly effect: FrozenEffect & { readonly decision: string; readonly day?: PlaceInDay };
  readonly before: string;
  readonly intended: string;
}

/** What an effect came to, as `settle_effect` takes it. */
export const settledJson = (settled: Settled): string =>
  JSON.stringify({
    key: settled.key,
    state: settled.outcome.state,
    answer: settled.outcome.state === 'done' ? settled.outcome.answer : null,
  });

/** Starts and settles effects in PostgreSQL: the checks, the frozen bytes and the ledger entries in one transaction. */
export class PostgresEffectLog implements EffectLog {
  readonly #database: OrgDatabase;
  readonly #sealer: LedgerSealer;
  readonly #starts = new Together<Start, RawAnswer>((starts) => this.#startAll(starts));

  constructor(database: OrgDatabase, sealer: LedgerSealer) {
    this.#database = database;
    this.#sealer = sealer;
  }

  async begin(input: BeginEffect): Promise<BeginAnswer> {
    const { claim, effect, settled } = input;
    const before = [...(settled ? [settled.entry] : []), ...input.before];
    const answer = await this.#sealer.append(
      this.#database,
      [before, [input.intended]],
      async ([sealedBefore = '', sealedIntended = '']) => {
        const started = await this.#starts.ask({
          deal: claim.deal,
          fence: claim.fence,
          epoch: claim.epoch,
          scopes: input.scopes,
          settled: settled ? settledJson(settled) : null,
          effect: { ...effect, decision: input.decision, ...(input.day ? { day: input.day } : {}) },
          before: sealedBefore,
          intended: sealedIntended,
        });
        // Without the claim it stops before it writes; everything else it says after the entries are appended.
        return { answer: started, appended: !('why' in started && started.why === 'claim-lost') };
      },
    );
    if (answer.kind === 'known')
      return { kind: 'known', outcome: { state: 'done', answer: answer.answer, lookedUp: false } };
    if (answer.kind === 'look-up') {
      const { step, port, operation, body } = answer;
      return { kind: 'look-up', effect: { key: effect.key, step, port, operation, body } };
    }
    return answer;
  }

  async #startAll(starts: readonly Start[]): Promise<readonly RawAnswer[]> {
    // The sealed texts are JSON already: they go in as texts and are read where they are needed.
    const rows = await this.#database.run(sql<{ answer: RawAnswer }>`
      select start_effect(${this.#database.org}, deal, fence, epoch, array(select jsonb_array_elements_text(scopes)),
        settled::jsonb, effect, before::jsonb, intended::jsonb) as answer
      from rows from (jsonb_to_recordset(${JSON.stringify(starts)}::jsonb)
        as (deal text, fence bigint, epoch bigint, scopes jsonb, settled text, effect jsonb, before text, intended text))
        with ordinality order by ordinality`);
    return rows.map(({ answer }) => answer);
  }

  async settle(settled: Settled): Promise<void> {
    await this.#sealer.append(this.#database, [[settled.entry]], async ([sealed]) => {
      await this.#database.run(sql`
        select settle_effect(${this.#database.org}, ${settledJson(settled)}::jsonb, ${sealed}::jsonb)`);
      return { answer: null, appended: true };
    });
  }

  /** Effects that were sent for a decision, for `tandem` and for tests; the frozen bytes stay in the database. */
  async of(
    decision: string,
  ): Promise<readonly { step: string; state: EffectOutcome['state'] | 'intended'; sent: number }[]> {
    return this.#database.run(sql<{ step: string; state: EffectOutcome['state'] | 'intended'; sent: number }>`
      select step, state, sent from effects where org = ${this.#database.org} and decision = ${decision} order by intended_at`);
  }

  /** The decision under which an effect was done; null when it was not. */
  async doneBy(key: string): Promise<string | null> {
    const [row] = await this.#database.run(sql<{ decision: string }>`
      select decision from effects where org = ${this.#database.org} and key = ${key} and state = 'done'`);
    return row?.decision ?? null;
  }

  /**
   * Effects of a decision that were sent, or may have been, and that the far side has not refused. The bytes of one that is
   * done may be gone (`forgetOld`): nothing is looked up by them any more.
   */
  async mayStand(decision: string): Promise<readonly { readonly effect: FrozenEffect; readonly done: boolean }[]> {
    const rows = await this.#database.run(sql<FrozenEffect & { done: boolean }>`
      select key, step, port, operation, coalesce(body, '') as body, state = 'done' as done from effects
      where org = ${this.#database.org} and decision = ${decision} and state <> 'refused' order by intended_at`);
    return rows.map(({ done, ...effect }) => ({ effect, done }));
  }
}
