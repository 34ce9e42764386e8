import type { z } from 'zod';
import type { Proposal } from '../decisions/proposal.ts';
import type { JsonObject } from '../values/json.ts';

/** A version of a rule's numbers in force (`GuardrailPolicy__c`): the code holds the rule, this holds the numbers. */
export interface Policy {
  readonly function: string;
  readonly rule: string;
  /** `all`, or the partner key it is for; a partner's own policy beats the one for all. */
  readonly scope: string;
  readonly version: number;
  /** ISO 8601 instant; null: always. */
  readonly effectiveFrom: string | null;
  readonly settings: JsonObject;
}

/** What a partner relationship allows to cross, and why we believe it (`PartnerGrant__c`). */
export interface PartnerGrant {
  readonly key: string;
  readonly status: 'active' | 'revoked';
  readonly actions: readonly string[];
  /** Target paths that may be disclosed. */
  readonly fields: readonly string[];
  readonly evidenceKind: 'platform-terms' | 'countersigned' | null;
  readonly evidence: string;
  readonly evidenceCheckedAt: string | null;
  readonly effectiveFrom: string | null;
  readonly expiresAt: string | null;
  readonly revokedBy: 'company' | 'partner' | null;
}

/** How much a function may do by itself for one partner (`FunctionMode__c`). */
export interface FunctionMode {
  readonly function: string;
  readonly mode: 'off' | 'assisted' | 'led';
}

/** Something an operator switched off: `all`, `function:<id>` or `partner:<key>`. */
export interface KillSwitch {
  readonly scope: string;
  readonly reason: string;
}

/** What the guardrails know besides the proposal. Null means: looked for and not there. */
export interface JudgeFacts {
  readonly grant: PartnerGrant | null;
  readonly mode: FunctionMode | null;
  readonly policies: readonly Policy[];
  readonly killSwitches: readonly KillSwitch[];
  /** Keys of referrals of the same deal and partner that are already under way. */
  readonly underWay: readonly string[];
  /** ISO 8601 instant. */
  readonly now: string;
}

/** What a rule says; `reason` is empty when it allows. */
export interface Answer {
  readonly answer: 'allow' | 'needs-approval' | 'deny';
  readonly reason: string;
}

export const allow = (): Answer => ({ answer: 'allow', reason: '' });
export const needsApproval = (reason: string): Answer => ({ answer: 'needs-approval', reason });
export const deny = (reason: string): Answer => ({ answer: 'deny', reason });

/** A rule: pure, small, and told apart by its id. */
export interface Guardrail<Settings = unknown> {
  readonly id: string;
  /** The form of its policy's settings; null when the rule has no numbers and therefore needs no policy. */
  readonly settings: z.ZodType<Settings> | null;
  /** Names of the facts it looks at, for the ledger. */
  readonly reads: readonly string[];
  judge(proposal: Proposal, settings: Settings, facts: JudgeFacts): Answer;
}

/** Infers the settings type of a rule from their form; in a list it is known by its common shape. */
export const defineGuardrail = <Settings>(guardrail: Guardrail<Settings>): Guardrail => guardrail;
