import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { createRecord, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import ReferralPanel from 'c/referralPanel';
import * as records from '../../../../../../config/jest/support/referral-records';
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

interface LdsStub {
  emit(data: unknown, filter?: (config: { objectApiName?: { objectApiName: string } }) => boolean): void;
}
const objectInfo = getObjectInfo as unknown as LdsStub;
const record = getRecord as unknown as LdsStub;
const create = createRecord as unknown as jest.Mock<(input: { fields: Record<string, unknown> }) => Promise<unknown>>;

const isAbout =
  (name: string) =>
  ({ objectApiName }: { objectApiName?: { objectApiName: string } }): boolean =>
    objectApiName?.objectApiName === name;

interface Seen {
  mayRequest?: boolean;
  mayRead?: boolean;
  partners?: Record<string, unknown>[];
  opportunity?: Record<string, unknown>;
  referrals?: Record<string, unknown>[];
  requests?: Record<string, unknown>[];
  refresh?: () => Promise<unknown>;
}

function readDeal({ referrals = [], requests = [], refresh }: Seen): void {
  answerQuery('referralsOfDeal', { referrals, requests }, refresh);
}

/** The panel of a deal as a user opens it, with what the org answers. */
async function open(org: Seen = {}): Promise<HTMLElement> {
  const element = createElement('c-referral-panel', { is: ReferralPanel });
  Object.assign(element, { recordId: records.DEAL_ID });
  document.body.appendChild(element);
  await settled();
  objectInfo.emit({ createable: org.mayRequest ?? true }, isAbout('Request__c'));
  objectInfo.emit({ queryable: org.mayRead ?? true }, isAbout('Referral__c'));
  await settled();
  answerQuery('referralSetup', { partners: org.partners ?? [records.aws, records.reseller], mapping: records.mapping });
  readDeal(org);
  await settled();
  record.emit(records.opportunity(org.opportunity));
  answerQuery('dealChildren', { contacts: [] });
  await settled();
  return element;
}

const says = (element: HTMLElement, text: string): Promise<string> =>
  seen(() => (words(element).includes(text) ? words(element) : ''));
const sentInput = (): { shown: { fields: string[] }; answers: object } =>
  JSON.parse(String(create.mock.calls[0]?.[0].fields.Input__c)) as { shown: { fields: string[] }; answers: object };

describe('c-referral-panel', () => {
  beforeEach(() => {
    queriesAreTexts();
    (notifyRecordUpdateAvailable as unknown as jest.Mock).mockClear();
    create.mockReset();
    create.mockResolvedValue({ id: 'a04000000000009AAA', fields: {} });
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('shows grey lines while it loads', async () => {
    const element = createElement('c-referral-panel', { is: ReferralPanel });
    document.body.appendChild(element);
    expect(words(element)).toContain('Loading the referral');
    await expect(element).toBeAccessible();
  });

  test('recommends, offers one button, and folds away what will be sent and the other partners', async () => {
    const element = await open();
    await says(element, 'AWS fits this deal: 2 reasons');
    expect(button(element, 'Refer to AWS')?.disabled).toBe(false);
    expect(words(element)).toContain('What will be sent (3 fields)');
    expect(words(element)).toContain('Other partners (1)');
    await expect(element).toBeAccessible();
  });

  test('what will be sent says when it was read, and is read again when it is unfolded', async () => {
    const element = await open();
    await says(element, 'What will be sent (3 fields)');
    const unfold = everything(element).find(
      (one) => one.textContent?.includes('What will be sent') && one.matches('button'),
    );
    (unfold as HTMLElement).click();
    await says(element, 'Read from the deal');
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: records.DEAL_ID }]);
    expect(words(element)).toContain('if something has changed by then, you are asked first');
    expect(words(element)).toContain('Portal | AWS Partner Central (ACE) | By rule: the network of AWS');
    await expect(element).toBeAccessible();
  });

  test('a deal that changed before it was sent is read again, unfolded and confirmed', async () => {
    const element = await open({ referrals: [] });
    readDeal({
      referrals: [
        records.referral('waiting-approval', { blockedBy: 'consent', message: 'Changed since you looked: Use case.' }),
      ],
    });
    await says(element, 'Please look again and confirm');
    expect(words(element)).toContain('Changed since you looked: Use case.');
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: records.DEAL_ID }]);
    expect(find(element, 'c-referral-preview')).toBeDefined();
    await expect(element).toBeAccessible();
    const confirm = await seen(() => button(element, 'Confirm and refer to AWS'));
    confirm.click();
    await says(element, 'Your referral is on its way');
    expect(create.mock.calls[0]?.[0]).toMatchObject({ fields: { Kind__c: 'refer' } });
  });

  test('one press makes one request with exactly what was shown, however often it is pressed', async () => {
    const element = await open();
    const refer = await seen(() => button(element, 'Refer to AWS'));
    refer.click();
    refer.click();
    await says(element, 'Your referral is on its way');
    refer.click();
    expect(create).toHaveBeenCalledTimes(1);
    expect(create.mock.calls[0]?.[0]).toMatchObject({
      apiName: 'Request__c',
      fields: { Kind__c: 'refer', Opportunity__c: records.DEAL_ID, Partner__c: records.AWS_ID, Surface__c: 'panel' },
    });
    const { shown, answers } = sentInput();
    expect(shown.fields).toEqual([
      'Customer.Account.CompanyName',
      'Project.CustomerUseCase',
      'Project.CustomerBusinessProblem',
    ]);
    expect(answers).toEqual({});
    expect(button(element, 'Refer to AWS')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  test('asks only what is missing, remembers the press, and sends after the last answer', async () => {
    const element = await open({ opportunity: { UseCase__c: null } });
    await says(element, 'AWS needs one more thing');
    expect(words(element)).toContain('What is it for?');
    await expect(element).toBeAccessible();

    button(element, 'Refer to AWS')?.click();
    await says(element, 'It goes out by itself after the last answer.');
    expect(create).not.toHaveBeenCalled();

    find(element, 'lightning-combobox')?.dispatchEvent(new CustomEvent('change', { detail: { value: 'Analytics' } }));
    await says(element, 'Your referral is on its way');
    expect(create).toHaveBeenCalledTimes(1);
    expect(sentInput().answers).toEqual({ 'Project.CustomerUseCase': 'Analytics' });
  });

  test('an error stands where it happened and the button can be pressed again', async () => {
    create.mockRejectedValueOnce({ body: { message: 'The org is being updated.' } });
    const element = await open();
    (await seen(() => button(element, 'Refer to AWS'))).click();
    await says(element, 'The org is being updated.');
    expect(button(element, 'Refer to AWS')?.disabled).toBe(false);
    await expect(element).toBeAccessible();
  });

  test('a click that waits for the service is shown as sent after a reload, without a button', async () => {
    const element = await open({ requests: [records.request()] });
    await says(element, 'Your referral is on its way');
    expect(button(element, 'Refer to AWS')).toBeUndefined();
  });

  test('a refused request says why and offers again', async () => {
    const element = await open({
      requests: [records.request({ state: 'refused', message: 'You may not edit this deal.' })],
    });
    await says(element, 'You may not edit this deal.');
    expect(button(element, 'Refer to AWS')).toBeDefined();
  });

  test('reads again while work goes on, and says a new state once', async () => {
    jest.useFakeTimers();
    const refresh = jest.fn(() => Promise.resolve());
    const element = await open({ referrals: [records.referral('filing')], refresh });
    await says(element, 'Filing with AWS');
    await jest.advanceTimersByTimeAsync(2_000);
    expect(refresh).toHaveBeenCalledTimes(1);

    readDeal({ referrals: [records.referral('in-review', { networkId: 'O123' })], refresh });
    await says(element, 'AWS is reviewing this deal');
    const spoken = [...(element.shadowRoot?.querySelectorAll('[role="status"]') ?? [])].map(
      (region) => region.textContent,
    );
    expect(spoken.filter((text) => text === 'AWS is reviewing this deal')).toHaveLength(1);

    readDeal({ referrals: [records.referral('approved')], refresh });
    await says(element, 'AWS approved this deal');
    refresh.mockClear();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(refresh).not.toHaveBeenCalled();
    jest.useRealTimers();
  });

  test('a deal that changed since it was approved: shown, and sent by one press as it was shown', async () => {
    const refreshed = jest.fn(() => Promise.resolve());
    const target = 'Project.CustomerUseCase';
    const approved = records.referral('approved', { editableNow: JSON.stringify([target]) });
    const element = await open({ referrals: [approved], opportunity: { UseCase__c: 'Analytics' } });
    const sent = { target, label: 'Use case', value: 'Migration', sourceKind: 'record', sortOrder: 3 };
    answerQuery('sentValues', { values: [{ id: 'a05000000000001AAA', ...sent }] }, refreshed);
    await says(element, 'Sent: Migration');
    await expect(element).toBeAccessible();
    (await seen(() => button(element, 'Send this change to AWS'))).click();
    await says(element, 'Your referral is on its way');
    const fields = create.mock.calls[0]?.[0].fields;
    expect(fields).toMatchObject({ Kind__c: 'correct', Referral__c: records.REFERRAL_ID });
    expect(JSON.parse(String(fields?.Input__c))).toMatchObject({ changed: [target], shown: { fields: [target] } });
    readDeal({ referrals: [{ ...approved, stateChangedAt: '2099-01-01T00:00:00.000Z' }] });
    await settled();
    expect(refreshed).toHaveBeenCalledTimes(1);
  });

  test('a rejected referral may be sent again', async () => {
    const element = await open({
      referrals: [
        records.referral('rejected', { reviewReason: 'Clarify Revenue', reviewComments: 'Spend is unclear.' }),
      ],
    });
    await says(element, 'AWS did not take this deal');
    expect(words(element)).toContain('Spend is unclear.');
    (await seen(() => button(element, 'Refer again'))).click();
    await says(element, 'Your referral is on its way');
    expect(create.mock.calls[0]?.[0].fields).toMatchObject({ Kind__c: 'refer' });
    await expect(element).toBeAccessible();
  });

  test('a referral that waits for a yes is looked at again and sent with what is shown now', async () => {
    const element = await open({
      referrals: [records.referral('waiting-approval', { nextAction: 'Look at it and confirm.' })],
    });
    await says(element, 'Look at it and confirm.');
    (await seen(() => button(element, 'Refer to AWS'))).click();
    await says(element, 'Your referral is on its way');
    const fields = create.mock.calls[0]?.[0].fields;
    expect(fields).toMatchObject({ Kind__c: 'refer' });
    expect(JSON.parse(String(fields?.Input__c))).toMatchObject({ shown: { fields: expect.anything() } });
    await expect(element).toBeAccessible();
  });

  test('a failed referral can be tried again where that is safe', async () => {
    const element = await open({
      referrals: [records.referral('failed', { retryAllowed: true, message: 'AWS was away.' })],
    });
    await says(element, 'AWS was away.');
    button(element, 'Try again')?.click();
    await seen(() => create.mock.calls.length === 1);
    expect(create.mock.calls[0]?.[0].fields).toMatchObject({ Kind__c: 'retry', Referral__c: records.REFERRAL_ID });
  });

  test('whoever may not refer sees the state, no button, and who can help', async () => {
    const element = await open({
      mayRequest: false,
      referrals: [records.referral('in-review')],
    });
    await says(element, 'is reviewing this deal');
    expect(words(element)).toContain('Tandem Seller');
    expect(find(element, 'lightning-button')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  test('whoever may not even read referrals is told so and nothing is asked of the server', async () => {
    const element = await open({ mayRequest: false, mayRead: false });
    await says(element, 'Tandem Seller');
    expect(find(element, 'c-referral-start')).toBeUndefined();
  });

  test('without a partner it says who adds one', async () => {
    const element = await open({ partners: [] });
    await says(element, 'No partner is set up yet');
    expect(button(element, 'Refer to AWS')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  test('an error of the server is shown in its words', async () => {
    const element = await open();
    failQuery('referralsOfDeal', 'The server is busy.');
    await expect(says(element, 'The server is busy.')).resolves.toContain('This could not be shown');
    await expect(element).toBeAccessible();
    const refresh = jest.fn(() => Promise.resolve());
    readDeal({ refresh });
    failQuery('referralsOfDeal', 'Still busy.');
    (await seen(() => button(element, 'Try again'))).click();
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
