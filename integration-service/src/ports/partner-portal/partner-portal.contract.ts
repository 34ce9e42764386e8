import { expect, test } from '@jest/globals';
import { resolveReferences, type FrozenEffect, type PlannedEffect } from '../../domain/decisions/effect.ts';
import { canonicalJson, type JsonObject } from '../../domain/values/json.ts';
import type { Result } from '../../domain/values/result.ts';
import type { PartnerPortal, PortalReferral, PortError, ReferralDraftInput } from './partner-portal.ts';

/** What the world around a portal must offer so that its behaviour can be shown. */
export interface PortalWorld {
  readonly portal: PartnerPortal;
  /** A referral the network takes as it stands, for a deal of its own each time. */
  validDraft(): ReferralDraftInput;
  /** Makes the answer of the next write get lost: before the network did it, or after. */
  loseAnswer(when: 'before' | 'after'): void;
  /** Makes the network refuse the next call for want of patience. */
  throttle(): void;
  /** How many records the network holds for one of our ids. */
  countOf(ourId: string): Promise<number>;
  /** Plays the partner's reviewer. */
  review(networkId: string, verdict: 'approved' | 'action-required' | 'rejected'): Promise<void>;
  /** A value, by target, that may be corrected while action is required. */
  readonly correction: { readonly target: string; readonly value: string };
}

const expectOk = <Value>(result: Result<Value, PortError>): Value => {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
};

/** A planned effect made ready to send, as the orchestrator does it. */
export const freeze = (
  effect: PlannedEffect,
  deal: string,
  answers: Readonly<Record<string, JsonObject>>,
): FrozenEffect => ({
  key: `${deal}-${effect.step}`,
  step: effect.step,
  port: effect.port,
  operation: effect.operation,
  body: canonicalJson(resolveReferences(effect.body, answers)),
});

const planOf = (portal: PartnerPortal, draft: ReferralDraftInput): readonly PlannedEffect[] => {
  const plan = portal.planReferral(draft);
  if (!plan.ok) throw new Error(plan.error.map(({ message }) => message).join(' '));
  return plan.value;
};

/** Files a referral whole; what each step answered. */
const file = async (portal: PartnerPortal, draft: ReferralDraftInput): Promise<Record<string, JsonObject>> => {
  const answers: Record<string, JsonObject> = {};
  for (const effect of planOf(portal, draft))
    answers[effect.step] = expectOk(await portal.perform(freeze(effect, draft.opportunityId, answers)));
  return answers;
};

const idOf = (answers: Record<string, JsonObject>): string => String(answers.create?.networkId);

