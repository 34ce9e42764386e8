import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { createRecord, getRecord } from 'lightning/uiRecordApi';
import DecisionTimeline from 'c/decisionTimeline';
import * as records from '../../../../../../config/jest/support/decision-records';
import {
  answerQuery,
  button,
  everything,
  failQuery,
  find,
  queriesAreTexts,
  seen,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

jest.mock('@salesforce/customPermission/TandemApprovePartners', () => ({ __esModule: true, default: true }), {
  virtual: true,
});

interface WireStub {
  emit(data: unknown): void;
}
const created = createRecord as unknown as jest.Mock<(input: { fields: Record<string, string> }) => Promise<unknown>>;

async function page(objectApiName = 'Opportunity', queryable = true): Promise<HTMLElement> {
  const element = createElement('c-decision-timeline', { is: DecisionTimeline });
  Object.assign(element, { recordId: '006000000000001AAA', objectApiName });
  document.body.appendChild(element);
  (getObjectInfo as unknown as WireStub).emit({ apiName: 'Decision__c', queryable });
  await settled();
  return element;
}

async function open(
  decisions: Record<string, unknown>[],
  disputes: Record<string, unknown>[] = [],
  objectApiName = 'Opportunity',
): Promise<HTMLElement> {
  const element = await page(objectApiName);
  answerQuery('decisionTimeline', { decisions, disputes });
  await settled();
  return element;
}

async function unfold(element: HTMLElement, label = 'Why, on what facts, and what came back'): Promise<void> {
  everything(element)
    .find(
      (inner): inner is HTMLButtonElement => inner.tagName === 'BUTTON' && (inner.textContent ?? '').includes(label),
    )
    ?.click();
  await settled();
}

async function answer(state: string, message: string, result: object = {}): Promise<void> {
  answerQuery('requestOutcome', {
    requests: [{ id: 'a04000000000009AAA', state, message, result: JSON.stringify(result) }],
  });
  await settled();
}

async function type(element: HTMLElement, value: string): Promise<void> {
  find(element, 'lightning-textarea')?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

describe('c-decision-timeline', () => {
  beforeEach(() => {
    queriesAreTexts();
    created.mockReset().mockResolvedValue({ id: 'a04000000000009AAA' });
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('tells each decision in a sentence: what, where it stands, who, when', async () => {
    const element = await open([
      records.decision(),
      records.decision({ id: 'a06000000000002AAA', says: 'A stop was set for AWS.', agent: null, state: 'judged' }),
    ]);
    expect(words(element)).toContain(
      'Initech cloud move was referred to AWS. | Done | by the agent Co-selling, asked by Sally Seller',
    );
    expect(words(element)).toContain('A stop was set for AWS. | Decided | by Sally Seller');
    await expect(element).toBeAccessible();
  });

  test.each([
    ['waiting', 'Waits for a person'],
    ['refused', 'Not done'],
    ['stopped', 'Stopped before it was done'],
  ])('says of a decision that is %s: %s', async (state, expected) => {
    expect(words(await open([records.decision({ state })]))).toContain(expected);
  });

  test('unfolds to rules with versions, facts with age, what came back, five marks and the proof', async () => {
    const element = await open([records.decision()]);
    await unfold(element);
    const text = words(element);
    expect(text).toContain('Consent allowed it | The click names every value. | rule version 1 · set to version 3');
    expect(text).toContain('Amount per day asked for a person');
    expect(text).toContain('for partner:aws · approved by Max Manager · looked at deal amount, sum of today');
    expect(text).toContain('Deal | Opportunity › Partner Grant | 12 sec old');
    expect(text).toContain('Create opportunity: AWS gave O123');
    expect(text).toContain('From the system of record | held | Every value has a source.');
    expect(text).toContain('The outcome comes back | did not hold | The review was not read back.');
    expect(text).toContain('Whose result it is | AWS | Sally Seller, first to ask');
    expect(text).toContain('Entries 12 to 19 of the ledger | Hash a1b2c3d4e5f6…');
    await expect(element).toBeAccessible();
  });

  test('a decision without anything beside it says so, and fields that were edited by hand break nothing', async () => {
    const element = await open([
      records.decision({ rules: '[]', facts: 'not JSON', effects: null, fiveParts: '[7]', hash: '', ledgerFrom: null }),
    ]);
    await unfold(element);
    expect(words(element)).toContain('No rule was asked.');
    expect(words(element)).toContain('No facts were kept with this decision.');
    expect(words(element)).toContain('Nothing was sent anywhere.');
    expect(words(element)).not.toContain('Proof');
    await expect(element).toBeAccessible();
  });

  test('the page of a decision shows that one unfolded', async () => {
    const element = await open([records.decision()], [], 'Decision__c');
    expect(words(element)).toContain('On what facts');
  });

  test('the page of a dispute shows the decision it is about', async () => {
    const element = await page('Dispute__c');
    (getRecord as unknown as WireStub).emit({ fields: { Decision__c: { value: records.DECISION_ID } } });
    await settled();
    answerQuery('decisionTimeline', { decisions: [records.decision()], disputes: [records.dispute()] });
    await settled();
    expect(words(element)).toContain('Initech cloud move was referred to AWS.');
    expect(words(element)).toContain('Was this not my customer?');
  });

  test('an empty timeline teaches, a missing right says whom to ask, a decision that is gone says so', async () => {
    expect(words(await open([]))).toContain('Nothing has been decided here yet.');
    expect(words(await open([], [], 'Decision__c'))).toContain('This decision is gone');
    expect(words(await page('Opportunity', false))).toContain('You may not see decisions.');
  });

  test('loads in place and shows the server’s own words for an error', async () => {
    const element = await page();
    expect(words(element)).toContain('Loading the decisions');
    failQuery('decisionTimeline', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    await expect(element).toBeAccessible();
  });

  test('older decisions are read on request and counted aloud', async () => {
    const element = await page();
    answerQuery('decisionTimeline', { decisions: [records.decision()], disputes: [] }, undefined, { decisions: 2 });
    await settled();
    button(element, 'Show older decisions')?.click();
    await settled();
    const older = records.decision({ id: 'a06000000000002AAA' });
    answerQuery('decisionTimeline', { decisions: [records.decision(), older], disputes: [] });
    await settled();
    expect(words(element)).toContain('2 decisions are shown.');
    expect(button(element, 'Show older decisions')).toBeUndefined();
  });

  describe('judging again', () => {
    test.each([
      ['same', 'same', 'With the rules of then: the same answer. | Under today’s rules: the same answer.'],
      ['erased', '', 'the personal data it rests on was erased'],
      ['unreadable', '', 'recorded before enough was kept'],
      ['different', '', 'This must not happen'],
    ])('says %s in words', async (asOfThen, today, expected) => {
      const element = await open([records.decision()]);
      await unfold(element);
      expect(words(element)).toContain('Replay judges this decision again');
      button(element, 'Replay')?.click();
      await seen(() => words(element).includes('Judging it again…'));
      expect(created.mock.calls[0]?.[0].fields).toMatchObject({
        Kind__c: 'replay-decision',
        Subject__c: 'refer:006:aws:1',
      });
      await answer('done', 'Judged again.', { at: '2026-11-21T14:00:00.000Z', asOfThen, today, differences: [] });
      expect(words(element)).toContain(expected);
      await expect(element).toBeAccessible();
    });

    test('names each rule that would answer differently today', async () => {
      const differences = [{ rule: 'discount-bands', was: 'allow', is: 'needs-approval' }];
      const replay = JSON.stringify({
        at: '2026-11-21T14:00:00.000Z',
        asOfThen: 'same',
        today: 'different',
        differences,
      });
      const element = await open([records.decision({ replay })]);
      await unfold(element);
      expect(words(element)).toContain('Under today’s rules the answer would be different:');
      expect(words(element)).toContain('Discount bands: then allowed, today a person decides');
    });

    test('a refusal and an error stand where the button is', async () => {
      const element = await open([records.decision()]);
      await unfold(element);
      button(element, 'Replay')?.click();
      await settled();
      await answer('refused', 'You may not see this decision.');
      expect(words(element)).toContain('It could not be judged again | You may not see this decision.');
      created.mockRejectedValueOnce({ body: { message: 'No right to create requests.' } });
      button(element, 'Replay')?.click();
      await seen(() => words(element).includes('No right to create requests.'));
      expect(button(element, 'Replay')?.disabled).toBe(false);
    });
  });

  describe('disputes', () => {
    test('a question is asked from the line, kept until it is taken, and read again', async () => {
      const refresh = jest.fn<() => Promise<unknown>>().mockResolvedValue(undefined);
      const element = await page();
      answerQuery('decisionTimeline', { decisions: [records.decision()], disputes: [] }, refresh);
      await settled();
      button(element, 'Ask about this decision')?.click();
      await settled();
      button(element, 'Send the question')?.click();
      await settled();
      expect(words(element)).toContain('Write what should be looked into.');
      await type(element, ' Was this not my customer? ');
      button(element, 'Send the question')?.click();
      await seen(() => words(element).includes('Your question is on its way.'));
      expect(JSON.parse(created.mock.calls[0]?.[0].fields.Input__c ?? '')).toEqual({
        version: 1,
        question: 'Was this not my customer?',
      });
      await expect(element).toBeAccessible();
      await answer('done', 'Taken.');
      expect(refresh).toHaveBeenCalledTimes(1);
      expect(button(element, 'Ask about this decision')).toBeDefined();
    });

    test('cancelling leads back to the button', async () => {
      const element = await open([records.decision()]);
      button(element, 'Ask about this decision')?.click();
      await settled();
      button(element, 'Cancel')?.click();
      await settled();
      expect(button(element, 'Ask about this decision')).toBeDefined();
      expect(find(element, 'lightning-textarea')).toBeUndefined();
    });

    test('shows the question, what the record tells, and lets somebody who answers for it answer', async () => {
      const element = await open([records.decision()], [records.dispute()]);
      expect(words(element)).toContain('Questioned');
      expect(words(element)).toContain('Waits for an answer | Omar Other asked');
      await unfold(element, 'What the record tells');
      expect(words(element)).toContain('Sally Seller asked for it.');
      expect(words(element)).toContain('With the rules of then: the same answer.');
      button(element, 'Answer')?.click();
      await settled();
      expect(words(element)).toContain('Write an answer.');
      await type(element, 'The customer was shared last year.');
      button(element, 'Answer')?.click();
      await seen(() => words(element).includes('Your answer is on its way.'));
      expect(created.mock.calls[0]?.[0].fields).toMatchObject({ Kind__c: 'answer-dispute', Subject__c: 'dispute:1' });
      await expect(element).toBeAccessible();
    });

    test('the one who asked does not answer, and closes what was answered', async () => {
      const mine = records.dispute({ openerId: '005000000000000000' });
      expect(button(await open([records.decision()], [mine]), 'Answer')).toBeUndefined();
      document.body.replaceChildren();
      const answered = records.dispute({
        openerId: '005000000000000000',
        state: 'answered',
        answer: 'It was shared last year.',
        answeredBy: 'Max Manager',
        answeredAt: '2026-11-21T14:00:00.000Z',
      });
      const element = await open([records.decision()], [answered]);
      expect(words(element)).toContain('Max Manager answered');
      button(element, 'Close the question')?.click();
      await seen(() => words(element).includes('Closing…'));
      expect(created.mock.calls[0]?.[0].fields).toMatchObject({ Kind__c: 'close-dispute', Subject__c: 'dispute:1' });
      await expect(element).toBeAccessible();
    });

    test('a closed one says how long it took, and marks the decision no longer', async () => {
      const closed = records.dispute({ state: 'closed', hours: 3.5, answer: 'Yes.' });
      const text = words(await open([records.decision()], [closed]));
      expect(text).toContain('Closed after 3 hr');
      expect(text).not.toContain('Questioned');
    });
  });
});
