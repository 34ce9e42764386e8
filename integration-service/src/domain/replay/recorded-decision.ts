import { z } from 'zod';
import type { JudgedProposal, JudgeFacts } from '../guardrails/guardrail.ts';
import { situationForm } from '../guardrails/situation.ts';
import type { Verdict } from '../guardrails/verdict.ts';
import type { JsonObject } from '../values/json.ts';
import { broken, ok, type Result } from '../values/result.ts';

/** A decision with all that its guardrails were told and what they said: enough to judge it again without the world. */
export interface RecordedDecision {
  /** Groups the ledger's entries of one decision. */
  readonly id: string;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly proposal: JudgedProposal;
  readonly facts: JudgeFacts;
  readonly verdict: Verdict;
}

/** Why a recorded decision cannot be judged again. */
export interface NotReplayable {
  /** Null when not even that can be read. */
  readonly id: string | null;
  /** `erased`: a person's values were destroyed on purpose. `unreadable`: the record has not the form it should have. */
  readonly kind: 'erased' | 'unreadable';
  /** What is missing, by path. */
  readonly what: readonly string[];
}

/** A decision as it was read. */
export type ReadDecision = Result<RecordedDecision, NotReplayable>;

const answer = z.enum(['allow', 'needs-approval', 'deny']);
const plainObject = z.custom<JsonObject>(
  (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
);
const texts = z.array(z.string());
const functionMode = z.object({ function: z.string(), mode: z.enum(['off', 'assisted', 'led']) });

export const proposalForm = z.object({
  function: z.string(),
  useCase: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  partner: z.string(),
  requestedBy: z.string(),
  disclosed: z.array(
    z.object({
      target: z.string(),
      label: z.string(),
      sourceKind: z.enum(['record', 'rule', 'template', 'person']),
      personal: z.boolean(),
      fingerprint: z.string(),
    }),
  ),
  effects: z.array(
    z.object({ step: z.string(), port: z.enum(['partner-portal', 'crm', 'messaging']), operation: z.string() }),
  ),
  consent: z.object({
    by: z.string(),
    surface: z.string(),
    fields: texts,
    fingerprints: z.record(z.string(), z.string()),
  }),
  facts: z.array(z.object({ name: z.string(), readAt: z.string() })),
});

const grantForm = z.object({
  key: z.string(),
  status: z.enum(['active', 'revoked']),
  actions: texts,
  fields: texts,
  evidenceKind: z.enum(['platform-terms', 'countersigned']).nullable(),
  evidence: z.string(),
  evidenceCheckedAt: z.string().nullable(),
  effectiveFrom: z.string().nullable(),
  expiresAt: z.string().nullable(),
  revokedBy: z.enum(['company', 'partner']).nullable(),
});

export const factsForm = z.object({
  grant: grantForm.nullable(),
  mode: functionMode.nullable(),
  policies: z.array(
    z.object({
      function: z.string(),
      rule: z.string(),
      scope: z.string(),
      version: z.number(),
      effectiveFrom: z.string().nullable(),
      // The rule itself reads its settings, with its own form.
      settings: plainObject,
    }),
  ),
  killSwitches: z.array(z.object({ scope: z.string(), reason: z.string() })),
  underWay: texts,
  now: z.string(),
  ...situationForm.partial().shape,
});

const verdictForm = z.object({
  answer,
  judgements: z.array(
    z.object({
      rule: z.string(),
      ruleVersion: z.number().optional(),
      policyVersion: z.number(),
      policyScope: z.string().optional(),
      answer,
      reason: z.string(),
      owner: z.enum(['requester', 'sales-manager', 'partner-manager', 'admin', 'finance', 'legal']).optional(),
      approvedBy: z.string().optional(),
      read: texts,
    }),
  ),
});

const decisionForm = z.object({
  id: z.string(),
  at: z.string(),
  proposal: proposalForm,
  facts: factsForm,
  verdict: verdictForm,
});

/** Reads a decision from the ledger or a file; of an erased person `{commitment, erased: true}` stands in a value's place. */
export const readDecision = (value: unknown): ReadDecision =>
  // The form is that of the type; optional members are absent, never undefined, because the value was JSON.
  readAs(decisionForm as unknown as z.ZodType<RecordedDecision>, value);

/** Reads a value as a decision, or a part of one, of that form; says what it lacks, and whether that was erased. */
export const readAs = <Form>(form: z.ZodType<Form>, value: unknown): Result<Form, NotReplayable> => {
  const parsed = form.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const { id } = Object(value) as { id?: unknown };
  const problems = parsed.error.issues.map(({ path }) => path);
  const erased = problems.flatMap((path) => erasedAt(value, path) ?? []);
  const allErased = erased.length > 0 && erased.length === problems.length;
  const what = allErased ? erased : problems.map((path) => path.join('.'));
  return broken({
    id: typeof id === 'string' ? id : null,
    kind: allErased ? 'erased' : 'unreadable',
    what: [...new Set(what)],
  });
};

/** Where on the way to a problem stands what is left of an erased value; null: nowhere. */
const erasedAt = (value: unknown, path: readonly PropertyKey[]): string | null => {
  let found = value;
  for (const [depth, name] of path.entries()) {
    found = (Object(found) as Record<PropertyKey, unknown>)[name];
    if (Object(found).erased === true) return path.slice(0, depth + 1).join('.');
  }
  return null;
};
