import { z } from 'zod';
import { allow, defineGuardrail, needsApproval, type JudgedProposal } from '../guardrail.ts';

type JudgedValue = JudgedProposal['disclosed'][number];

/** Values that were not among the fields shown before the click. What the person typed in themselves they have seen. */
export const notShown = ({ disclosed, consent }: JudgedProposal): readonly JudgedValue[] =>
  disclosed.filter(({ target, sourceKind }) => sourceKind !== 'person' && !consent.fields.includes(target));

/**
 * Values that differ from the ones shown. A field shown without a fingerprint (its value was not known there, or the
 * surface was a list) is agreed to whatever its value.
 */
export const changedSinceShown = ({ disclosed, consent }: JudgedProposal): readonly JudgedValue[] =>
  disclosed.filter(({ target, sourceKind, fingerprint }) => {
    const shown = consent.fingerprints[target];
    return sourceKind !== 'person' && shown !== undefined && shown !== '' && shown !== fingerprint;
  });

const labels = (values: readonly JudgedValue[]): string => values.map(({ label }) => label).join(', ');

/** A click is a yes for exactly what was shown. Settings: `required` — whether values nobody saw must wait for a yes. */
export const consent = defineGuardrail({
  id: 'consent',
  version: 1,
  owner: 'requester',
  settings: z.strictObject({ required: z.boolean() }),
  startingPoint: { required: true },
  reads: ['disclosed', 'consent'],
  needs: [],
  judge: (proposal, { required }) => {
    const changed = changedSinceShown(proposal);
    if (changed.length > 0)
      return needsApproval(`Changed since you looked: ${labels(changed)}. Look again and confirm.`);
    const unseen = notShown(proposal);
    return required && unseen.length > 0
      ? needsApproval(`Not shown before the click: ${labels(unseen)}. Look at it and confirm.`)
      : allow();
  },
});
