import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import PartnerHealthCard from 'c/partnerHealthCard';
import * as records from '../../../../../../config/jest/support/referral-records';
import { answerQuery, queriesAreTexts, settled, words } from '../../../../../../config/jest/support/wires';

const record = getRecord as unknown as { emit(data: unknown): void };
const healthy = {
  ...records.aws,
  health: 72,
  trend: 'up',
  usage: 64,
  interaction: 80,
  reasons: '["Three deals approved"]',
};
const other = { ...records.reseller, health: 40, trend: 'down' };

async function open(
  objectApiName: string,
  partners: Record<string, unknown>[],
  referrals: Record<string, unknown>[] = [],
): Promise<HTMLElement> {
  const element = createElement('c-partner-health-card', { is: PartnerHealthCard });
  Object.assign(element, { recordId: 'an id', objectApiName });
  document.body.appendChild(element);
  await settled();
  answerQuery('partnerHealth', { partners, referrals });
  record.emit(records.opportunity());
  await settled();
  return element;
}

describe('c-partner-health-card', () => {
  beforeEach(queriesAreTexts);

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says health, trend, both signals and why', async () => {
    const element = await open('Partner__c', [healthy]);
    const text = words(element);
    expect(text).toContain('How it goes with AWS');
    expect(text).toContain('Health 72 of 100');
    expect(text).toContain('rising');
    expect(text).toContain('What they use and buy | 64 of 100 | How you work together | 80 of 100');
    expect(text).toContain('Why | Three deals approved');
    await expect(element).toBeAccessible();
  });

  test('draws a missing signal as missing, never as zero', async () => {
    const element = await open('Partner__c', [{ ...healthy, interaction: null, usage: 0 }]);
    expect(words(element)).toContain('What they use and buy | 0 of 100 | How you work together | No data yet');
    await expect(element).toBeAccessible();
  });

  test('knows nothing of a partner not yet seen, and says so', async () => {
    const element = await open('Partner__c', [{ ...records.aws, health: null }]);
    expect(words(element)).toContain('Nothing is known about AWS yet.');
    await expect(element).toBeAccessible();
  });

  test('on a deal shows the partner it was referred to', async () => {
    const element = await open('Opportunity', [healthy, other], [{ id: 'a02', partnerId: other.id }]);
    expect(words(element)).toContain('How it goes with Globex');
  });

  test('on a deal that was not referred shows the partner that fits best', async () => {
    const element = await open('Opportunity', [other, healthy]);
    expect(words(element)).toContain('How it goes with AWS');
  });

  test('without a fitting partner it says what will stand here', async () => {
    const element = await open('Opportunity', [other]);
    expect(words(element)).toContain('Once a partner fits this deal');
    await expect(element).toBeAccessible();
  });
});
