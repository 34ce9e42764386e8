import { GUARDRAILS } from '../../src/domain/guardrails/catalogue.ts';
import type { JudgedProposal, JudgeFacts, PartnerGrant, Policy } from '../../src/domain/guardrails/guardrail.ts';
import type { SituationFacts } from '../../src/domain/guardrails/situation.ts';
import type { JsonObject } from '../../src/domain/values/json.ts';

/** Saturday, noon UTC. */
const NOW_MS = Date.UTC(2026, 10, 21, 12);
const NOW = new Date(NOW_MS).toISOString();
const ago = (seconds: number): string => new Date(NOW_MS - seconds * 1_000).toISOString();

const PEOPLE = ['005000000000001AAA', '005000000000002AAA'] as const;
/** As many fields as AWS wants of a deal, and a few more that the grant names. */
const FIELDS = Array.from({ length: 15 }, (_, index) => `Project.Field${index}`);
const GRANTED = [...FIELDS, ...Array.from({ length: 10 }, (_, index) => `Customer.Field${index}`)];

export interface GuardrailCase {
  readonly proposal: JudgedProposal;
  readonly facts: JudgeFacts & SituationFacts;
}

/** A policy for everybody at each rule's starting point; Saturday is a working day, because the cases have one. */
export const policies: readonly Policy[] = GUARDRAILS.filter(({ settings }) => settings !== null).map(
  ({ id, startingPoint }): Policy => ({
    function: 'co-selling',
    rule: id,
    scope: 'all',
    version: 1,
    effectiveFrom: null,
    settings: {
      ...(startingPoint as JsonObject),
      ...(id === 'quiet-hours' ? { days: [7] } : {}),
      ...(id === 'data-sharing' ? { personalFields: FIELDS.slice(0, 2) } : {}),
    },
  }),
);

/** A generator whose numbers are the same in every run (Park and Miller's). */
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

const grantOf = (rarely: (what: string) => boolean): PartnerGrant => ({
  key: 'aws',
  status: rarely('revoked') ? 'revoked' : 'active',
  actions: rarely('no action') ? [] : ['refer', 'update-referral'],
  fields: rarely('field not granted') ? GRANTED.slice(1) : GRANTED,
  evidenceKind: 'platform-terms',
  evidence: 'the network answered our credentials',
  evidenceCheckedAt: ago(rarely('old evidence') ? 91 * 86_400 : 86_400),
  effectiveFrom: ago(100 * 86_400),
  expiresAt: ago(rarely('ended') ? 1 : -100 * 86_400),
  revokedBy: null,
});

const proposalOf = (rarely: (what: string) => boolean, pick: (below: number) => number): JudgedProposal => {
  const fingerprints = Object.fromEntries(FIELDS.map((target, index) => [target, `print-${index}`]));
  return {
    function: 'co-selling',
    useCase: 'refer-to-partner',
    subject: { kind: 'referral', id: `00600000000${1_000 + pick(9_000)}AAA:aws:1` },
    partner: 'aws',
    requestedBy: PEOPLE[0],
    disclosed: FIELDS.map((target, index) => ({
      target,
      label: `Field ${index}`,
      sourceKind: index % 5 === 4 ? ('person' as const) : ('record' as const),
      personal: index < 2,
      fingerprint: rarely('changed since shown') ? 'another print' : `print-${index}`,
    })),
    effects: [
      { step: 'create', port: 'partner-portal', operation: 'create-opportunity' },
      { step: 'tell', port: 'messaging', operation: 'send-message' },
    ],
    consent: {
      by: rarely('nobody clicked') ? '' : PEOPLE[0],
      surface: 'panel',
      fields: rarely('not shown') ? FIELDS.slice(1) : FIELDS,
      fingerprints,
    },
    facts: ['deal', 'mapping', 'grant', 'mode', 'solutions', 'policies'].map((name) => ({
      name,
      readAt: ago(rarely('stale') ? 121 : pick(60)),
    })),
  };
};

const situationOf = (rarely: (what: string) => boolean, pick: (below: number) => number): SituationFacts => {
  const localMinute = rarely('night') ? 1_300 : 720;
  return {
    profile: { tier: 'gold', segment: 'cloud' },
    progress: { openPhase: 1, functions: [], exceptions: [] },
    ownership: {
      action: rarely('no zone') ? null : 'jointly-managed',
      writes: [{ field: rarely('field of theirs') ? 'Stage' : 'Project.Field0', zone: 'partner-controlled' }],
    },
    claims: rarely('conflict') ? [{ by: 'other', kind: 'registration', label: 'Other Ltd' }] : [],
    territory: { deal: rarely('elsewhere') ? 'APAC/JP' : 'EMEA/DE/Bavaria', partner: ['AMER', 'EMEA/DE'] },
    health: { score: rarely('unwell') ? 30 : 80, usageSignal: 75, interactionSignal: 85, updatedAt: ago(86_400) },
    quote: {
      lines: Array.from({ length: 3 }, (_, index) => ({
        label: `Line ${index}`,
        discountBps: rarely('discount') ? 1_600 + pick(1_400) : pick(1_500),
      })),
    },
    amount: { minor: rarely('large amount') ? 20_000_000 : pick(10_000_000), currency: 'USD' },
    doneToday: { actions: rarely('busy day') ? 300 : pick(90), currency: 'USD', minor: pick(30_000_000) },
    batch: { items: rarely('large batch') ? 3_000 : 1 + pick(100) },
    recipientTime: { localMinute, offsetMinutes: localMinute - 720, weekday: 6 },
    language: {
      gateVersion: 1,
      texts: 2,
      findings: rarely('finding')
        ? [{ rule: 'number-source', version: 1, why: 'No source for 40 %.', severity: 'ask' }]
        : [],
    },
    recipients: [
      { id: '003000000000001AAA', side: 'partner', partner: 'aws' },
      { id: PEOPLE[1], side: rarely('stranger') ? 'unknown' : 'company', partner: null },
    ],
    moneySpend: { currency: 'USD', spentMinor: rarely('spent') ? 200_000 : pick(90_000), wantedMinor: pick(1_000) },
    tokenSpend: { spent: rarely('tokens spent') ? 3_000_000 : pick(1_900_000), wanted: pick(10_000) },
    contact: { heardAt: ago(rarely('silence') ? 301 : pick(300)) },
    approvals: rarely('own approval') ? [{ rule: 'territory', policyVersion: 1, by: PEOPLE[0], at: ago(10) }] : [],
  };
};

/** Cases that differ from each other, and are the same in every run. Each rule is broken by one in about forty. */
export const guardrailCases = (count: number): readonly GuardrailCase[] => {
  const pick = numbers(20_261_121);
  const rarely = (): boolean => pick(40) === 0;
  // Fields and facts are many: were each of them as likely to be wrong, hardly a case would be in order.
  const oneOfMany = (what: string): boolean =>
    what === 'changed since shown' || what === 'stale' ? pick(600) === 0 : rarely();
  return Array.from({ length: count }, (): GuardrailCase => ({
    proposal: proposalOf(oneOfMany, pick),
    facts: {
      grant: rarely() ? null : grantOf(rarely),
      mode: rarely() ? null : { function: 'co-selling', mode: rarely() ? 'led' : 'assisted' },
      policies,
      killSwitches: rarely() ? [{ scope: 'partner:aws', reason: 'drill' }] : [],
      underWay: rarely() ? ['006000000000001AAA:aws:2'] : [],
      now: NOW,
      ...situationOf(oneOfMany, pick),
    },
  }));
};
