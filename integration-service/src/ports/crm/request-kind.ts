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

/** Kinds of request about scores: of partners' health and what is done about it, of deals, and of the models behind. */
export const INTELLIGENCE_KINDS = ['answer-intervention', 'assign-interventions', 'activate-model', 'rescore'] as const;

export type ReferralRequestKind = (typeof REFERRAL_KINDS)[number];
export type GovernanceKind = (typeof GOVERNANCE_KINDS)[number];
export type IntelligenceKind = (typeof INTELLIGENCE_KINDS)[number];
export type RequestKind = ReferralRequestKind | GovernanceKind | IntelligenceKind;

const referralKinds: ReadonlySet<string> = new Set(REFERRAL_KINDS);

/** Whether a request is about a referral; whatever else it says is for governance or intelligence, or not known. */
export const isReferralKind = (kind: string): kind is ReferralRequestKind => referralKinds.has(kind);
