import { instantMs } from '../values/instant.ts';
import type { JudgeFacts, Policy } from './guardrail.ts';

/** For whom a policy is. */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'segment' | 'tier' | 'partner'; readonly name: string };

/** Reads the scope of a policy; a bare word is a partner's key. Null: it cannot be read. */
export const readScope = (text: string): Scope | null => {
  if (text === 'all') return { kind: 'all' };
  const colon = text.indexOf(':');
  if (colon < 0) return text === '' ? null : { kind: 'partner', name: text };
  const kind = text.slice(0, colon);
  const name = text.slice(colon + 1);
  return name !== '' && (kind === 'segment' || kind === 'tier' || kind === 'partner') ? { kind, name } : null;
};

/** A policy whose settings say `{"withdrawn": true}` ends the policies of its scope: the next wider scope counts again. */
export const isWithdrawn = ({ settings }: Policy): boolean => settings.withdrawn === true;

interface Version<Entry> {
  readonly entry: Entry;
  readonly policy: Policy;
  readonly beginsAt: number;
}

/** The versions of one function's policies for one rule, ready to be asked for any partner and any moment. */
export interface PolicyShelf<Entry> {
  /** Why nothing on this shelf may be relied on; null: all of it can be read. */
  readonly unreadable: string | null;
  readonly byScope: ReadonlyMap<string, readonly Version<Entry>[]>;
  /** Whether the partner's tier or segment can matter. */
  readonly needsProfile: boolean;
}

/** What a policy is chosen by. */
export interface ChosenBy {
  readonly partner: string;
  readonly profile: JudgeFacts['profile'];
  readonly nowMs: number;
}

export type Choice<Entry> =
  | { readonly kind: 'in-force'; readonly entries: readonly Entry[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly why: string }
  /** A tier or segment has a policy of its own, and nobody looked up the partner's. */
  | { readonly kind: 'profile-unknown' };

const scopeKey = (scope: Scope): string => (scope.kind === 'all' ? 'all' : `${scope.kind}:${scope.name}`);

/** Puts the policies of one function and rule in order, newest version first in each scope. */
export const shelfOf = <Entry>(policies: readonly Policy[], entryOf: (policy: Policy) => Entry): PolicyShelf<Entry> => {
  const byScope = new Map<string, Version<Entry>[]>();
  let unreadable: string | null = null;
  let needsProfile = false;
  for (const policy of policies) {
    const scope = readScope(policy.scope);
    const beginsAt = policy.effectiveFrom === null ? Number.NEGATIVE_INFINITY : instantMs(policy.effectiveFrom);
    if (scope === null) unreadable ??= `its scope "${policy.scope}" is not known`;
    else if (Number.isNaN(beginsAt)) unreadable ??= `its beginning "${policy.effectiveFrom}" is not an instant`;
    else {
      needsProfile ||= scope.kind === 'tier' || scope.kind === 'segment';
      const key = scopeKey(scope);
      const versions = byScope.get(key) ?? [];
      versions.push({ entry: entryOf(policy), policy, beginsAt });
      byScope.set(key, versions);
    }
  }
  for (const versions of byScope.values()) versions.sort((left, right) => right.policy.version - left.policy.version);
  return { unreadable, byScope, needsProfile };
};

const newest = <Entry>(shelf: PolicyShelf<Entry>, key: string, nowMs: number): Version<Entry> | undefined => {
  const version = shelf.byScope.get(key)?.find(({ beginsAt }) => beginsAt <= nowMs);
  return version === undefined || isWithdrawn(version.policy) ? undefined : version;
};

/**
 * The narrowest policy that has begun: the partner's own, else the tier's and the segment's (neither is narrower, so both
 * are asked and the stricter answer counts), else the one for all (ADR 11).
 */
export const choosePolicies = <Entry>(shelf: PolicyShelf<Entry>, by: ChosenBy): Choice<Entry> => {
  if (shelf.unreadable !== null) return { kind: 'unreadable', why: shelf.unreadable };
  const own = newest(shelf, `partner:${by.partner}`, by.nowMs);
  if (own !== undefined) return { kind: 'in-force', entries: [own.entry] };
  if (shelf.needsProfile) {
    if (by.profile === undefined) return { kind: 'profile-unknown' };
    const { tier, segment } = by.profile;
    const entries = [tier === null ? null : `tier:${tier}`, segment === null ? null : `segment:${segment}`].flatMap(
      (key) => (key === null ? [] : (newest(shelf, key, by.nowMs)?.entry ?? [])),
    );
    if (entries.length > 0) return { kind: 'in-force', entries };
  }
  const forAll = newest(shelf, 'all', by.nowMs);
  return forAll === undefined ? { kind: 'none' } : { kind: 'in-force', entries: [forAll.entry] };
};
