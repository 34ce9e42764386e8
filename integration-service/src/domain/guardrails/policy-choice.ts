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
  readonly policy: Policy;
  readonly beginsAt: number;
  /** What is answered when this version counts alone. */
  readonly alone: Extract<Choice<Entry>, { kind: 'in-force' }>;
}

type Versions<Entry> = readonly Version<Entry>[];

/** The versions of one function's policies for one rule, ready to be asked for any partner and any moment. */
export interface PolicyShelf<Entry> {
  /** Why nothing on this shelf may be relied on; null: all of it can be read. */
  readonly unreadable: string | null;
  readonly all: Versions<Entry>;
  readonly segment: ReadonlyMap<string, Versions<Entry>>;
  readonly tier: ReadonlyMap<string, Versions<Entry>>;
  readonly partner: ReadonlyMap<string, Versions<Entry>>;
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

/** Puts the policies of one function and rule in order, newest version first in each scope. */
export const shelfOf = <Entry>(policies: readonly Policy[], entryOf: (policy: Policy) => Entry): PolicyShelf<Entry> => {
  let unreadable: string | null = null;
  const all: Version<Entry>[] = [];
  const named = {
    segment: new Map<string, Version<Entry>[]>(),
    tier: new Map<string, Version<Entry>[]>(),
    partner: new Map<string, Version<Entry>[]>(),
  };
  const newestFirst = [...policies].sort((left, right) => right.version - left.version);
  for (const policy of newestFirst) {
    const scope = readScope(policy.scope);
    const beginsAt = policy.effectiveFrom === null ? Number.NEGATIVE_INFINITY : instantMs(policy.effectiveFrom);
    if (scope === null) unreadable ??= `its scope "${policy.scope}" is not known`;
    else if (Number.isNaN(beginsAt)) unreadable ??= `its beginning "${policy.effectiveFrom}" is not an instant`;
    else {
      const version: Version<Entry> = { policy, beginsAt, alone: { kind: 'in-force', entries: [entryOf(policy)] } };
      if (scope.kind === 'all') all.push(version);
      else named[scope.kind].set(scope.name, [...(named[scope.kind].get(scope.name) ?? []), version]);
    }
  }
  return { unreadable, all, ...named };
};

/** The newest version that has begun, unless it was withdrawn. */
const newest = <Entry>(versions: Versions<Entry> | undefined, nowMs: number): Version<Entry> | undefined => {
  const version = versions?.find(({ beginsAt }) => beginsAt <= nowMs);
  return version === undefined || isWithdrawn(version.policy) ? undefined : version;
};

/**
 * The narrowest policy that has begun: the partner's own, else the tier's and the segment's (neither is narrower, so both
 * are asked and the stricter answer counts), else the one for all (ADR 11).
 */
export const choosePolicies = <Entry>(
  { unreadable, all, segment, tier, partner }: PolicyShelf<Entry>,
  { partner: key, profile, nowMs }: ChosenBy,
): Choice<Entry> => {
  if (unreadable !== null) return { kind: 'unreadable', why: unreadable };
  const own = partner.size === 0 ? undefined : newest(partner.get(key), nowMs);
  if (own !== undefined) return own.alone;
  if (segment.size > 0 || tier.size > 0) {
    if (profile === undefined) return { kind: 'profile-unknown' };
    const ofTier = profile.tier === null ? undefined : newest(tier.get(profile.tier), nowMs);
    const ofSegment = profile.segment === null ? undefined : newest(segment.get(profile.segment), nowMs);
    if (ofTier !== undefined && ofSegment !== undefined)
      return { kind: 'in-force', entries: [...ofTier.alone.entries, ...ofSegment.alone.entries] };
    const either = ofTier ?? ofSegment;
    if (either !== undefined) return either.alone;
  }
  return newest(all, nowMs)?.alone ?? { kind: 'none' };
};
