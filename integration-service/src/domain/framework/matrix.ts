import { ZONES, type Zone } from '../guardrails/situation.ts';
import { broken, ok, type Result } from '../values/result.ts';
import { agentOfFunction } from './agents.ts';
import { FUNCTION_IDS, type FunctionId } from './functions.ts';

/** What a function stands on (M046). */
export const PILLARS = ['technology', 'process', 'governance', 'metrics'] as const;
export type Pillar = (typeof PILLARS)[number];

/** How far a cell of the matrix is; `gap` is something that is missing and that nobody has planned. */
export const CELL_STATES = ['planned', 'in-place', 'gap', 'not-needed'] as const;
export type CellState = (typeof CELL_STATES)[number];

/** One of the 120 places where a company says who sees to something: a function, a pillar and a zone (M045). */
export interface CellPlace {
  readonly function: FunctionId;
  readonly pillar: Pillar;
  readonly zone: Zone;
}

/** A cell as Tandem is delivered with it; people change it afterwards (`FunctionControl__c`). */
export interface MatrixCell extends CellPlace {
  readonly state: CellState;
  /** Key of the agent that works there. */
  readonly agent: string;
  /** What tells whether it works; empty where nothing is measured. */
  readonly metric: string;
  readonly note: string;
}

/** `FunctionControl__c.Key__c` of a cell. */
export const cellKey = ({ function: of, pillar, zone }: CellPlace): string => `${of}:${pillar}:${zone}`;

const isOneOf = <Word extends string>(words: readonly Word[], text: string | undefined): text is Word =>
  words.some((word) => word === text);

/** The place that a key names, or why it names none of the 120. */
export const readCellKey = (key: string): Result<CellPlace, string> => {
  const [of, pillar, zone, ...more] = key.split(':');
  if (!isOneOf(FUNCTION_IDS, of)) return broken(`"${of ?? ''}" is none of the ten functions.`);
  if (!isOneOf(PILLARS, pillar)) return broken(`"${pillar ?? ''}" is none of ${PILLARS.join(', ')}.`);
  if (!isOneOf(ZONES, zone) || more.length > 0)
    return broken(`"${[zone, ...more].join(':')}" is none of ${ZONES.join(', ')}.`);
  return ok({ function: of, pillar, zone });
};

/** What each function is measured by, on our side, theirs and together. */
const METRICS: Readonly<Record<FunctionId, readonly [own: string, theirs: string, joint: string]>> = {
  recruitment: ['days from first contact to contract', 'partners that answer', 'partners active after 90 days'],
  'demand-generation': ['cost of a qualified lead', 'leads that the partner takes up', 'joint pipeline'],
  'partner-sales': ['proposals that partner sellers use', 'partner sellers that took part', 'joint win rate'],
  'co-selling': ['seconds from click to filed', 'share of referrals that are approved', 'joint deals won'],
  quoting: ['hours from request to quote', 'quotes that the partner accepts', 'margin after discounts'],
  onboarding: ['days to the first deal', 'steps that the partner has finished', 'partners that are ready'],
  'customer-success': ['days from risk to action', 'risks that the partner sees to', 'net revenue retention'],
  renewals: ['renewals that are quoted in time', 'renewals that the partner confirms', 'renewal rate'],
  training: ['courses that are assigned in time', 'certifications that hold', 'deals by certified people'],
  telemetry: ['age of the newest signal', 'signals that the partner sends', 'partners with both signals'],
};

/** What is there on the day of delivery: co-selling with AWS, and nothing of the other nine but their rules. */
const IN_PLACE: Readonly<Record<string, string>> = {
  'co-selling:technology:vendor-controlled': 'Referrals are drafted from the live deal and filed by the service.',
  'co-selling:technology:partner-controlled': 'The network is reached through its own API and its own review.',
  'co-selling:technology:jointly-managed': 'The shared opportunity is followed on both sides.',
  'co-selling:process:vendor-controlled': 'Every action begins with a request that somebody makes in Salesforce.',
  'co-selling:process:partner-controlled': 'The partner’s review is followed to its end.',
  'co-selling:process:jointly-managed': 'What the partner asks to have corrected is answered from the record.',
  'co-selling:governance:vendor-controlled': 'Guardrails judge each proposal, and the ledger keeps it.',
  'co-selling:governance:partner-controlled': 'The grant rests on the network’s terms, which are checked daily.',
  'co-selling:governance:jointly-managed': 'What both manage is written under the grant alone, field by field.',
  'co-selling:metrics:vendor-controlled': 'The time from click to filed stands on each referral.',
  'co-selling:metrics:partner-controlled': 'The partner’s answer stands on each referral.',
};

const metricOf = ({ function: of, pillar, zone }: CellPlace): string =>
  pillar === 'metrics' ? (METRICS[of][ZONES.indexOf(zone)] ?? '') : '';

/** All 120 cells, none missing and none twice, in the order in which the page shows them. */
export const MATRIX: readonly MatrixCell[] = FUNCTION_IDS.flatMap((id) =>
  PILLARS.flatMap((pillar) =>
    ZONES.map((zone): MatrixCell => {
      const place = { function: id, pillar, zone };
      const note = IN_PLACE[cellKey(place)] ?? '';
      return {
        ...place,
        state: note === '' ? 'planned' : 'in-place',
        agent: agentOfFunction(id).key,
        metric: metricOf(place),
        note,
      };
    }),
  ),
);
