import { z } from 'zod';
import { FUNCTION_IDS } from '../framework/functions.ts';
import { instantMs } from '../values/instant.ts';
import type { JsonObject } from '../values/json.ts';
import { broken, ok, type Result } from '../values/result.ts';
import type { GuardrailCatalogue } from './catalogue.ts';
import { readSettings } from './evaluate.ts';
import type { Policy } from './guardrail.ts';
import { readScope } from './policy-choice.ts';
import { policyVersionKey, scopeName } from './policy-key.ts';

/** Length of `GuardrailPolicy__c.Key__c`. */
const longestKey = 120;

/** What a person asks for (the input of a `Request__c`): new numbers for a rule, from a moment on. */
export const policyChangeForm = z.strictObject({
  function: z.enum(FUNCTION_IDS, { error: 'must be one of the ten functions' }),
  rule: z.string(),
  scope: z.string().refine((text) => readScope(text) !== null, {
    error: 'must be all, segment:<name>, tier:<name> or partner:<key>',
  }),
  /** Null: this scope shall have no policy of its own any more. */
  settings: z.record(z.string(), z.json()).nullable(),
  /** ISO 8601 instant; null: at once. */
  effectiveFrom: z
    .string()
    .refine((text) => !Number.isNaN(instantMs(text)), { error: 'must be an instant such as 2026-12-01T00:00:00Z' })
    .nullable(),
});

export type PolicyChange = z.infer<typeof policyChangeForm>;

/** A version ready to be written. */
export interface PolicyVersion extends Policy {
  readonly effectiveFrom: string;
  readonly author: string;
}

/** What is wrong with a change, and with which part of it. */
export interface PolicyProblem {
  readonly part: string;
  readonly message: string;
}

/**
 * Turns a change into the next version of its policy, or says everything that is wrong with it. It takes effect forward
 * only: from a moment that has not passed, and no earlier than versions that are written already (M063).
 */
export const decidePolicyChange = (
  input: unknown,
  {
    versions,
    author,
    now,
    catalogue,
  }: {
    /** Every version there is; those of other functions, rules and scopes do not matter. */
    readonly versions: readonly Policy[];
    readonly author: string;
    readonly now: string;
    readonly catalogue: GuardrailCatalogue;
  },
): Result<PolicyVersion, readonly PolicyProblem[]> => {
  const parsed = policyChangeForm.safeParse(input);
  if (!parsed.success)
    return broken(parsed.error.issues.map(({ path, message }) => ({ part: path.join('.') || 'change', message })));
  const { function: of, rule, scope, settings, effectiveFrom } = parsed.data;
  const before = versions.filter(
    (one) => one.function === of && one.rule === rule && scopeName(one.scope) === scopeName(scope),
  );
  const begins = effectiveFrom ?? now;
  const problems = [
    ...settingsProblems(catalogue, rule, settings),
    ...(instantMs(begins) >= instantMs(now)
      ? []
      : [{ part: 'effectiveFrom', message: `must not lie in the past (now: ${now})` }]),
    ...(settings === null && before.length === 0
      ? [{ part: 'settings', message: 'there is no policy of this scope to withdraw' }]
      : []),
  ];
  if (problems.length > 0) return broken(problems);
  const version = Math.max(0, ...before.map((one) => one.version)) + 1;
  const key = policyVersionKey({ function: of, rule, scope, version });
  if (key.length > longestKey)
    return broken([{ part: 'scope', message: `is too long: ${key} has more than ${longestKey} characters` }]);
  return ok({
    function: of,
    rule,
    scope,
    version,
    effectiveFrom: begins,
    settings: settings ?? { withdrawn: true },
    author,
  });
};

const settingsProblems = (
  catalogue: GuardrailCatalogue,
  rule: string,
  settings: JsonObject | null,
): readonly PolicyProblem[] => {
  const guardrail = catalogue.current(rule);
  if (guardrail === undefined) return [{ part: 'rule', message: `there is no rule "${rule}"` }];
  if (guardrail.settings === null) return [{ part: 'rule', message: `the rule "${rule}" has no numbers to change` }];
  if (settings === null) return [];
  const { problem } = readSettings(guardrail, settings);
  return problem === null ? [] : [{ part: 'settings', message: problem }];
};
