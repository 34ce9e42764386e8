/**
 * What kind of value a number of a rule is, so that it can be read and typed as people do:
 * `percent` is kept in basis points, `money` in minor units of the rule's currency, `minute` as a minute of the day.
 */
export type SlotKind =
  | { kind: 'percent' }
  | { kind: 'money' }
  | { kind: 'whole'; from: number; to: number }
  | { kind: 'minute' }
  | { kind: 'weekdays' }
  | { kind: 'consequence' }
  | { kind: 'yesNo' }
  | { kind: 'currency' }
  | { kind: 'personal' };

export type Settings = Readonly<Record<string, unknown>>;

/** A rule as these pages know it. */
export interface RuleShape {
  id: string;
  /** Its numbers by their names in the policy's settings. A rule without any is always on. */
  slots: Readonly<Record<string, SlotKind>>;
  /** Numbers that only some policies of the rule carry; shown where they are. */
  optional?: Readonly<Record<string, SlotKind>>;
  /** Settings that are shown and kept, but not changed here. */
  kept?: readonly string[];
  /** Numbers to begin with where there are none; the rule's own starting point. */
  start: Settings;
  /** Two limits of which the first may not pass the second. */
  order?: { lower: string; upper: string };
}

const LARGEST = Number.MAX_SAFE_INTEGER;
const percent = { kind: 'percent' } as const;
const money = { kind: 'money' } as const;
const consequence = { kind: 'consequence' } as const;
const whole = (from: number, to: number): SlotKind => ({ kind: 'whole', from, to });
const UP = { lower: 'actUpTo', upper: 'reviewUpTo' };

/** A rule that lets act up to one amount and lets a person decide up to another. */
const amounts = (id: string, actUpTo: number, reviewUpTo: number): RuleShape => ({
  id,
  slots: { actUpTo: money, reviewUpTo: money, currency: { kind: 'currency' } },
  optional: { unknown: consequence },
  start: { currency: 'USD', actUpTo, reviewUpTo },
  order: UP,
});

/** The same with a count. */
const counts = (id: string, actUpTo: number, reviewUpTo: number, largest: number): RuleShape => ({
  id,
  slots: { actUpTo: whole(0, largest), reviewUpTo: whole(0, largest) },
  start: { actUpTo, reviewUpTo },
  order: UP,
});

const fixed = (id: string): RuleShape => ({ id, slots: {}, start: {} });

/**
 * Every rule the service judges by, in the order in which it tells its reasons. Nothing here comes from the platform: a
 * test of the service compares this list with its own catalogue.
 */
