import { createHash } from 'node:crypto';
import { AGENTS } from '../../domain/framework/agents.ts';
import { FUNCTION_IDS } from '../../domain/framework/functions.ts';
import type { ReferralFields } from '../../ports/crm/crm.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { ReadEntry } from './decision-story.ts';

/** What the org knows of a decision's surroundings. */
export interface Surroundings {
  /** Names of partners by key. */
  readonly partners: ReadonlyMap<string, string>;
  /** Owners of referrals, who own their deals, by key. */
  readonly referrals: ReadonlyMap<string, { readonly ownerId: string | null }>;
  readonly retention: Retention;
}

/** For how many years a record says that it must be kept. */
export interface Retention {
  readonly referralYears: number;
  readonly otherYears: number;
}

export const RETENTION: Retention = { referralYears: 7, otherYears: 1 };

const keyLength = 160;

/** `Decision__c.Key__c`: the ledger's own name; one that is too long is cut, with what tells it from others like it. */
export const decisionKey = (decision: string): string =>
  decision.length <= keyLength
    ? decision
    : `${decision.slice(0, 119)}~${createHash('sha256').update(decision).digest('hex').slice(0, 40)}`;

const user = /^005[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/;
const agentKeys: ReadonlySet<string> = new Set(AGENTS.map(({ key }) => key));
const functions: ReadonlySet<string> = new Set(FUNCTION_IDS);

/** The user who an actor is; null: an agent, a partner or an operator. */
export const person = (actor: string): string | null => (user.test(actor) ? actor : null);
/** One of the ten functions; null: of no single one. */
export const functionOf = (id: string): string | null => (functions.has(id) ? id : null);
/** The record of an agent; null where it has none. */
export const agentRef = (key: string): NonNullable<OwnRow['refs']>[string] =>
  agentKeys.has(key) ? { object: 'Agent__c', key } : null;
/** The record of a partner; null where it has none. */
export const partnerRef = (key: string, partners: Surroundings['partners']): NonNullable<OwnRow['refs']>[string] =>
  partners.has(key) ? { object: 'Partner__c', key } : null;

/** As much of a text as the field holds. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** As many members as the field holds, so that what is there is JSON. */
export const listOf = (members: readonly object[], length: number): string => {
  let fitting = members;
  while (JSON.stringify(fitting).length > length) fitting = fitting.slice(0, Math.floor(fitting.length * 0.9));
  return JSON.stringify(fitting);
};

/** The day (ISO 8601) until which a record is kept. */
export const keptUntil = (at: string, years: number): string => {
  const until = new Date(at);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  return until.toISOString().slice(0, 10);
};

/** Where a decision stands in the chain, and the hash of its last entry. */
export const chain = (entries: readonly ReadEntry[]): ReferralFields => ({
  hash: entries.at(-1)?.hash ?? null,
  ledgerFrom: entries[0]?.sequence ?? null,
  ledgerTo: entries.at(-1)?.sequence ?? null,
});

/** How old a fact was when it was used; null where nobody can tell. */
export const ageSeconds = (at: string, readAt: string): number | null => {
  const age = Math.round((Date.parse(at) - Date.parse(readAt)) / 1_000);
  return Number.isFinite(age) ? Math.max(0, age) : null;
};
