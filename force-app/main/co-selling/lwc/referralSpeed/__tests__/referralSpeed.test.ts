import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import ReferralSpeed from 'c/referralSpeed';
import * as records from '../../../../../../config/jest/support/referral-records';
import { answerQuery, failQuery, queriesAreTexts, settled, words } from '../../../../../../config/jest/support/wires';

const objectInfo = getObjectInfo as unknown as { emit(data: unknown): void };
const filed = (id: string, latency: number): Record<string, unknown> => ({ id, name: `REF-${id}`, latency });

async function open(queryable = true): Promise<HTMLElement> {
  const element = createElement('c-referral-speed', { is: ReferralSpeed });
  Object.assign(element, { recordId: records.AWS_ID });
  document.body.appendChild(element);
  objectInfo.emit({ queryable });
  await settled();
  return element;
}
async function answer(referrals: Record<string, unknown>[]): Promise<void> {
  answerQuery('referralSpeed', { partners: [records.aws], referrals });
  await settled();
}

describe('c-referral-speed', () => {
  beforeEach(queriesAreTexts);

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('shows grey lines while it loads', async () => {
    const element = await open();
    expect(words(element)).toContain('Loading how fast referrals are filed');
    await expect(element).toBeAccessible();
  });

  test('says the usual time, the slowest, and that none was slow', async () => {
    const element = await open();
    await answer([filed('1', 9_000), filed('2', 1_200), filed('3', 2_000)]);
    expect(words(element)).toBe(
      'How fast AWS gets your referrals | Usually 2 sec from click to filed | Slowest of the last 3: 9 sec | None took longer than a minute.',
    );
    await expect(element).toBeAccessible();
  });

  test('leads to the referrals that were slow, the slowest first', async () => {
    const element = await open();
    await answer([filed('1', 1_000), filed('2', 61_000), filed('3', 300_000)]);
    expect(words(element)).toContain('2 took longer than a minute: | 5 min | REF-3 | 1 min | REF-2');
    await expect(element).toBeAccessible();
  });

  test('before the first referral it says what will be here', async () => {
    const element = await open();
    await answer([]);
    expect(words(element)).toContain('No referral has been filed with AWS yet.');
    await expect(element).toBeAccessible();
  });

  test('an error is told, and whoever may not see referrals gets no card', async () => {
    const element = await open();
    failQuery('referralSpeed', 'The server is away.');
    await settled();
    expect(words(element)).toContain('The server is away.');
    await expect(element).toBeAccessible();
    document.body.replaceChildren();
    expect(words(await open(false))).toBe('');
  });
});
