import { z } from 'zod';
import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import type { Policy } from '../../domain/guardrails/guardrail.ts';
import {
  decidePolicyChange,
  policyChangeForm,
  type PolicyProblem,
  type PolicyVersion,
} from '../../domain/guardrails/policy-change.ts';
import { policyLine, policyVersionKey, scopeName } from '../../domain/guardrails/policy-key.ts';
import type { Json } from '../../domain/values/json.ts';
import type { CrmRequest } from '../../ports/crm/crm.ts';
import { PERMISSIONS, type PersonRights } from '../../ports/crm/person-rights.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { defineHandler, done, type GovernanceAnswer, refused } from './governance-handler.ts';
import { healedRows, policyRow, type PolicyRows, readPolicyRows } from './policy-rows.ts';
import { controlDecision, recordControl, recordedControl } from './record-control.ts';

export const changePolicyInput = z.strictObject({
  version: z.literal(1),
  change: policyChangeForm,
  /** The newest version of this scope that was shown to whoever changes it; 0: there was none. Absent: not looked at. */
  basedOn: z.int().min(0).optional(),
  /** Key of the proposal that is adopted by this. */
  boundary: z.string().max(160).optional(),
  /** Why, in the person's own words. */
  reason: z.string().max(255).optional(),
});
export type ChangePolicyInput = z.infer<typeof changePolicyInput>;

/** What stands in the ledger of a change. */
const recorded = z.looseObject({
  after: z.object({
    key: z.string(),
    function: z.string(),
    rule: z.string(),
    scope: z.string(),
    version: z.number(),
    effectiveFrom: z.string(),
    settings: z.record(z.string(), z.json()),
    author: z.string(),
  }),
});

/** New numbers for a rule, written as the next version of its policy. */
export const changePolicyHandler = defineHandler<ChangePolicyInput>({
  kind: 'change-policy',
  input: changePolicyInput,
  needs: PERMISSIONS.manageGuardrails,
  alone: ({ input }) => `policy:${policyLine(input.change)}`,
  handle: ({ request, input, person, held, org }) =>
    changePolicy(org, { request, input, person, mayWrite: held.mayWrite }),
});

/** One change as it was asked for. Whoever calls this holds the right to, and the lease of the policy's line. */
export interface PolicyWish {
  readonly request: Pick<CrmRequest, 'id'>;
  readonly input: ChangePolicyInput;
  readonly person: Pick<PersonRights, 'id' | 'name'>;
  readonly mayWrite: () => boolean;
}

/**
 * Ledger first, then the row, then the epoch by which every process reads policies anew. Done again after a crash it goes
 * on where it stopped, by the words that the ledger holds. @throws what the org or the database said; it is tried again.
 */
export const changePolicy = async (org: OrgRuntime, wish: PolicyWish): Promise<GovernanceAnswer> => {
  const { request, input, person } = wish;
  const subject = policyLine(input.change);
  const act = { kind: 'change-policy', subject, request: request.id };
  const rows = await readPolicyRows(org, input.change);
  const known = await recordedControl(org, controlDecision(act));
  if (known) {
    const { after } = recorded.parse(known.body);
    return write(org, wish, rows, { ...after, hash: known.hash });
  }
  const decided = decidePolicyChange(input.change, {
    versions: [...rows.policies, ...rows.gone],
    author: person.name,
    now: org.clock.now(),
    catalogue: CATALOGUE,
  });
  if (!decided.ok) return refusedFor(decided.error);
  const version = decided.value;
  const before = newestOf(rows.policies, version.scope);
  const shown = input.basedOn ?? before?.version ?? 0;
  if (shown !== (before?.version ?? 0)) return outdated(shown, before, rows);
  const key = policyVersionKey(version);
  const { hash } = await recordControl(org, {
    ...act,
    actor: person.id,
    body: {
      what: `${version.rule} of ${version.function} for ${version.scope}: version ${version.version}, in force from ${version.effectiveFrom}`,
      before: before ? { version: before.version, settings: before.settings } : null,
      after: { key, ...version } as unknown as Json,
      why: input.reason ?? '',
      ...(input.boundary === undefined ? {} : { boundary: input.boundary }),
    },
  });
  org.trace('policy-after-recorded');
  return write(org, wish, rows, { key, ...version, hash });
};

const write = async (
  org: OrgRuntime,
  { person, mayWrite }: PolicyWish,
  rows: PolicyRows,
  version: PolicyVersion & { readonly key: string; readonly hash: string },
): Promise<GovernanceAnswer> => {
  const { key, hash } = version;
  const there = rows.records.find((record) => record.key === key);
  if (there && there.fields.decisionHash !== hash)
    return refused(
      'Somebody else changed this policy before your change was written. Look at the new numbers, and change them again if you still want to.',
      { key },
    );
  if (!there) {
    if (!mayWrite()) return { state: 'again', inMs: 0, note: 'the claim was lost before the policy was written' };
    const answers = await org.crm.upsertRows([
      policyRow(key, version, { id: person.id, name: version.author, hash }),
      ...healedRows(rows, version.scope, org.user),
    ]);
    if (!answers.ok) throw new Error(`the policy could not be written: ${answers.error.message}`);
    const failed = answers.value.find(({ problem }) => problem !== null);
    if (failed) throw new Error(`the policy ${failed.key} could not be written: ${failed.problem ?? ''}`);
    org.trace('policy-after-written');
  }
  // Twice does no harm: what was judged under the old numbers is judged again.
  await org.control.raiseEpoch();
  org.crm.forgetSettings();
  const { version: number, effectiveFrom, settings } = version;
  const upcoming = rows.policies.filter(
    (one) =>
      scopeName(one.scope) === scopeName(version.scope) &&
      one.version < number &&
      one.effectiveFrom !== null &&
      Date.parse(one.effectiveFrom) > Date.parse(effectiveFrom),
  );
  const overtaken = upcoming.map((one) => one.version);
  const note =
    overtaken.length === 0 ? '' : ` It stands above version ${overtaken.join(', ')}, which will not come into force.`;
  return done(`Saved as version ${number}, in force from ${effectiveFrom}.${note}`, {
    key,
    version: number,
    effectiveFrom,
    settings,
    hash,
    overtaken,
  });
};

const refusedFor = (problems: readonly PolicyProblem[]): GovernanceAnswer =>
  refused(`This cannot be saved: ${problems.map(({ part, message }) => `${part} ${message}`).join('; ')}.`, {
    problems: problems.map(({ part, message }) => ({ part, message })),
  });

const newestOf = (policies: readonly Policy[], scope: string): Policy | undefined =>
  policies
    .filter((one) => scopeName(one.scope) === scopeName(scope))
    .sort((left, right) => right.version - left.version)[0];

/** Somebody was faster: says who, when, and what the numbers are now. */
const outdated = (shown: number, newest: Policy | undefined, { records }: PolicyRows): GovernanceAnswer => {
  if (!newest)
    return refused('This policy is not there any more. Load the page again.', { basedOn: shown, newest: null });
  const record = records.find(
    ({ fields }) => scopeName(String(fields.scope)) === scopeName(newest.scope) && fields.version === newest.version,
  );
  const by = typeof record?.fields.author === 'string' ? record.fields.author : 'Somebody';
  const { version, effectiveFrom, settings } = newest;
  return refused(
    `${by} changed this policy since you looked at it: version ${version} is there now, and you saw ${shown === 0 ? 'none' : `version ${shown}`}. Look at the new numbers, and change them again if you still want to.`,
    { basedOn: shown, newest: { version, effectiveFrom, settings, author: by } },
  );
};
