import { createHash } from 'node:crypto';
import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import type { Policy } from '../../domain/guardrails/guardrail.ts';
import { scopeName } from '../../domain/guardrails/policy-key.ts';
import type { ReadAnsweredDecision } from '../../domain/learning/answered-case.ts';
import { LEARNING_SETTINGS, type LearningSettings } from '../../domain/learning/find-move.ts';
import { type BoundaryProposal, proposeBoundaries } from '../../domain/learning/propose-boundaries.ts';
import { canonicalJson, type Json } from '../../domain/values/json.ts';
import { ok } from '../../domain/values/result.ts';
import type { OwnRecord, OwnRow } from '../../ports/crm/own-rows.ts';
import type { DecisionLedger, DecisionQuery } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { policiesOf } from '../workers/policies.ts';

const object = 'BoundaryProposal__c';
/** Newest decisions that are learned from: what people said years ago is no guide. */
const mostDecisions = 100_000;

/** Decisions of the ledger with what people said to them, as the learning reads them. */
export const answeredDecisions = async function* (
  ledger: DecisionLedger,
  org: string,
  query: DecisionQuery,
): AsyncGenerator<ReadAnsweredDecision> {
  for await (const { read, answers } of ledger.decisions(org, query))
    yield read.ok ? ok({ decision: read.value, answer: answers }) : read;
};

/** `co-selling:amount-per-action:all:v3:widen:1f2e3d4c`: the same move of the same policy is the same proposal. */
export const boundaryKey = ({ policy, direction, settings }: BoundaryProposal): string => {
  const { function: of, rule, scope, version } = policy;
  const numbers = createHash('sha256')
    .update(canonicalJson(settings as Json))
    .digest('hex')
    .slice(0, 8);
  return `${of}:${rule}:${scopeName(scope)}:v${version}:${direction === 'loosen' ? 'widen' : 'narrow'}:${numbers}`;
};

const textLength = 32_768;
/** Ids of cases that are named on the record; the counts are of all of them. */
const mostCases = 200;

export const boundaryRow = (proposal: BoundaryProposal): OwnRow => {
  const { policy, direction, settings, says, evidence, backTest, against, from, to } = proposal;
  const told = {
    ...evidence,
    decisions: evidence.decisions.slice(0, mostCases),
    against: against.slice(0, mostCases),
    from,
    to,
  };
  const tested = JSON.stringify(backTest);
  const { decisions, judged, changed } = backTest;
  return {
    object,
    key: boundaryKey(proposal),
    fields: {
      function: policy.function,
      rule: policy.rule,
      scope: scopeName(policy.scope),
      policyVersion: policy.version,
      direction: direction === 'loosen' ? 'widen' : 'narrow',
      settings: JSON.stringify(settings),
      says: says.slice(0, 255),
      evidence: JSON.stringify(told),
      backTest: tested.length <= textLength ? tested : JSON.stringify({ decisions, judged, changed }),
      state: 'proposed',
    },
  };
};

/** Whether the policy that a proposal would move is still the one in force. */
const isOutdated = ({ fields }: OwnRecord, policies: readonly Policy[]): boolean => {
  const newest = policies
    .filter(
      ({ function: of, rule, scope }) =>
        of === fields.function && rule === fields.rule && scopeName(scope) === scopeName(String(fields.scope)),
    )
    .reduce((most, { version }) => Math.max(most, version), 0);
  return newest !== fields.policyVersion;
};

/**
 * Looks at what people said to decisions that were held up, and proposes moves of limits where the answers carry them
 * (M088). Nothing is changed: a proposal waits for a person, one that was decided stays as it is, and one whose policy has
 * changed is outdated. Gives how many were proposed anew. @throws what the org or the database said.
 */
export const learnBoundaries = async (
  org: Pick<OrgRuntime, 'org' | 'crm' | 'ledger' | 'clock' | 'user' | 'recordedPolicies'>,
  settings: LearningSettings = LEARNING_SETTINGS,
): Promise<number> => {
  const read = await org.crm.readSettings(0);
  if (!read.ok) throw new Error(`the policies could not be read: ${read.error.message}`);
  const policies = await policiesOf(org, read.value.policies);
  const { proposals } = await proposeBoundaries({
    open: () => answeredDecisions(org.ledger, org.org, { last: mostDecisions, personal: 'leave' }),
    policies,
    now: org.clock.now(),
    catalogue: CATALOGUE,
    settings,
  });
  const known = await org.crm.readRows(object, {});
  if (!known.ok) throw new Error(`the proposals could not be read: ${known.error.message}`);
  // One that later answers did not carry, and these do again, is proposed again.
  const there = new Set(known.value.flatMap(({ key, fields }) => (fields.state === 'outdated' ? [] : [key])));
  const fresh = proposals.map(boundaryRow).filter(({ key }) => !there.has(key));
  const carried = new Set(proposals.map(boundaryKey));
  // Later answers may carry another move, or none: of what nobody has decided only the newest stands.
  const over = known.value.filter(
    (record) => record.fields.state === 'proposed' && (isOutdated(record, policies) || !carried.has(record.key)),
  );
  const rows = [...over.map(({ key }): OwnRow => ({ object, key, fields: { state: 'outdated' } })), ...fresh];
  if (rows.length === 0) return 0;
  const written = await org.crm.upsertRows(rows);
  if (!written.ok) throw new Error(`the proposals could not be written: ${written.error.message}`);
  const failed = written.value.find(({ problem }) => problem !== null);
  if (failed) throw new Error(`the proposal ${failed.key} could not be written: ${failed.problem ?? ''}`);
  return fresh.length;
};
