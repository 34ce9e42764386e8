import { sql } from 'kysely';
import type { EffectOutcome, FrozenEffect } from '../../domain/decisions/effect.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { BeginAnswer, BeginEffect, EffectLog, Settled } from '../../ports/effect-log/effect-log.ts';
import type { LedgerSealer } from '../ledger/ledger-sealer.ts';
import type { OrgDatabase } from './org-database.ts';

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
  | { readonly kind: 'stopped'; readonly why: 'claim-lost' | 'killed' | 'epoch-changed'; readonly scope?: string };

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
      async ([sealedBefore, sealedIntended]) => {
        const [row] = await this.#database.run(sql<{ answer: RawAnswer }>`
          select start_effect(
            ${claim.org}, ${claim.deal}, ${claim.fence}::bigint, ${claim.epoch}::bigint, ${[...input.scopes]}::text[],
            ${settled ? settledJson(settled) : null}::jsonb,
            ${JSON.stringify({ ...effect, decision: input.decision })}::jsonb, ${sealedBefore}::jsonb, ${sealedIntended}::jsonb
          ) as answer`);
        if (!row) throw new Error('start_effect gave no answer');
        // Without the claim it stops before it writes; everything else it says after the entries are appended.
        return { answer: row.answer, appended: !('why' in row.answer && row.answer.why === 'claim-lost') };
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

  /** Effects of a decision that were sent, or may have been, and that the far side has not refused. */
  async mayStand(decision: string): Promise<readonly { readonly effect: FrozenEffect; readonly done: boolean }[]> {
    const rows = await this.#database.run(sql<FrozenEffect & { done: boolean }>`
      select key, step, port, operation, body, state = 'done' as done from effects
      where org = ${this.#database.org} and decision = ${decision} and state <> 'refused' order by intended_at`);
    return rows.map(({ done, ...effect }) => ({ effect, done }));
  }
}
