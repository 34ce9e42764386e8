import { rulesAsked } from '../../agents/compliance/rule-list.ts';
import { agentOfFunction } from '../../domain/framework/agents.ts';
import type { FunctionId } from '../../domain/framework/functions.ts';
import type { ReadinessFacts } from '../../domain/framework/readiness.ts';
import { killScopes } from '../../domain/guardrails/policies/kill-switch.ts';
import type { Result } from '../../domain/values/result.ts';
import { ok } from '../../domain/values/result.ts';
import { functionOf } from '../../functions/index.ts';
import type { CrmPartner } from '../../ports/crm/crm.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { grantInForce } from '../workers/gather-context.ts';
import { policiesOf } from '../workers/policies.ts';

/** What each function does at a partner, by which its grant is looked at. */
const ACTS_BY: Readonly<Partial<Record<FunctionId, string>>> = { 'co-selling': 'refer-to-partner' };

/** So many of the newest decisions must have held all five parts. */
const fivePartSample = 50;

/**
 * Everything that readiness is judged by, read at this moment: partner, grant and policies from the org, switches and counts
 * from PostgreSQL. `ledgerWritable` is the caller's to say: it has just tried.
 */
export const readinessFacts = async (
  org: OrgRuntime,
  wanted: { readonly function: FunctionId; readonly partner: CrmPartner; readonly requestedBy: string },
  ledgerWritable: boolean,
): Promise<Result<ReadinessFacts, PortError>> => {
  const { function: of, partner, requestedBy } = wanted;
  org.crm.forgetSettings();
  const [settings, agents, disputes] = await Promise.all([
    org.crm.readSettings(0),
    org.crm.readRows('Agent__c', { keys: [agentOfFunction(of).key] }),
    openDisputes(org, of),
  ]);
  if (!settings.ok) return settings;
  if (!agents.ok) return agents;
  while (await org.rollout.count()) org.trace('decisions-counted');
  const [progress, counts, fiveParts, states, heardAt] = await Promise.all([
    org.rollout.progress(),
    org.rollout.counts(),
    org.rollout.fiveParts(of, partner.key, fivePartSample),
    org.switches.states(),
    org.vitals.heardAt(),
  ]);
  const now = org.clock.now();
  const rules = functionOf(of);
  const policies = await policiesOf(org, settings.value.policies);
  const profile = { tier: partner.tier, segment: partner.segment };
  const work = { function: of, partner: partner.key };
  const count = counts.find((one) => one.function === of && one.partner === partner.key);
  const [agent] = agents.value;
  return ok({
    function: of,
    partner: { key: partner.key, profile },
    requestedBy,
    now,
    guardrails: rules ? rulesAsked(rules, work, { policies, profile, now }) : [],
    policies,
    agent: agent ? { name: agent.name ?? agent.key, active: agent.fields.active === true } : null,
    ledgerWritable,
    switches: killScopes(work).map((scope) => {
      const state = states.find((one) => one.scope === scope);
      return { scope, thrown: (state?.stop ?? null) !== null, testedAt: state?.testedAt ?? null };
    }),
    grant: grantInForce(partner.grants, now),
    useCase: ACTS_BY[of] ?? of,
    progress,
    answered: { decisions: count?.assisted ?? 0, approved: count?.approved ?? 0, rejected: count?.rejected ?? 0 },
    fiveParts,
    contact: { heardAt },
    openDisputes: disputes,
  });
};

/** Disputes about decisions of a function that nobody has closed; null: the org did not tell. */
const openDisputes = async (org: OrgRuntime, of: FunctionId): Promise<number | null> => {
  const open = await org.crm.readRows('Dispute__c', { where: { state: ['open', 'answered'] } });
  if (!open.ok) return null;
  if (open.value.length === 0) return 0;
  const ids = [
    ...new Set(open.value.flatMap(({ fields }) => (typeof fields.decision === 'string' ? [fields.decision] : []))),
  ];
  const decisions = await org.crm.readRows('Decision__c', { where: { id: ids, function: of } });
  if (!decisions.ok) return null;
  const own = new Set(decisions.value.map(({ id }) => id));
  return open.value.filter(({ fields }) => own.has(String(fields.decision))).length;
};

/** Whether anything of a function is built: a list of rules has at least one. */
export const hasGuardrails = (id: FunctionId): boolean => functionOf(id) !== null;
