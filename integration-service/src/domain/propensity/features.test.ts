import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CourseStep, Deal, DealProduct, DealValue, FieldChange, PartnerPast } from './deal.ts';
import { endedOf, FEATURES, featuresOf, momentOf } from './features.ts';
import { snapshotsOf, snapshotTimes } from './snapshots.ts';
import { type Ended, TrackRecords } from './track-record.ts';

const DAY = 86_400_000;
const START = Date.parse('2025-01-01T00:00:00Z');
const own = [
  { name: 'Budget__c', label: 'Budget', kind: 'number' as const },
  { name: 'Segment__c', label: 'Segment', kind: 'category' as const },
  { name: 'Signed__c', label: 'Signed', kind: 'given' as const },
];
const features = featuresOf(own);

/** One thing that happens to a deal. */
interface Happening {
  readonly day: number;
  readonly what: 'stage' | 'amount' | 'close' | 'owner' | 'Segment__c' | 'Budget__c' | 'product' | 'partner';
  readonly value: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  day: fc.integer({ min: 1, max: 400 }),
  what: fc.constantFrom('stage', 'amount', 'close', 'owner', 'Segment__c', 'Budget__c', 'product', 'partner'),
  value: fc.integer({ min: 0, max: 9 }),
});

const dayText = (day: number): string => new Date(START + day * DAY).toISOString().slice(0, 10);

/** The deal as a CRM shows it once all of this has happened to it: values of today, and what led to them. */
const lived = (happenings: readonly Happening[], endsOn: number | null): Deal => {
  let step: Omit<CourseStep, 'at'> = { stage: 'Stage 0', amount: 1_000, closeDate: dayText(90) };
  let ownerId = '005000000000000AAA';
  const fields: Record<string, DealValue> = { Segment__c: 'Segment 0', Budget__c: 0, Type: 'New', LeadSource: 'Web' };
  const course: CourseStep[] = [{ at: START, ...step }];
  const changes: FieldChange[] = [];
  const products: DealProduct[] = [];
  const partners: { key: string; since: number }[] = [];
  const change = (at: number, field: string, was: DealValue, is: DealValue): void =>
    void (was === is || changes.push({ at, field, was, is }));
  for (const { day, what, value } of [...happenings].sort((left, right) => left.day - right.day)) {
    if (endsOn !== null && day >= endsOn) break;
    const at = START + day * DAY;
    if (what === 'product') products.push({ family: `Family ${value}`, addedAt: at });
    else if (what === 'partner') partners.push({ key: `partner-${value}`, since: at });
    else if (what === 'owner') {
      const next = `00500000000000${value}AAA`;
      change(at, 'OwnerId', ownerId, next);
      ownerId = next;
    } else if (what === 'Segment__c' || what === 'Budget__c') {
      const next = what === 'Segment__c' ? `Segment ${value}` : value;
      change(at, what, fields[what] ?? null, next);
      fields[what] = next;
    } else {
      if (what === 'stage') step = { ...step, stage: `Stage ${value}` };
      if (what === 'amount') step = { ...step, amount: value * 1_000 };
      if (what === 'close') step = { ...step, closeDate: dayText(value * 40) };
      course.push({ at, ...step });
    }
  }
  if (endsOn !== null) {
    const at = START + endsOn * DAY;
    course.push({ at, ...step, stage: 'Closed Won' });
    change(at, 'Signed__c', null, '2025-09-09');
    fields.Signed__c = '2025-09-09';
  }
  const last = course.at(-1);
  return {
    id: '006000000000001AAA',
    ownerId,
    accountId: '001000000000001AAA',
    createdAt: START,
    changedAt: new Date(START + 500 * DAY).toISOString(),
    stage: last?.stage ?? '',
    amount: last?.amount ?? null,
    closeDate: last?.closeDate ?? null,
    closed: endsOn !== null,
    won: endsOn !== null,
    fields,
    account: { industry: 'Banking', employees: 100, country: 'US' },
    products,
    partners,
    course,
    changes,
  };
};

const ended: fc.Arbitrary<Ended> = fc.record({
  at: fc.integer({ min: START, max: START + 400 * DAY }),
  won: fc.boolean(),
  keys: fc.subarray(['owner:005000000000000AAA', 'account:001000000000001AAA', 'partner:partner-3', 'way::alone']),
});

