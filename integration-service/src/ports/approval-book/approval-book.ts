import type { ChangedFact, MaterialFact } from '../../domain/decisions/material-facts.ts';
import type { EscalationOwner } from '../../domain/guardrails/guardrail.ts';
import type { Json } from '../../domain/values/json.ts';
import type { LedgerEntryInput } from '../decision-ledger/decision-ledger.ts';
import type { Claim } from '../work-inbox/work-inbox.ts';

/** A rule whose exception is asked for, under the version of the policy that holds it up. */
export interface ApprovedRule {
  readonly rule: string;
  readonly ruleVersion: number;
  readonly policyVersion: number;
  readonly reason: string;
}

/** One decision before one office. */
export interface NewApproval {
  /** `<decision>:<office>`, and `:2`, `:3` … when it is asked again. */
  readonly key: string;
  readonly decision: string;
  readonly referral: string;
  readonly deal: string;
  readonly request: string;
  readonly function: string;
  readonly partner: string;
  readonly office: EscalationOwner;
  readonly requestedBy: string;
  /** Null: whoever holds the office. */
  readonly assignedTo: string | null;
  readonly rules: readonly ApprovedRule[];
  readonly material: readonly MaterialFact[];
  readonly evidence: Json;
  /** The headline, 255 characters at most. */
  readonly says: string;
  readonly reason: string;
  readonly amount: { readonly minor: number; readonly currency: string } | null;
  /** ISO 8601 instants. */
  readonly dueAt: string;
  readonly expiresAt: string;
}

/** An approval that a newer judgement makes void. */
export interface VoidApproval {
  readonly key: string;
  readonly state: 'withdrawn' | 'replaced';
  readonly changedFacts?: readonly ChangedFact[];
}

export interface OpenApprovals {
  readonly claim: Claim;
  /** Facts, proposal and verdict: recorded in the same transaction. */
  readonly entries: readonly LedgerEntryInput[];
  readonly open: readonly NewApproval[];
  readonly close: readonly VoidApproval[];
}

/** Where proposals wait for people. */
export interface ApprovalBook {
  /** Asks for approvals; those that are there by their key stay as they are. False: the claim is not ours any more. */
  open(input: OpenApprovals): Promise<boolean>;
}
