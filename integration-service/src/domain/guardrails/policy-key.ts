import type { Policy } from './guardrail.ts';
import { readScope } from './policy-choice.ts';

/** Where a version of a policy stands. */
export type PolicyPlace = Pick<Policy, 'function' | 'rule' | 'scope' | 'version'>;

/** `GuardrailPolicy__c.Key__c` of a version: `co-selling:consent:all` of the first, `co-selling:consent:all:v2` of the second. */
export const policyVersionKey = ({ function: of, rule, scope, version }: PolicyPlace): string =>
  `${of}:${rule}:${scope}${version === 1 ? '' : `:v${version}`}`;

/** The way back from a key; null: it is none of ours. */
export const policyPlaceOf = (key: string): PolicyPlace | null => {
  const found = /^([^:]+):([^:]+):(.+?)(?::v([1-9]\d{0,5}))?$/.exec(key);
  if (!found) return null;
  const [, of = '', rule = '', scope = '', version = '1'] = found;
  return { function: of, rule, scope, version: Number(version) };
};

/** The same for every way in which a scope may be written: a bare word is a partner's key. */
export const scopeName = (text: string): string => {
  const scope = readScope(text);
  if (scope === null) return text;
  return scope.kind === 'all' ? 'all' : `${scope.kind}:${scope.name}`;
};

/** What two people may not change at the same time. */
export const policyLine = ({ function: of, rule, scope }: Pick<Policy, 'function' | 'rule' | 'scope'>): string =>
  `${of}:${rule}:${scopeName(scope)}`;
