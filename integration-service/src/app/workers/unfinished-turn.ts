import type { DecisionResult } from '../../agents/orchestration/run-decision.ts';
import type { ReferralStep } from '../../domain/referrals/referral.ts';
import type { PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { backoffMs, type Handled, type HeldWork } from './held-work.ts';
import { judgedFields, problemsInWords, stoppedBy } from './referral-record.ts';
import type { TurnRecord } from './turn-record.ts';

/** After so many tries an operator must look; the seller is told. */
const maxAttempts = 30;

export interface Turn {
  readonly held: HeldWork;
  readonly org: OrgRuntime;
  readonly record: TurnRecord;
  /** Whose yes it waits for, in words; empty: nobody's but that of the person who asked. */
  readonly waitsFor: string;
}

/**
 * What becomes of a turn whose decision was not carried out to its end. `current`: it was a correction of a referral that
 * stands at the partner, which is then left as the partner has it.
 */
export const endUnfinished = async (
  { held, org, record, waitsFor }: Turn,
  result: Exclude<DecisionResult, { kind: 'finished' }>,
  current?: PortalReferral,
): Promise<Handled> => {
  const { attempts } = held.work;
  switch (result.kind) {
    case 'denied':
    case 'needs-approval': {
      const { rule, reason } = stoppedBy(result.judged);
      const waits = result.kind === 'needs-approval';
      const asked = waitsFor === '' ? null : `It waits for ${waitsFor}. ${reason}`;
      if (current) return record.leaveWithPartner(asked ?? reason, asked === null ? 'refused' : 'done');
      record.stand(waits ? 'waiting-approval' : 'blocked', record.reached, {
        message: reason,
        nextAction: nextActionOf(waits, waitsFor),
      });
      record.writer.post({ fields: { ...judgedFields(result.judged), blockedBy: rule } });
      return record.settle(
        waits ? 'waiting-approval' : 'blocked',
        record.reached,
        null,
        asked === null ? record.done(reason, 'refused') : record.done(asked),
      );
    }
    case 'wait': {
      const expectedAt = new Date(Date.parse(org.clock.now()) + result.inMs).toISOString();
      const message = result.dailyLimitReached
        ? 'The partner takes no more today. It goes on by itself when it does.'
        : 'Waiting in line for the partner.';
      if (current) return record.correctLater(message, { state: 'again', inMs: result.inMs, waitsFor: result.bucket });
      const state = record.link.networkId ? 'filing' : 'queued';
      record.stand(state, record.reached, { message });
      record.writer.post({ fields: { placeInLine: result.placeInLine, expectedAt } });
      return record.settle(state, record.reached, null, undefined, {
        state: 'again',
        inMs: result.inMs,
        waitsFor: result.bucket,
      });
    }
    case 'again': {
      if (attempts >= maxAttempts) {
        if (current) return record.leaveWithPartner(`${result.message} It was tried ${attempts} times.`);
        const handled = await record.failed(`${result.message} It was tried ${attempts} times.`);
        return handled.state === 'done' ? { state: 'dead', note: result.message } : handled;
      }
      const inMs = Math.max(result.inMs, backoffMs(attempts) / 2);
      const message = `${result.message} It is tried again by itself.`;
      if (current) return record.correctLater(message, { state: 'again', inMs, note: result.message });
      record.writer.post({ fields: { message } });
      return record.settle('filing', record.link.step as ReferralStep, null, undefined, {
        state: 'again',
        inMs,
        note: result.message,
      });
    }
    case 'refused':
      if (current) return record.leaveWithPartner(problemsInWords(result.message, result.problems));
      return record.failed(problemsInWords(result.message, result.problems));
    case 'stopped':
      if (result.why === 'claim-lost') return record.lost();
      if (result.why === 'epoch-changed')
        return { state: 'again', inMs: 0, note: 'a grant or a mode changed meanwhile' };
      if (result.why === 'day-full') return { state: 'again', inMs: 0, note: 'others took the room of the day' };
      if (current)
        return record.leaveWithPartner(`An operator has stopped this (${result.scope ?? 'all'}). Nothing was changed.`);
      record.stand('blocked', record.reached, {
        message: `An operator has stopped this (${result.scope ?? 'all'}).${record.link.networkId ? ' What was filed already stands at the partner.' : ''}`,
        nextAction: 'Ask your admin when it may go on.',
      });
      record.writer.post({ fields: { blockedBy: 'kill-switch' } });
      return record.settle('blocked', record.reached, null, record.done('Stopped by an operator.', 'refused'));
  }
};

const nextActionOf = (waits: boolean, waitsFor: string): string => {
  if (!waits) return 'Ask your admin or partner manager.';
  return waitsFor === ''
    ? 'Look at what will be sent and confirm.'
    : `Nothing to do: it waits for ${waitsFor} and goes on by itself.`;
};
