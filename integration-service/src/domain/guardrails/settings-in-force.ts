import { broken, ok, type Result } from '../values/result.ts';
import { readSettings } from './evaluate.ts';
import type { Guardrail, Policy } from './guardrail.ts';
import { choosePolicies, type ChosenBy, shelfOf } from './policy-choice.ts';

/**
 * The settings that count for a rule now (two where tier and segment both have a policy; undefined for a rule without
 * numbers), or why the rule would deny whatever it is asked.
 */
export const settingsInForce = (
  guardrail: Guardrail,
  policies: readonly Policy[],
  { function: of, ...chosenBy }: ChosenBy & { readonly function: string },
): Result<readonly unknown[], string> => {
  if (guardrail.settings === null) return ok([undefined]);
  const own = policies.filter((policy) => policy.function === of && policy.rule === guardrail.id);
  const choice = choosePolicies(
    shelfOf(own, (policy) => policy),
    chosenBy,
  );
  if (choice.kind === 'none') return broken(`No policy is in force for the rule "${guardrail.id}".`);
  if (choice.kind === 'profile-unknown')
    return broken(`The rule "${guardrail.id}" has a policy for a tier or segment, and the partner's is not known.`);
  if (choice.kind === 'unreadable')
    return broken(`The policy for the rule "${guardrail.id}" cannot be read: ${choice.why}.`);
  const read = choice.entries.map(({ settings }) => readSettings(guardrail, settings));
  const problem = read.find((one) => one.problem !== null)?.problem;
  return problem === undefined || problem === null
    ? ok(read.map(({ settings }) => settings))
    : broken(`The policy for the rule "${guardrail.id}" cannot be read: ${problem}.`);
};
