/** What one rule says of a proposal, with the version of the policy it read and the facts it looked at. */
export interface Judgement {
  readonly rule: string;
  readonly policyVersion: number;
  readonly answer: 'allow' | 'needs-approval' | 'deny';
  /** Plain words, for the person who is stopped by it; empty when allowed. */
  readonly reason: string;
  /** Names of the facts and settings the rule read, for the ledger. */
  readonly read: readonly string[];
}

/** All judgements together: deny beats needs-approval beats allow, and no judgement at all is a deny. */
export interface Verdict {
  readonly answer: 'allow' | 'needs-approval' | 'deny';
  readonly judgements: readonly Judgement[];
}