/** What every partner network must do. Run inside a `describe`, with a world of its own. */
export const describePartnerPortal = (open: () => PortalWorld): void => {
  test('files a referral: create, attach, submit', async () => {
    const { portal, validDraft, countOf } = open();
    const draft = validDraft();
    const answers = await file(portal, draft);
    const followed = expectOk(await portal.followSubmission(answers.submit ?? {}));
    expect(followed).toMatchObject({ finished: true, outcome: { state: 'done' } });
    const referral = expectOk(await portal.read(idOf(answers)));
    expect(referral).toMatchObject({ networkId: idOf(answers), ourId: draft.opportunityId });
    expect(['submitted', 'in-review']).toContain(referral.review);
    expect(referral.url).toContain('http');
    expect(await countOf(draft.opportunityId)).toBe(1);
  });

  test('sending the same bytes twice files one referral and gives the same answer', async () => {
    const { portal, validDraft, countOf } = open();
    const draft = validDraft();
    const [create] = planOf(portal, draft);
    if (create === undefined) throw new Error('a plan without steps');
    const frozen = freeze(create, draft.opportunityId, {});
    const first = expectOk(await portal.perform(frozen));
    expect(expectOk(await portal.perform(frozen))).toEqual(first);
    expect(await countOf(draft.opportunityId)).toBe(1);
  });

  test.each(['before', 'after'] as const)(
    'an answer lost %s the work is an unknown outcome for every step, and the look-up tells which it was',
    async (when) => {
      const { portal, validDraft, loseAnswer, countOf } = open();
      const draft = validDraft();
      const answers: Record<string, JsonObject> = {};
      for (const effect of planOf(portal, draft)) {
        const frozen = freeze(effect, draft.opportunityId, answers);
        loseAnswer(when);
        const lost = await portal.perform(frozen);
        expect(lost).toMatchObject({ ok: false, error: { kind: 'outcome-unknown', retry: 'check-first' } });
        const found = expectOk(await portal.lookUp(frozen));
        expect(found.done).toBe(when === 'after');
        answers[effect.step] = found.done ? found.answer : expectOk(await portal.perform(frozen));
      }
      expect(await countOf(draft.opportunityId)).toBe(1);
      expect(expectOk(await portal.read(idOf(answers))).review).not.toBe('not-submitted');
    },
  );

  test('a throttled write was not done and may safely be sent again', async () => {
    const { portal, validDraft, throttle, countOf } = open();
    const draft = validDraft();
    const [create] = planOf(portal, draft);
    if (create === undefined) throw new Error('a plan without steps');
    throttle();
    const refused = await portal.perform(freeze(create, draft.opportunityId, {}));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'rate-limited', retry: 'safe' } });
    expect(await countOf(draft.opportunityId)).toBe(0);
  });

  test('a referral that needs action is corrected and goes back to review', async () => {
    const { portal, validDraft, review, correction } = open();
    const draft = validDraft();
    const id = idOf(await file(portal, draft));
    await review(id, 'action-required');
    const current = expectOk(await portal.read(id));
    expect(current).toMatchObject({ review: 'action-required' });
    expect(current.reviewComments).toBeTruthy();
    expect(current.editableNow).toContain(correction.target);
    const plan = portal.planCorrection(current, { [correction.target]: correction.value }, draft.today);
    if (!plan.ok) throw new Error(plan.error.map(({ message }) => message).join(' '));
    const [update] = plan.value;
    if (update === undefined) throw new Error('a correction without a step');
    const frozen = freeze(update, draft.opportunityId, {});
    expectOk(await portal.perform(frozen));
    expect(['submitted', 'in-review']).toContain(expectOk(await portal.read(id)).review);
    expect(expectOk(await portal.lookUp(frozen)).done).toBe(true);
  });

  test('a correction made from an old reading conflicts and changes nothing', async () => {
    const { portal, validDraft, review, correction } = open();
    const draft = validDraft();
    const id = idOf(await file(portal, draft));
    await review(id, 'action-required');
    const current = expectOk(await portal.read(id));
    const old: PortalReferral = {
      ...current,
      lastModified: '2020-01-01T00:00:00Z',
      body: { ...current.body, LastModifiedDate: '2020-01-01T00:00:00Z' },
    };
    const plan = portal.planCorrection(old, { [correction.target]: correction.value }, draft.today);
    if (!plan.ok || plan.value[0] === undefined) throw new Error('no plan');
    const refused = await portal.perform(freeze(plan.value[0], draft.opportunityId, {}));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'conflict', retry: 'check-first' } });
    expect(expectOk(await portal.read(id)).review).toBe('action-required');
  });

  test('nothing may be corrected while the partner is reviewing', async () => {
    const { portal, validDraft, correction } = open();
    const draft = validDraft();
    const current = expectOk(await portal.read(idOf(await file(portal, draft))));
    expect(current.editableNow).toEqual([]);
    const plan = portal.planCorrection(current, { [correction.target]: correction.value }, draft.today);
    expect(plan).toMatchObject({ ok: false, error: [{ target: correction.target, code: 'ACTION_NOT_PERMITTED' }] });
  });

  test('an approved referral has a summary of the partner’s side', async () => {
    const { portal, validDraft, review } = open();
    const id = idOf(await file(portal, validDraft()));
    await review(id, 'approved');
    expect(expectOk(await portal.read(id)).review).toBe('approved');
    const summary = expectOk(await portal.readSummary(id));
    expect(summary.owner).toBeTruthy();
  });

  test('after a rejection the same deal is created anew', async () => {
    const { portal, validDraft, review, countOf, loseAnswer } = open();
    const draft = validDraft();
    await review(idOf(await file(portal, draft)), 'rejected');
    const [create] = planOf(portal, draft);
    if (create === undefined) throw new Error('a plan without steps');
    const second = { ...freeze(create, draft.opportunityId, {}), key: `${draft.opportunityId}-second` };
    loseAnswer('before');
    expect(await portal.perform(second)).toMatchObject({ ok: false });
    expect(expectOk(await portal.lookUp(second)).done).toBe(false);
    expectOk(await portal.perform(second));
    expect(await countOf(draft.opportunityId)).toBe(2);
  });

  test('changes are listed from the newest one received, and none is passed over', async () => {
    const { portal, validDraft } = open();
    const start = expectOk(await portal.listChanges(null)).newest;
    const draft = validDraft();
    const id = idOf(await file(portal, draft));
    const seen: string[] = [];
    let after = start;
    for (;;) {
      const page = expectOk(await portal.listChanges(after));
      seen.push(...page.changed.map(({ networkId }) => networkId));
      if (page.newest === null || page.newest === after) break;
      after = page.newest;
    }
    expect(seen).toContain(id);
  });

  test('lists our solutions with whether they are active, and answers a probe', async () => {
    const { portal } = open();
    const solutions = expectOk(await portal.listSolutions());
    expect(solutions.some(({ active }) => active)).toBe(true);
    expect(expectOk(await portal.probe()).detail).toBeTruthy();
  });

  test('what is not there is not found, and an unknown operation is refused', async () => {
    const { portal } = open();
    expect(await portal.read('O999999999')).toMatchObject({ ok: false, error: { kind: 'not-found', retry: 'never' } });
    const nonsense = { key: 'k', step: 's', port: 'partner-portal', operation: 'fly', body: '{}' } as const;
    expect(await portal.perform(nonsense)).toMatchObject({ ok: false, error: { kind: 'rejected', retry: 'never' } });
  });
};
