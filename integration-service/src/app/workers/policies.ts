import { z } from 'zod';
import type { Policy } from '../../domain/guardrails/guardrail.ts';
import { policyPlaceOf } from '../../domain/guardrails/policy-key.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { CrmPolicy } from '../../ports/crm/crm.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/** What a person reads who is stopped by a policy that somebody wrote past the service. */
const CHANGED_BY_HAND =
  'it was changed in Salesforce by hand, past the checks of Tandem. An admin must save the policy again on the Guardrails page';
const MADE_BY_HAND = 'it was made in Salesforce by hand, past the checks of Tandem. An admin must delete that record';

const DELETED_BY_HAND =
  'the ledger holds a version of it that is no longer in Salesforce: it was deleted there by hand. An admin must save the policy again on the Guardrails page';

/** From the entry of the ledger to the row in Salesforce a change may take so long (a crash and its lease among it). */
const onItsWayMs = 120_000;

const settings = z.record(z.string(), z.json());

const known = new WeakMap<readonly CrmPolicy[], readonly Policy[]>();

const whole = new WeakMap<readonly CrmPolicy[], Promise<readonly Policy[]>>();

/**
 * The policies that count, for settings as they were read: those of the rows, and unreadable ones for versions that the
 * ledger says were saved and that are gone, so that deleting a row by hand does not bring back older, looser numbers. Asked
 * for the same settings again it is the same list, at no cost.
 */
export const policiesOf = (
  org: Pick<OrgRuntime, 'user' | 'clock' | 'recordedPolicies'>,
  rows: readonly CrmPolicy[],
): Promise<readonly Policy[]> => {
  const known = whole.get(rows) ?? withGone(org, rows);
  whole.set(rows, known);
  // What could not be read is asked again.
  known.catch(() => whole.delete(rows));
  return known;
};

const withGone = async (
  org: Pick<OrgRuntime, 'user' | 'clock' | 'recordedPolicies'>,
  rows: readonly CrmPolicy[],
): Promise<readonly Policy[]> => {
  const facts = factsOfPolicies(rows, org.user);
  const gone = await gonePolicies(org, rows);
  return gone.length === 0 ? facts : [...facts, ...gone];
};

/** Versions that were saved and whose rows are gone, as policies that no rule can read. */
export const gonePolicies = async (
  { clock, recordedPolicies }: Pick<OrgRuntime, 'clock' | 'recordedPolicies'>,
  rows: readonly Pick<CrmPolicy, 'key'>[],
): Promise<readonly (Policy & { readonly key: string })[]> => {
  const there = new Set(rows.map(({ key }) => key));
  const now = Date.parse(clock.now());
  return (await recordedPolicies.all())
    .filter(({ key, at }) => !there.has(key) && now - Date.parse(at) > onItsWayMs)
    .map(({ at: _at, ...version }) => ({ ...version, settings: { unreadable: DELETED_BY_HAND } }));
};

/**
 * The same policies for the same settings: they are parsed, and written into the ledger, once and not for each decision.
 * `service` is the integration user: a row that anybody else wrote last went past the checks, and counts as unreadable.
 */
export const factsOfPolicies = (policies: readonly CrmPolicy[], service: string): readonly Policy[] => {
  const facts = known.get(policies) ?? policies.flatMap((policy) => policiesIn(policy, service));
  known.set(policies, facts);
  return facts;
};

/** Policies as the guardrails read them. Settings that are not a JSON object become `unreadable`, which no rule accepts. */
const policiesIn = (row: CrmPolicy, service: string): readonly Policy[] => {
  const { key, modifiedById: _modifiedById, ...policy } = row;
  if (!isOwnRow(row, service)) return tampered(key, policy);
  let read: unknown;
  try {
    read = JSON.parse(policy.settings);
  } catch {
    read = null;
  }
  const parsed = settings.safeParse(read);
  return [{ ...policy, settings: (parsed.success ? parsed.data : { unreadable: true }) as JsonObject }];
};

/** Unreadable where it says it belongs, and where it belonged by its key: moving a row away must not bring back older numbers. */
const tampered = (key: string, policy: Omit<CrmPolicy, 'key' | 'modifiedById'>): readonly Policy[] => {
  const place = policyPlaceOf(key);
  const unreadable = { ...policy, settings: { unreadable: place ? CHANGED_BY_HAND : MADE_BY_HAND } };
  return place ? [unreadable, { ...unreadable, ...place, effectiveFrom: null }] : [unreadable];
};

/** Whether the service wrote a row last. Ids have 15 or 18 characters, and the first 15 are the id. */
export const isOwnRow = ({ modifiedById }: { readonly modifiedById: string }, service: string): boolean =>
  modifiedById.slice(0, 15) === service.slice(0, 15);
