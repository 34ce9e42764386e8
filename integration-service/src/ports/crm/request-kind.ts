export type RequestState = 'new' | 'taken' | 'done' | 'refused';

/** Kinds of request that are about a referral. */
export const REFERRAL_KINDS = ['refer', 'answer', 'correct', 'retry'] as const;

/** Kinds of request that change or ask about what bounds the agents. */
export const GOVERNANCE_KINDS = [
  'simulate-policy',
  'change-policy',
  'change-mode',
  'check-readiness',
  'stop',
  'resume',
  'test-stop',
  'change-control',
  'open-phase',
  'allow-exception',
  'answer-approval',
  'undo-approval',
  'replay-decision',
  'open-dispute',
  'answer-dispute',
  'close-dispute',
  'adopt-boundary',
  'decline-boundary',
  'propose-material',
  'approve-material',
  'withdraw-material',
] as const;

export type ReferralRequestKind = (typeof REFERRAL_KINDS)[number];
export type GovernanceKind = (typeof GOVERNANCE_KINDS)[number];
export type RequestKind = ReferralRequestKind | GovernanceKind;

const referralKinds: ReadonlySet<string> = new Set(REFERRAL_KINDS);

/** Whether a request is about a referral; whatever else it says is for the governance of agents, or not known. */
export const isReferralKind = (kind: string): kind is ReferralRequestKind => referralKinds.has(kind);