const partnersAt = (weeks: readonly { readonly week: number; readonly value: number }[]) =>
  new Map<string, PartnerPast>([
    [
      'partner-3',
      {
        key: 'partner-3',
        name: 'Three',
        health: weeks.map(({ week, value }) => ({ at: START + week * 7 * DAY, score: value })),
        activity: weeks.map(({ week, value }) => ({ at: START + week * 7 * DAY, events: value })),
      },
    ],
  ]);

const week = fc.record({ week: fc.integer({ min: 0, max: 60 }), value: fc.integer({ min: 0, max: 100 }) });

describe('what a score is learned from', () => {
  test('nothing of a moment changes when the future does', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 25 }),
        fc.array(happening, { maxLength: 25 }),
        fc.array(ended, { maxLength: 30 }),
        fc.array(ended, { maxLength: 10 }),
        fc.uniqueArray(week, { maxLength: 20, selector: (one) => one.week }),
        fc.integer({ min: 0, max: 400 }),
        fc.option(fc.integer({ min: 1, max: 450 })),
        (past, future, records, laterRecords, weeks, day, endsOn) => {
          const at = START + day * DAY + DAY / 2;
          const until = past.filter((one) => one.day <= day);
          const then = lived(until, null);
          const now = lived(
            [...until, ...future.filter((one) => one.day > day)],
            endsOn !== null && endsOn > day ? endsOn : null,
          );
          const known = weeks.filter((one) => START + (one.week + 1) * 7 * DAY <= at);
          const before = {
            records: new TrackRecords(records.filter((one) => one.at < at)),
            partners: partnersAt(known),
          };
          const after = {
            records: new TrackRecords([
              ...records.filter((one) => one.at < at),
              ...laterRecords.filter((one) => one.at >= at),
            ]),
            partners: partnersAt(weeks),
          };
          const [was, is] = [momentOf(then, at, before), momentOf(now, at, after)];
          if (!was || !is) throw new Error('both are known at that moment');
          for (const feature of features)
            expect([feature.name, feature.value(is)]).toEqual([feature.name, feature.value(was)]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('each has a name of its own, says where it comes from, and has words for what is not known', () => {
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    const moment = momentOf(lived([], null), START + DAY, { records: new TrackRecords([]), partners: new Map() });
    if (!moment) throw new Error('the deal is known');
    for (const feature of FEATURES) {
      expect(feature.source).not.toBe('');
      expect(feature.says(moment)).not.toMatch(/undefined|null|NaN/);
    }
  });

  test('a record counts deals that had ended, and is said as a count', () => {
    const records = new TrackRecords(
      Array.from({ length: 10 }, (_, index) => ({
        at: START - (index + 1) * DAY,
        won: index < 8,
        keys: ['way:SaaS:partner'],
      })),
    );
    const deal = {
      ...lived([], null),
      products: [{ family: 'SaaS', addedAt: START }],
      partners: [{ key: 'aws', since: START }],
    };
    const moment = momentOf(deal, START + DAY, { records, partners: new Map() });
    const feature = features.find(({ name }) => name === 'way-record');
    if (!moment || !feature) throw new Error('both are there');
    expect(feature.says(moment)).toBe('Won 8 of 10 deals with SaaS and a partner');
    expect(feature.value(moment)).toBeCloseTo(0.8);
  });

  test('an ended deal is looked at before its end alone, at ages that have nothing to do with it', () => {
    const long = lived([{ day: 20, what: 'stage', value: 3 }], 200);
    const short = lived([{ day: 20, what: 'stage', value: 3 }], 50);
    const times = snapshotTimes(long);
    expect(times.length).toBeGreaterThan(snapshotTimes(short).length);
    expect(snapshotTimes(short)).toEqual(times.slice(0, snapshotTimes(short).length));
    for (const at of times) expect(at).toBeLessThan(START + 200 * DAY);
    const { table, moments } = snapshotsOf(features, [long, short], {
      records: new TrackRecords([]),
      partners: new Map(),
    });
    expect(table.rows).toBe(moments.length);
    expect([...(table.group ?? [])]).toEqual([...times.map(() => 0), ...snapshotTimes(short).map(() => 1)]);
    expect(new Set(table.at)).toEqual(new Set([START + 200 * DAY, START + 50 * DAY]));
    expect(endedOf(long)).toMatchObject({ at: START + 200 * DAY, won: true });
  });
});
