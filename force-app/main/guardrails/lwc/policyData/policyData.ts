import PARTNER from '@salesforce/schema/Partner__c';
import PARTNER_KEY from '@salesforce/schema/Partner__c.Key__c';
import PARTNER_NAME from '@salesforce/schema/Partner__c.Name';
import PARTNER_SEGMENT from '@salesforce/schema/Partner__c.Segment__c';
import PARTNER_TIER from '@salesforce/schema/Partner__c.Tier__c';
import POLICY from '@salesforce/schema/GuardrailPolicy__c';
import POLICY_AUTHOR from '@salesforce/schema/GuardrailPolicy__c.Author__c';
import POLICY_AUTHOR_NAME from '@salesforce/schema/GuardrailPolicy__c.AuthorUser__r.Name';
import POLICY_FROM from '@salesforce/schema/GuardrailPolicy__c.EffectiveFrom__c';
import POLICY_FUNCTION from '@salesforce/schema/GuardrailPolicy__c.Function__c';
import POLICY_RULE from '@salesforce/schema/GuardrailPolicy__c.Rule__c';
import POLICY_SCOPE from '@salesforce/schema/GuardrailPolicy__c.Scope__c';
import POLICY_SETTINGS from '@salesforce/schema/GuardrailPolicy__c.Settings__c';
import POLICY_VERSION from '@salesforce/schema/GuardrailPolicy__c.Version__c';
import { jsonObject, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import type { Settings } from 'c/ruleShapes';
import { momentOf } from 'c/timeFormat';

/** One version of the numbers of a rule. */
export interface PolicyVersion {
  id: string;
  function: string;
  rule: string;
  scope: string;
  settings: Settings;
  version: number;
  /** ISO date and time; empty: in force from the start. */
  effectiveFrom: string;
  /** Name of the person who set it; empty for what Tandem was delivered with. */
  author: string;
}

/** The numbers of a rule for one scope. */
export interface PolicyGroup {
  key: string;
  scope: string;
  /** Newest first. */
  versions: PolicyVersion[];
  /** The version that counts now; undefined when none has begun. */
  current: PolicyVersion | undefined;
  /** Versions that have not begun. */
  upcoming: PolicyVersion[];
}

/** A partner as scopes name it. */
export interface ScopePartner {
  key: string;
  name: string;
  tier: string;
  segment: string;
}

const POLICY_FIELDS = {
  function: POLICY_FUNCTION,
  rule: POLICY_RULE,
  scope: POLICY_SCOPE,
  settings: POLICY_SETTINGS,
  version: POLICY_VERSION,
  effectiveFrom: POLICY_FROM,
  author: POLICY_AUTHOR,
  authorName: POLICY_AUTHOR_NAME,
};
const PARTNER_FIELDS = { key: PARTNER_KEY, name: PARTNER_NAME, tier: PARTNER_TIER, segment: PARTNER_SEGMENT };

/** Every version of every policy, and the partners that scopes name. */
export const POLICY_QUERY = uiApiQuery('guardrailPolicies', '', [
  selectRows(
    'policies',
    POLICY,
    POLICY_FIELDS,
    `orderBy: { ${POLICY_VERSION.fieldApiName}: { order: DESC } }, first: 2000`,
  ),
  selectRows('partners', PARTNER, PARTNER_FIELDS, 'orderBy: { Name: { order: ASC } }, first: 2000'),
]);

/** The names by which the service seeds what Tandem is delivered with. */
const SEEDED_BY = ['', 'tandem'];

/** The policy versions of an answer, newest first. */
export function readPolicies(data: unknown): PolicyVersion[] {
  return readRows(data, 'policies', POLICY_FIELDS)
    .map((row) => {
      const author = text(row.author);
      const seeded = SEEDED_BY.includes(author.toLowerCase());
      return {
        id: row.id,
        function: text(row.function),
        rule: text(row.rule),
        scope: text(row.scope) || 'all',
        settings: jsonObject(row.settings),
        version: Number(row.version ?? 1),
        effectiveFrom: text(row.effectiveFrom),
        author: text(row.authorName) || (seeded ? '' : author),
      };
    })
    .sort((one, other) => other.version - one.version);
}

/** The partners of an answer. */
export function readScopePartners(data: unknown): ScopePartner[] {
  return readRows(data, 'partners', PARTNER_FIELDS).map(({ key, name, tier, segment }) => ({
    key: text(key),
    name: text(name),
    tier: text(tier),
    segment: text(segment),
  }));
}

/** The policies of one rule of one function by scope: the one for all first, then the others by name. */
export function groupsOf(versions: readonly PolicyVersion[], of: string, rule: string, now: number): PolicyGroup[] {
  const scopes = new Map<string, PolicyVersion[]>();
  versions
    .filter((version) => version.function === of && version.rule === rule)
    .forEach((version) => scopes.set(version.scope, [...(scopes.get(version.scope) ?? []), version]));
  return [...scopes]
    .map(([scope, own]) => {
      const begun = (version: PolicyVersion): boolean => (momentOf(version.effectiveFrom) ?? 0) <= now;
      const current = own.find(begun);
      return {
        key: `${of}:${rule}:${scope}`,
        scope,
        versions: own,
        current,
        upcoming: own.filter((version) => !begun(version) && version.version > (current?.version ?? 0)),
      };
    })
    .sort((one, other) => scopeRank(one.scope).localeCompare(scopeRank(other.scope)));
}

function scopeRank(scope: string): string {
  return scope === 'all' ? '' : scope;
}
