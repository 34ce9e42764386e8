import type { EscalationOwner } from './guardrail.ts';

/** What one rule says of a proposal, with the version of the policy it read and the facts it looked at. */
export interface Judgement {
  readonly rule: string;
  /** Absent in what was recorded before rules carried a version: 1. */
  readonly ruleVersion?: number;
  /** 0 when the rule needs no policy, or none is in force. */
  readonly policyVersion: number;
  /** Scope of that policy; absent when there is none, and in older records. */
  readonly policyScope?: string;
  readonly answer: 'allow' | 'needs-approval' | 'deny';
  /** Plain words, for the person who is stopped by it; empty when the rule itself allows. */
  readonly reason: string;
  /** Who decides an exception; absent when allowed. */
  readonly owner?: EscalationOwner;
  /** Who said yes to what the rule would have held up; `reason` is then what they said yes to. */
  readonly approvedBy?: string;
  /** Names of the facts and settings the rule read, for the ledger. */
  readonly read: readonly string[];
}

/** All judgements together: deny beats needs-approval beats allow, and no judgement at all is a deny. */
export interface Verdict {
  readonly answer: 'allow' | 'needs-approval' | 'deny';
  readonly judgements: readonly Judgement[];
}
