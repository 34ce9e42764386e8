import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import PartnerHealthCard from 'c/partnerHealthCard';
import { partner } from '../../../../../../config/jest/support/health-records';
import * as records from '../../../../../../config/jest/support/referral-records';
import {
  answerAbout,
  answerQuery,
  failQuery,
  queriesAreTexts,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

const record = getRecord as unknown as { emit(data: unknown): void };
const aws = { ...partner(), ...records.aws };
const globex = { ...partner(), ...records.reseller };

async function page(objectApiName: string): Promise<HTMLElement> {
  const element = createElement('c-partner-health-card', { is: PartnerHealthCard });
  Object.assign(element, { recordId: objectApiName === 'Partner__c' ? aws.id : 'an id', objectApiName });
  document.body.appendChild(element);
  await settled();
  return element;
}

async function open(
  objectApiName: string,
  partners: Record<string, unknown>[],
  referrals: Record<string, unknown>[] = [],
): Promise<HTMLElement> {
  const element = await page(objectApiName);
  answerQuery('partnerChoices', { partners, referrals });
  await settled();
  record.emit(records.opportunity());
  await settled();
  // Only the partner that is asked for is answered.
  partners.forEach((one) => answerAbout('partnerHealth', one));
  await settled();
  return element;
}

describe('c-partner-health-card', () => {
  beforeEach(queriesAreTexts);

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says health with its band, trend, both signals and the reasons that weigh most', async () => {
    const element = await open('Partner__c', [aws]);
    const text = words(element);
    expect(text).toContain('How it goes with AWS');
    expect(text).toContain('Health 41 of 100, at risk | falling');
    expect(text).toContain('What they use and buy | 35 of 100, down 12 in 4 weeks');
    expect(text).toContain('How you work together | 50 of 100, down 3 in 4 weeks');
    expect(text).toContain('Why | Fewer people use the product | -14.5 | No meeting for seven weeks | -8');
    expect(text).not.toContain('usually stand here');
    await expect(element).toBeAccessible();
  });

  test('draws a missing signal as missing, never as zero', async () => {
    const element = await open('Partner__c', [{ ...aws, interaction: null, usage: 0, usageTrend: null }]);
    expect(words(element)).toContain('What they use and buy | 0 of 100 | How you work together | No data yet');
    await expect(element).toBeAccessible();
  });

  test('says how little there is to go by, and how old it is', async () => {
    const old = new Date(Date.now() - 4 * 86_400_000).toISOString();
    const text = words(await open('Partner__c', [{ ...aws, confidence: 10, updatedAt: old }]));
    expect(text).toContain('There is little to go by yet (10 %)');
    expect(text).toContain('This was last worked out');
  });

  test('knows nothing of a partner not yet seen, and says so', async () => {
    const element = await open('Partner__c', [{ ...aws, health: null, usage: null, interaction: null }]);
    expect(words(element)).toContain('Nothing is known about AWS yet.');
    await expect(element).toBeAccessible();
  });

  test('on a deal shows the partner it was referred to, with the way to what lies behind', async () => {
    const element = await open('Opportunity', [aws, globex], [{ id: 'a02', partnerId: globex.id }]);
    expect(words(element)).toContain('How it goes with Globex');
    expect(words(element)).toContain('See what is behind it');
  });

  test('on a deal that was not referred shows the partner that fits best', async () => {
    const element = await open('Opportunity', [globex, aws]);
    expect(words(element)).toContain('How it goes with AWS');
  });

  test('on an account shows the partner its newest referral went to, and without one says what will stand here', async () => {
    const element = await open('Account', [aws, globex], [{ id: 'a02', partnerId: globex.id }]);
    expect(words(element)).toContain('How it goes with Globex');
    document.body.replaceChildren();
    expect(words(await open('Account', [aws]))).toContain('Once a deal of this account is referred to a partner');
  });

  test('without a fitting partner it says what will stand here', async () => {
    const element = await open('Opportunity', [globex]);
    expect(words(element)).toContain('Once a partner fits this deal');
    await expect(element).toBeAccessible();
  });

  test('an error stands where the card is', async () => {
    const element = await page('Partner__c');
    failQuery('partnerHealth', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
  });
});
