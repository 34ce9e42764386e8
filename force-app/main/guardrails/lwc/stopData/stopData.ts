import AGENT from '@salesforce/schema/Agent__c';
import AGENT_FUNCTION from '@salesforce/schema/Agent__c.Function__c';
import AGENT_WORKLOAD from '@salesforce/schema/Agent__c.Workload__c';
import PARTNER from '@salesforce/schema/Partner__c';
import PARTNER_KEY from '@salesforce/schema/Partner__c.Key__c';
import PARTNER_NAME from '@salesforce/schema/Partner__c.Name';
import REFERRAL from '@salesforce/schema/Referral__c';
import REFERRAL_PARTNER from '@salesforce/schema/Referral__c.Partner__r.Key__c';
import REFERRAL_STATE from '@salesforce/schema/Referral__c.State__c';
import SWITCH from '@salesforce/schema/ControlSwitch__c';
import SWITCH_ACTIVE from '@salesforce/schema/ControlSwitch__c.Active__c';
import SWITCH_BY from '@salesforce/schema/ControlSwitch__c.By__c';
import SWITCH_HALF_DONE from '@salesforce/schema/ControlSwitch__c.HalfDone__c';
import SWITCH_KEY from '@salesforce/schema/ControlSwitch__c.Key__c';
import SWITCH_REASON from '@salesforce/schema/ControlSwitch__c.Reason__c';
import SWITCH_SINCE from '@salesforce/schema/ControlSwitch__c.Since__c';
import SWITCH_TESTED from '@salesforce/schema/ControlSwitch__c.TestedAt__c';
import { functionName } from 'c/partnerFunctions';
import { jsonList, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { labels } from 'c/stopLabels';
import { fill } from 'c/textFormat';

/** Work that a stop left half done at a partner. */
export interface HalfDone {
  referral: string;
  step: string;
  networkId: string;
  says: string;
}

/** One switch, on or off. */
export interface StopSwitchRow {
  id: string;
  /** `all`, `function:co-selling`, `partner:aws`. */
  scope: string;
  active: boolean;
  reason: string;
  by: string;
  since: string;
  testedAt: string;
  halfDone: HalfDone[];
}

/** What is going on now, so that a stop can say what it stops. */
export interface UnderWay {
  /** Referrals that wait for a step of ours, by the partner's key. */
  referrals: { partner: string }[];
  /** Open work of agents, by function; an agent of all functions has none. */
  agents: { function: string; workload: number }[];
  partners: { key: string; name: string }[];
}

const SWITCH_FIELDS = {
  scope: SWITCH_KEY,
  active: SWITCH_ACTIVE,
  reason: SWITCH_REASON,
  by: SWITCH_BY,
  since: SWITCH_SINCE,
  testedAt: SWITCH_TESTED,
  halfDone: SWITCH_HALF_DONE,
};
const AGENT_FIELDS = { function: AGENT_FUNCTION, workload: AGENT_WORKLOAD };
const PARTNER_FIELDS = { key: PARTNER_KEY, name: PARTNER_NAME };
const REFERRAL_FIELDS = { partner: REFERRAL_PARTNER };

/** States in which the next step is ours; what lies at the partner goes on there whatever we stop. */
const OURS = ['needs-answers', 'waiting-approval', 'queued', 'filing'];

/** The switches that are on. Everybody who may see them reads this often, so it is small. */
export const STOPPED_QUERY = uiApiQuery('stopped', '', [selectRows('switches', SWITCH, SWITCH_FIELDS, 'first: 2000')]);

/** What is under way: asked only by whoever may stop it. */
export const UNDER_WAY_QUERY = uiApiQuery('underWay', '', [
  selectRows('agents', AGENT, AGENT_FIELDS, 'first: 200'),
  selectRows('partners', PARTNER, PARTNER_FIELDS, 'orderBy: { Name: { order: ASC } }, first: 2000'),
  selectRows(
    'referrals',
    REFERRAL,
    REFERRAL_FIELDS,
    `where: { ${REFERRAL_STATE.fieldApiName}: { in: [${OURS.map((state) => `"${state}"`).join(', ')}] } }, first: 2000`,
  ),
]);

/** The switches of an answer. */
export function readSwitches(data: unknown): StopSwitchRow[] {
  return readRows(data, 'switches', SWITCH_FIELDS).map((row) => ({
    id: row.id,
    scope: text(row.scope),
    active: row.active === true,
    reason: text(row.reason),
    by: text(row.by),
    since: text(row.since),
    testedAt: text(row.testedAt),
    halfDone: jsonList(row.halfDone).map((entry) => {
      const { referral, step, networkId, says } = (entry ?? {}) as Partial<HalfDone>;
      return { referral: text(referral), step: text(step), networkId: text(networkId), says: text(says) };
    }),
  }));
}

/** What is under way, of an answer. */
export function readUnderWay(data: unknown): UnderWay {
  return {
    referrals: readRows(data, 'referrals', REFERRAL_FIELDS).map(({ partner }) => ({ partner: text(partner) })),
    agents: readRows(data, 'agents', AGENT_FIELDS).map((row) => ({
      function: text(row.function),
      workload: Number(row.workload ?? 0),
    })),
    partners: readRows(data, 'partners', PARTNER_FIELDS).map(({ key, name }) => ({ key: text(key), name: text(name) })),
  };
}

/** How much a stop of a scope would stop. */
export function amountOf({ referrals, agents }: UnderWay, scope: string): { referrals: number; work: number } {
  const [kind, name = ''] = scope.split(':');
  const work = agents
    .filter((agent) => kind === 'all' || (kind === 'function' && agent.function === name))
    .reduce((sum, { workload }) => sum + workload, 0);
  const stopsReferrals = kind === 'all' || kind === 'partner' || name === 'co-selling';
  const own = referrals.filter(({ partner }) => kind !== 'partner' || partner === name);
  return { referrals: stopsReferrals ? own.length : 0, work };
}

/** A scope in words. */
export function scopeName(scope: string, partners: UnderWay['partners']): string {
  const [kind, name = ''] = scope.split(':');
  if (kind === 'function') {
    return fill(labels.scope_function, functionName(name));
  }
  return kind === 'partner'
    ? fill(labels.scope_partner, partners.find(({ key }) => key === name)?.name ?? name)
    : labels.scope_all;
}
