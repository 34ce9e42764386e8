import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import ReferralWorklist from 'c/referralWorklist';
import * as records from '../../../../../../config/jest/support/referral-records';
import { answerQuery, queriesAreTexts, settled, words } from '../../../../../../config/jest/support/wires';

const objectInfo = getObjectInfo as unknown as { emit(data: unknown): void };

const referral = (id: string, state: string, more: Record<string, unknown> = {}): Record<string, unknown> =>
  records.referral(state, { id, opportunityId: `deal of ${id}`, dealName: `Deal ${id}`, ...more });

async function open(referrals: Record<string, unknown>[], deals: Record<string, unknown>[] = []): Promise<HTMLElement> {
  const element = createElement('c-referral-worklist', { is: ReferralWorklist });
  document.body.appendChild(element);
  objectInfo.emit({ queryable: true });
  await settled();
  answerQuery('referralWorklist', { referrals, deals });
  await settled();
  return element;
}

describe('c-referral-worklist', () => {
  beforeEach(queriesAreTexts);

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('puts what a partner waits for first, and leaves out what goes on by itself', async () => {
    const element = await open([
      referral('1', 'rejected'),
      referral('2', 'in-review'),
      referral('3', 'action-required'),
      referral('4', 'failed'),
    ]);
    const text = words(element);
    const places = ['AWS asks for a correction', 'This referral could not be filed', 'AWS did not take this deal'];
    expect(places.map((place) => text.indexOf(place))).toEqual(
      places.map((place) => text.indexOf(place)).sort((a, b) => a - b),
    );
    expect(text).toContain('Deal 3');
    expect(text).not.toContain('AWS is reviewing this deal');
    await expect(element).toBeAccessible();
  });

  test('what the seller has to confirm is listed, what somebody else approves is not', async () => {
    const element = await open([
      referral('1', 'waiting-approval', { blockedBy: 'consent', message: 'Changed since you looked: Website.' }),
      referral('2', 'waiting-approval', { blockedBy: 'discount-bands' }),
    ]);
    expect(words(element)).toContain('Please look again and confirm | Changed since you looked: Website.');
    expect(words(element)).not.toContain('Deal 2');
    await expect(element).toBeAccessible();
  });

  test('an older attempt does not count any more', async () => {
    const again = referral('2', 'in-review', { opportunityId: 'same', attempt: 2 });
    const element = await open([again, referral('1', 'rejected', { opportunityId: 'same' })]);
    expect(words(element)).toContain('Nothing waits for you.');
    await expect(element).toBeAccessible();
  });

  test('lists open deals without a referral, the next to close first', async () => {
    const element = await open(
      [referral('1', 'in-review')],
      [
        { id: 'deal of 1', name: 'Referred already', closeDate: '2026-12-01' },
        { id: 'deal of 2', name: 'Umbra rollout', closeDate: '2026-12-24' },
      ],
    );
    expect(words(element)).toContain('Umbra rollout | Closes Dec 24, 2026');
    expect(words(element)).not.toContain('Referred already');
  });

  test('without open deals it says what makes them appear', async () => {
    expect(words(await open([]))).toContain('New deals appear here.');
  });

  test('says who can help a reader without rights', async () => {
    const element = createElement('c-referral-worklist', { is: ReferralWorklist });
    document.body.appendChild(element);
    expect(words(element)).toContain('Loading what needs you');
    objectInfo.emit({ queryable: false });
    await settled();
    expect(words(element)).toContain('Tandem Seller');
    await expect(element).toBeAccessible();
  });
});
