import { sha256Hex } from '../../agents/orchestration/decision-entries.ts';
import { effectKey } from '../../agents/orchestration/dispatch-effects.ts';
import { type FieldProblem, type PlannedEffect, resolveReferences } from '../../domain/decisions/effect.ts';
import { canonicalJson, type JsonObject } from '../../domain/values/json.ts';
import { ok } from '../../domain/values/result.ts';
import type { ReferOutcome } from '../../functions/co-selling/refer-to-partner.ts';
import { factOf } from '../../functions/co-selling/context.ts';
import { peopleByEmail } from '../../functions/co-selling/people.ts';
import type { PartnerPortal, PortalReferral, PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';

type Filing = Extract<ReferOutcome, { kind: 'proposal' }>;

/** What is to be done about a deal that stands at the partner without being in its review. */
export type Resubmission =
  /** It was submitted after all; what the submission answered. */
  | { readonly kind: 'submitted'; readonly answer: JsonObject }
  | { readonly kind: 'proposal'; readonly proposal: Filing['proposal'] }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'not-read'; readonly error: PortError };

/** Whether an earlier request, not this one, brought the referral to the partner. */
export const filedEarlier = async (org: OrgRuntime, referralKey: string, decision: string): Promise<boolean> => {
  const filed = await org.effects.doneBy(effectKey(org.org, referralKey, 'create'));
  return filed !== null && filed !== decision;
};

/**
 * Filed by an earlier request, but its submission failed or was stopped. Creating it again would answer with the old
 * bytes, and submitting under the old token with the old failure; so what stands there is brought up to what the person
 * has seen now, and submitted anew. Whether it was submitted meanwhile is asked first.
 */
export const planResubmission = async (
  org: OrgRuntime,
  portal: PartnerPortal,
  { proposal, draft }: Pick<Filing, 'proposal' | 'draft'>,
  networkId: string,
): Promise<Resubmission> => {
  const answers = { create: { networkId } };
  const [, ...rest] = proposal.effects.map((effect): PlannedEffect => ({
    ...effect,
    body: resolveReferences(effect.body, answers) as JsonObject,
  }));
  const submit = rest.at(-1);
  if (submit?.step !== 'submit') throw new Error('a plan to file a referral ends with its submission');
  const asked = await portal.lookUp({ ...submit, key: sha256Hex(networkId), body: canonicalJson(submit.body) });
  if (!asked.ok) return { kind: 'not-read', error: asked.error };
  if (asked.value.done) return { kind: 'submitted', answer: asked.value.answer };
  const current = await portal.read(networkId);
  if (!current.ok) return { kind: 'not-read', error: current.error };
  const readAt = org.clock.now();
  const update = planUpdate(portal, current.value, draft, readAt.slice(0, 10));
  if (!update.ok) return { kind: 'refused', problems: update.error };
  const source = `${portal.network}:GetOpportunity/${networkId}`;
  const { body } = current.value;
  const held = factOf('referral-at-partner', { value: body, source, readAt }, peopleByEmail(body));
  return {
    kind: 'proposal',
    proposal: {
      ...proposal,
      effects: [...update.value, ...rest],
      facts: [...proposal.facts, held],
    },
  };
};

/** The update that makes the partner's copy say what the draft says; none when it says so already. */
const planUpdate = (
  portal: PartnerPortal,
  current: PortalReferral,
  { values }: Filing['draft'],
  today: string,
): ReturnType<PartnerPortal['planCorrection']> => {
  const changes = Object.fromEntries(
    values.filter(({ target }) => current.editableNow.includes(target)).map(({ target, value }) => [target, value]),
  );
  const wanted = portal.planCorrection(current, changes, today);
  const asItStands = portal.planCorrection(current, {}, today);
  const bytes = (plan: readonly PlannedEffect[]): string => canonicalJson(plan.map(({ body }) => body));
  const same = wanted.ok && asItStands.ok && bytes(wanted.value) === bytes(asItStands.value);
  return same ? ok([]) : wanted;
};
