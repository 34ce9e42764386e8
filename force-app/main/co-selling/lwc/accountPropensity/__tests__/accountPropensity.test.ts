import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import AccountPropensity from 'c/accountPropensity';
import { answerQuery, failQuery, queriesAreTexts, settled, words } from '../../../../../../config/jest/support/wires';

const objectInfo = getObjectInfo as unknown as { emit(data: unknown): void };
const deal = (
  id: string,
  amount: number | null,
  score: number | null,
  band: string | null,
): Record<string, unknown> => ({
  id,
  name: `Deal ${id}`,
  stage: 'Negotiation',
  amount,
  closeDate: '2027-01-31',
  score,
  band,
  scoredAt: score === null ? null : '2026-11-22T11:00:00Z',
});
const DEALS = [deal('1', 100_000, 20, 'low'), deal('2', 50_000, 80, 'high'), deal('3', null, null, null)];

async function open(
  deals: Record<string, unknown>[] = DEALS,
  accountScores: Record<string, unknown>[] = [],
  total = deals.length,
): Promise<HTMLElement> {
  const element = createElement('c-account-propensity', { is: AccountPropensity });
  Object.assign(element, { recordId: '001' });
  document.body.appendChild(element);
  objectInfo.emit({ queryable: true });
  await settled();
  answerQuery('accountScores', { deals, accountScores }, undefined, { deals: total });
  await settled();
  return element;
}

describe('c-account-propensity', () => {
  beforeEach(queriesAreTexts);
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says what the account’s deals should come to, and lists them by their score', async () => {
    const element = await open();
    const text = words(element);
    expect(text).toContain('3 open deals, worth $150,000.');
    expect(text).toContain('By their scores about 1 of 2 should close, worth $60,000.');
    expect(text).toContain('One deal has no score yet and is not counted.');
    expect(text).toContain('Likely · $50,000 · Negotiation, closes Jan 31, 2027');
    expect(text.indexOf('Deal 2')).toBeLessThan(text.indexOf('Deal 1'));
    expect(text.indexOf('Deal 1')).toBeLessThan(text.indexOf('Deal 3'));
    await expect(element).toBeAccessible();
  });

  test('shows a score of the account itself', async () => {
    const element = await open(DEALS, [
      { id: 'a1', source: 'aws', score: 64, says: 'Spends more each quarter.', scoredAt: '2026-11-22T11:00:00Z' },
    ]);
    expect(words(element)).toContain('AWS: 64 of 100 | Spends more each quarter.');
  });

  test('says when no deal has a score, when there is none, and when not all are shown', async () => {
    expect(words(await open([deal('1', 10, null, null)]))).toContain(
      'One open deal, worth $10. | None of them has a score yet.',
    );
    document.body.replaceChildren();
    expect(words(await open([]))).toContain('This account has no open deal.');
    document.body.replaceChildren();
    expect(words(await open(DEALS, [], 70))).toContain('Shown are the 3 largest of 70 open deals.');
  });

  test('says that it loads, what went wrong, and who can help', async () => {
    const element = createElement('c-account-propensity', { is: AccountPropensity });
    Object.assign(element, { recordId: '001' });
    document.body.appendChild(element);
    await settled();
    expect(words(element)).toContain('Loading the deals');
    objectInfo.emit({ queryable: true });
    await settled();
    failQuery('accountScores', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    objectInfo.emit({ queryable: false });
    await settled();
    expect(words(element)).toContain('Tandem Seller');
    await expect(element).toBeAccessible();
  });
});
