import type { z } from 'zod';
import type { PlannedEffect } from '../decisions/effect.ts';
import type { Consent, DisclosedValue, Fact } from '../decisions/proposal.ts';
import type { JsonObject } from '../values/json.ts';
import type { SituationFact, SituationFacts } from './situation.ts';

/** A version of a rule's numbers in force (`GuardrailPolicy__c`): the code holds the rule, this holds the numbers. */
export interface Policy {
  readonly function: string;
  readonly rule: string;
  /** `all`, `segment:<name>`, `tier:<name>`, `partner:<key>` or a bare partner key; which one counts: `policy-choice.ts`. */
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

/** What every rule may know besides the proposal. Null means: looked for and not there. */
export interface CoreFacts {
  readonly grant: PartnerGrant | null;
  readonly mode: FunctionMode | null;
  readonly policies: readonly Policy[];
  readonly killSwitches: readonly KillSwitch[];
  /** Keys of referrals of the same deal and partner that are already under way. */
  readonly underWay: readonly string[];
  /** ISO 8601 instant. */
  readonly now: string;
}

/** The core, and what else was looked up for this proposal. */
export type JudgeFacts = CoreFacts & Readonly<Partial<SituationFacts>>;

/**
 * What rules may look at of a proposal: exactly what the ledger can give back. Values and the bytes of effects are not
 * part of it, so a verdict can be replayed when a person's values have been erased.
 */
export interface JudgedProposal {
  readonly function: string;
  readonly useCase: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly partner: string;
  readonly requestedBy: string;
  readonly disclosed: readonly Pick<DisclosedValue, 'target' | 'label' | 'sourceKind' | 'personal' | 'fingerprint'>[];
  readonly effects: readonly Pick<PlannedEffect, 'step' | 'port' | 'operation'>[];
  readonly consent: Consent;
  readonly facts: readonly Pick<Fact, 'name' | 'readAt'>[];
}

/** What a rule says; `reason` is empty when it allows. */
export interface Answer {
  readonly answer: 'allow' | 'needs-approval' | 'deny';
  readonly reason: string;
}

const allowed: Answer = Object.freeze({ answer: 'allow', reason: '' });

export const allow = (): Answer => allowed;
export const needsApproval = (reason: string): Answer => ({ answer: 'needs-approval', reason });
export const deny = (reason: string): Answer => ({ answer: 'deny', reason });

/** Who decides an exception to a rule: the person who asked, the manager above them, or somebody with an office. */
export type EscalationOwner = 'requester' | 'sales-manager' | 'partner-manager' | 'admin' | 'finance' | 'legal';

/** The numbers between acting, asking and stopping, where they can be learned from what people decided. */
export interface Limits {
  readonly actUpTo: number;
  readonly reviewUpTo: number;
}

/** How a rule with limits is measured, so that its limits can be learned. */
export interface Boundary<Settings = unknown, Facts = JudgeFacts> {
  /** The number that is compared with the limits; null: it cannot be read. */
  measure(proposal: JudgedProposal, facts: Facts): number | null;
  limits(settings: Settings): Limits;
  /** The same settings with other limits. */
  withLimits(settings: Settings, limits: Limits): Settings;
  /** The number in a seller's words. */
  say(value: number, settings: Settings): string;
}

/** A rule: pure, small, told apart by its id, and never changed under the same version once that version is released. */
export interface Guardrail<Settings = unknown, Facts = JudgeFacts> {
  readonly id: string;
  /** Raised by whatever changes an answer; the version before goes to `RETIRED_GUARDRAILS`, where replay finds it. */
  readonly version: number;
  /** Whom its exceptions go to. */
  readonly owner: EscalationOwner;
  /** The form of its policy's settings; null when the rule has no numbers and therefore needs no policy. */
  readonly settings: z.ZodType<Settings> | null;
  /** Numbers to begin with. They count only when somebody has written them as a policy. */
  readonly startingPoint: NoInfer<Settings> | null;
  /** Names of the facts it looks at, for the ledger. */
  readonly reads: readonly string[];
  /** Which facts of the situation must have been looked up; without one of them the answer is a deny. */
  readonly needs: readonly SituationFact[];
  readonly boundary?: Boundary<Settings, Facts>;
  /** `nowMs` is `facts.now`, read once for all rules. */
  judge(proposal: JudgedProposal, settings: Settings, facts: Facts, nowMs: number): Answer;
}

type WithNeeds<Needs extends SituationFact> = JudgeFacts & Pick<SituationFacts, Needs>;

/**
 * Infers the settings and the needs of a rule. In a list it is known by its common shape: `evaluate` parses the settings
 * with the rule's own form, and finds its needs, before it asks.
 */
export const defineGuardrail = <Settings, const Needs extends SituationFact = never>(
  guardrail: Guardrail<Settings, WithNeeds<Needs>> & { readonly needs: readonly Needs[] },
): Guardrail => guardrail;
