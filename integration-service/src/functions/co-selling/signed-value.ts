import type { Draft, DraftValue } from '../../domain/referrals/draft.ts';
import type { ReferralRequest } from './context.ts';

/** A drafted value that tells who answered it, where a person did. */
export interface SignedValue extends DraftValue {
  /** User id; absent where no person answered, or the record does not say who. */
  readonly answeredBy?: string;
}

/** A draft whose answers are signed. */
export interface SignedDraft extends Draft {
  values: SignedValue[];
}

/** An answer names the person who gave it: whoever asks now, or whoever answered before. */
export const signed = (value: DraftValue, request: ReferralRequest): SignedValue => {
  if (value.sourceKind !== 'person') return value;
  const { requestedBy, requestedByName, input, earlier } = request;
  const isNew = input.answers !== undefined && Object.hasOwn(input.answers, value.target);
  const before = isNew ? undefined : earlier?.value[value.target];
  if (before === undefined) return { ...value, source: `answered by ${requestedByName}`, answeredBy: requestedBy };
  const name = before.byName ?? before.by;
  const source = name === null ? 'answered before' : `answered by ${name}`;
  return { ...value, source, ...(before.by === null ? {} : { answeredBy: before.by }) };
};

/** What a person typed in themselves they have seen. */
export const isOwnAnswer = (value: SignedValue, { requestedBy }: Pick<ReferralRequest, 'requestedBy'>): boolean =>
  value.sourceKind === 'person' && value.answeredBy === requestedBy;

/** Whether a value was read from a field that the person has filled in themselves: they have seen it as they have an answer. */
export const isTyped = ({ source }: DraftValue, { typed = [] }: Pick<ReferralRequest, 'typed'>): boolean => {
  // A value that was put into the network's words says so: `rule: industry of Opportunity.Account.Industry`.
  const path = source.split(' of ').at(-1) ?? '';
  return typed.some((one) => (one.endsWith('.*') ? path.startsWith(one.slice(0, -1)) : path === one));
};