export const RULE_SHAPES: readonly RuleShape[] = [
  fixed('kill-switch'),
  fixed('mode'),
  {
    id: 'phase-prerequisites',
    slots: { minimumDecisions: whole(0, 1_000_000), minimumApprovedBps: percent },
    kept: ['needs'],
    start: {
      minimumDecisions: 50,
      minimumApprovedBps: 9_000,
      needs: [{ function: 'onboarding', from: 'assisted', other: 'training' }],
    },
  },
  { id: 'org-contact', slots: { pauseAfterSeconds: whole(1, 86_400) }, start: { pauseAfterSeconds: 300 } },
  { id: 'sanctioned-environment', slots: { evidenceMaxAgeDays: whole(1, 3_650) }, start: { evidenceMaxAgeDays: 90 } },
  fixed('ownership-zone'),
  { id: 'data-sharing', slots: { personalFields: { kind: 'personal' } }, start: { personalFields: [] } },
  fixed('recipients'),
  fixed('duplicate'),
  {
    id: 'conflict',
    slots: { registration: consequence, 'direct-sale': consequence, 'named-account': consequence },
    start: { registration: 'block', 'direct-sale': 'review', 'named-account': 'review' },
  },
  {
    id: 'territory',
    slots: { outside: consequence, unknown: consequence },
    start: { outside: 'review', unknown: 'review' },
  },
  {
    id: 'partner-health',
    slots: { actFrom: whole(0, 100), reviewFrom: whole(0, 100), maxAgeDays: whole(1, 3_650), unknown: consequence },
    start: { actFrom: 50, reviewFrom: 25, maxAgeDays: 30, unknown: 'review' },
    order: { lower: 'reviewFrom', upper: 'actFrom' },
  },
  { id: 'freshness', slots: { maxAgeSeconds: whole(0, 31_536_000) }, start: { maxAgeSeconds: 120 } },
  { id: 'consent', slots: { required: { kind: 'yesNo' } }, start: { required: true } },
  { id: 'language', slots: { gateFrom: whole(1, 1_000) }, start: { gateFrom: 1 } },
  {
    id: 'discount-bands',
    slots: { actUpTo: percent, reviewUpTo: percent },
    start: { actUpTo: 1_500, reviewUpTo: 2_500 },
    order: UP,
  },
  amounts('amount-per-action', 10_000_000, 100_000_000),
  amounts('amount-per-day', 50_000_000, 500_000_000),
  counts('volume-per-day', 100, 500, 1_000_000),
  counts('batch-size', 200, 2_000, 1_000_000),
  {
    id: 'quiet-hours',
    slots: { from: { kind: 'minute' }, to: { kind: 'minute' }, days: { kind: 'weekdays' }, then: consequence },
    start: { from: 1_260, to: 420, days: [6, 7], then: 'review' },
  },
  amounts('money-spend', 100_000, 500_000),
  counts('token-spend', 2_000_000, 4_000_000, LARGEST),
  fixed('separate-approver'),
];

/** Settings of single facts, which a policy of freshness may name: `byFact.mapping` is a slot of its own. */
const BY_FACT = 'byFact.';

/** The slots of a rule with these settings: those it always has, those these carry, and one for each fact that is named. */
export function slotsOf(shape: RuleShape, settings: Settings): Record<string, SlotKind> {
  const facts = shape.id === 'freshness' ? Object.keys(factsOf(settings)) : [];
  const carried = Object.entries(shape.optional ?? {}).filter(([slot]) => settings[slot] !== undefined);
  return {
    ...shape.slots,
    ...Object.fromEntries(carried),
    ...Object.fromEntries(facts.map((name) => [BY_FACT + name, whole(0, 31_536_000)])),
  };
}

function factsOf(settings: Settings): Record<string, unknown> {
  return (settings.byFact ?? {}) as Record<string, unknown>;
}

/** The fact that a slot of freshness is about; empty for any other slot. */
export function factOf(slot: string): string {
  return slot.startsWith(BY_FACT) ? slot.slice(BY_FACT.length) : '';
}

/** The value of a slot. */
export function valueOf(settings: Settings, slot: string): unknown {
  const fact = factOf(slot);
  return fact === '' ? settings[slot] : factsOf(settings)[fact];
}

/** The settings with another value in one slot; everything else in them is kept. */
export function withValue(settings: Settings, slot: string, value: unknown): Settings {
  const fact = factOf(slot);
  return fact === ''
    ? { ...settings, [slot]: value }
    : { ...settings, byFact: { ...factsOf(settings), [fact]: value } };
}

/** Whether settings carry every number of the rule in a form that can be shown. */
export function isReadable(shape: RuleShape, settings: Settings): boolean {
  return Object.entries(shape.slots).every(([slot, { kind }]) => {
    const value = settings[slot];
    switch (kind) {
      case 'consequence':
        return value === 'act' || value === 'review' || value === 'block';
      case 'yesNo':
        return typeof value === 'boolean';
      case 'currency':
        return typeof value === 'string';
      case 'weekdays':
        return Array.isArray(value);
      case 'personal':
        return value === 'all' || Array.isArray(value);
      default:
        return typeof value === 'number' && Number.isFinite(value);
    }
  });
}

/** The shape of a rule; undefined for one that this page does not know. */
export function shapeOf(rule: string): RuleShape | undefined {
  return RULE_SHAPES.find(({ id }) => id === rule);
}
