import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import ReferralStory from 'c/referralStory';
import * as records from '../../../../../../config/jest/support/referral-records';
import {
  answerQuery,
  everything,
  failQuery,
  queriesAreTexts,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

async function open(
  referrals?: Record<string, unknown>[],
  values: Record<string, unknown>[] = [],
): Promise<HTMLElement> {
  const element = createElement('c-referral-story', { is: ReferralStory });
  Object.assign(element, { recordId: records.REFERRAL_ID });
  document.body.appendChild(element);
  await settled();
  if (referrals) {
    answerQuery('referralStory', { referrals, values });
    await settled();
  }
  return element;
}

const approved = records.referral('approved', {
  dealName: 'Initech cloud move',
  requestedBy: 'Sally Seller',
  networkId: 'O123',
  latencyMs: 3_400,
  fieldsSent: 37,
  fieldsRekeyed: 0,
  questionsAsked: 1,
  fivePartTest: JSON.stringify([
    { part: 'System of record', held: true, why: 'Every value has a source.' },
    { part: 'Loop closed', held: false, why: 'The review was not read back.' },
  ]),
});

describe('c-referral-story', () => {
  beforeEach(queriesAreTexts);

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('tells where it stands, who asked, how fast, and that nothing was copied by hand', async () => {
    const element = await open([approved]);
    expect(words(element)).toContain('AWS approved this deal');
    expect(words(element)).toContain('Referred by | Sally Seller | Number at AWS | O123 | From click to filed | 3 sec');
    expect(words(element)).toContain('37, of which 0 copied by hand');
    await expect(element).toBeAccessible();
  });

  test('tells the history newest first', async () => {
    const text = words(await open([approved]));
    const recorded = text.indexOf('The decision was recorded before anything was sent');
    expect(recorded).toBeGreaterThan(0);
    expect(text.indexOf('It was checked against')).toBeGreaterThan(recorded);
  });

  test('says of each part of the test whether it held, in words', async () => {
    const text = words(await open([approved]));
    expect(text).toContain('System of record | (held) | Every value has a source.');
    expect(text).toContain('Loop closed | (did not hold) | The review was not read back.');
  });

  test('unfolds what was sent with its sources', async () => {
    const value = {
      id: 'a05',
      target: 'A',
      label: 'Website',
      value: 'initech.example',
      source: 'Account.Website',
      sourceKind: 'record',
      personal: false,
      sortOrder: 1,
    };
    const element = await open([approved], [value]);
    everything(element)
      .find((inner): inner is HTMLButtonElement => inner.tagName === 'BUTTON')
      ?.click();
    await settled();
    expect(words(element)).toContain('What was sent (1 fields)');
    expect(words(element)).toContain('Website | initech.example | From Account › Website');
    await expect(element).toBeAccessible();
  });

  test('before anything was sent it says what will stand here', async () => {
    const element = await open([records.referral('needs-answers', { steps: '[]' })]);
    expect(words(element)).toContain('Nothing has been sent yet.');
    expect(words(element)).toContain('Nothing has happened yet.');
    await expect(element).toBeAccessible();
  });

  test('loads in place, and says when the referral is gone or hidden', async () => {
    expect(words(await open())).toContain('Loading the referral');
    expect(words(await open([]))).toContain('or you may not see it');
  });

  test('shows the server’s own words for an error', async () => {
    const element = await open();
    failQuery('referralStory', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    await expect(element).toBeAccessible();
  });
});
