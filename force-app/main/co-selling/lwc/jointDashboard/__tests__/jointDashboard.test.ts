import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import JointDashboard from 'c/jointDashboard';
import {
  answerQuery,
  everything,
  failQuery,
  find,
  queriesAreTexts,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

const objectInfo = getObjectInfo as unknown as { emit(data: unknown, filter?: (config: unknown) => boolean): void };
const lastQuery = (): string =>
  (graphql as unknown as { getLastConfig(): { query?: string } }).getLastConfig().query ?? '';
const OTHERS = ['Opportunity', 'TelemetryInsight__c', 'FieldMapping__c', 'PartnerGrant__c'];

async function mayRead(objects: readonly string[]): Promise<void> {
  for (const name of ['Referral__c', ...OTHERS]) {
    objectInfo.emit(
      { queryable: objects.includes(name) },
      (config) => (config as { objectApiName?: { objectApiName?: string } }).objectApiName?.objectApiName === name,
    );
  }
  await settled();
}

const AWS = { id: 'p1', name: 'AWS', health: 74, band: 'strong', usage: 81, interaction: null };
const OTHER = { id: 'p2', name: 'Contoso', health: 31, band: 'at-risk', usage: 20, interaction: 44 };
const referral = (id: string, partnerId: string, state: string, clickedAt: string): Record<string, unknown> => ({
  id,
  partnerId,
  state,
  clickedAt,
  fieldsSent: 34,
  questionsAsked: 1,
  stage: 'Launched',
  owner: null,
  review: 'Approved',
  number: 'O1',
  dealId: `d${id}`,
  amount: 100_000,
  isClosed: false,
  dealBand: 'high',
});
const REFERRALS = [
  referral('1', 'p1', 'approved', '2026-11-10T10:00:00Z'),
  referral('2', 'p1', 'in-review', '2026-11-20T10:00:00Z'),
  referral('3', 'p2', 'rejected', '2026-10-10T10:00:00Z'),
];
const INSIGHTS = [
  { id: 'i1', partnerId: 'p1', audience: 'company', says: 'AWS customers use twice as much since June.' },
  { id: 'i2', partnerId: 'p2', audience: 'partner', says: 'Two of your customers stopped using it.' },
];
const DATA = {
  partners: [AWS, OTHER],
  referrals: REFERRALS,
  insights: INSIGHTS,
  mappings: [{ id: 'm1', target: 'a' }],
  grants: [{ id: 'g1', partnerId: 'p1', fields: 'a\nb\n\nc' }],
};

async function open(
  data: Record<string, Record<string, unknown>[]> = DATA,
  readable = ['Referral__c', ...OTHERS],
  extents: Record<string, number> = { mappings: 40 },
): Promise<HTMLElement> {
  const element = createElement('c-joint-dashboard', { is: JointDashboard });
  document.body.appendChild(element);
  await mayRead(readable);
  answerQuery('jointDashboard', data, undefined, extents);
  await settled();
  return element;
}

async function choose(root: Element, value: string): Promise<void> {
  find(root, 'lightning-combobox')?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

describe('c-joint-dashboard', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-22T12:00:00Z'), doNotFake: ['queueMicrotask', 'nextTick'] });
    queriesAreTexts();
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  test('shows the company all partners: pipeline, months, health, insights, and what each side sees', async () => {
    const element = await open();
    const text = words(element);
    expect(text).toContain('Referrals: 1 under way, 1 taken and 1 not taken in the last 6 months.');
    expect(text).toContain('Likely | 3 deals: $300,000');
    expect(text).toContain('Nov 2026 | 2 in all: 1 taken, 1 under way, 0 not taken');
    expect(text).toContain('Jun 2026 | none');
    expect(text).toContain('1 of 2 partners are strong or steady; to be looked at: 1.');
    expect(text).toContain('Of our deal, the partner sees 85% | 34 of 40 facts on average');
    expect(text).toContain('Of the partner’s side, we see 75% | 3 of 4 facts on average');
    expect(text).toContain('Missing most often on our side: who owns it at the partner (in 3 of 3 referrals).');
    expect(text).toContain('AWS customers use twice as much since June.');
    expect(text).toContain('Two of your customers stopped using it.');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('one partner is shown alone, with a missing signal as missing and what its grant allows', async () => {
    const element = await open();
    await choose(element, 'p1');
    const text = words(element);
    expect(text).toContain('Likely | 2 deals: $200,000');
    expect(text).toContain('Health | 74 of 100');
    expect(text).toContain('Work with each other | no data');
    expect(text).toContain('The grant of AWS allows 3 fields to be given.');
    expect(text).not.toContain('Two of your customers');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('a partner’s own people see their partner, and are told what is not theirs to see', async () => {
    const element = await open(
      { partners: [AWS], referrals: REFERRALS.filter(({ partnerId }) => partnerId === 'p1') },
      ['Referral__c'],
    );
    expect(lastQuery()).not.toContain('Opportunity__r');
    expect(lastQuery()).not.toContain('PartnerGrant__c');
    const text = words(element);
    expect(find(element, 'lightning-combobox')).toBeUndefined();
    expect(text).toContain('The deals themselves are not shown to you');
    expect(text).toContain('Health | 74 of 100');
    expect(text).not.toContain('Of our deal, the partner sees');
    expect(text).not.toContain('What we learn from it');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('says when there are more than are shown, when no deal is open, and when there is nothing', async () => {
    const closed = REFERRALS.map((row) => ({ ...row, isClosed: true, fieldsSent: null }));
    const element = await open({ ...DATA, referrals: closed, insights: [], partners: [] }, undefined, {
      referrals: 50_000,
    });
    const text = words(element);
    expect(text).toContain('Shown are the newest 3 of 50,000 referrals');
    expect(text).toContain('No open deal was referred.');
    expect(text).toContain('What each side sees shows here once a deal was sent.');
    expect(text).toContain('No health yet.');
    expect(text.match(/Nothing to tell yet/g)).toHaveLength(2);
    document.body.replaceChildren();
    expect(words(await open({ ...DATA, referrals: [] }))).toContain('Nothing was referred yet.');
  });

  test('draws as much as it says', async () => {
    const element = await open();
    const widths = everything(element)
      .filter(({ className }) => className.startsWith('part '))
      .map((part) => part.getAttribute('style'));
    expect(widths[0]).toBe('inline-size: 100%');
    expect(widths).toContain('inline-size: 50%');
    expect(widths).toContain('inline-size: 85%');
  });

  test('asks nothing before it is known what may be seen, says what went wrong and who can help', async () => {
    const element = createElement('c-joint-dashboard', { is: JointDashboard });
    document.body.appendChild(element);
    await settled();
    expect(words(element)).toContain('Loading what we do together');
    await mayRead(['Referral__c']);
    failQuery('jointDashboard', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    document.body.replaceChildren();
    const other = createElement('c-joint-dashboard', { is: JointDashboard });
    document.body.appendChild(other);
    await mayRead([]);
    expect(words(other)).toContain('is not shown to you');
    jest.useRealTimers();
    await expect(other).toBeAccessible();
  });
});
