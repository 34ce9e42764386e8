import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { createRecord } from 'lightning/uiRecordApi';
import ApprovalInbox from 'c/approvalInbox';
import * as records from '../../../../../../config/jest/support/decision-records';
import {
  answerQuery,
  button,
  everything,
  failQuery,
  queriesAreTexts,
  seen,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

interface WireStub {
  emit(data: unknown): void;
}
const created = createRecord as unknown as jest.Mock<(input: { fields: Record<string, string> }) => Promise<unknown>>;
const refresh = jest.fn<() => Promise<unknown>>();
const REQUEST_ID = 'a04000000000009AAA';

async function page(queryable = true): Promise<HTMLElement> {
  const element = createElement('c-approval-inbox', { is: ApprovalInbox });
  document.body.appendChild(element);
  (getObjectInfo as unknown as WireStub).emit({ apiName: 'Approval__c', queryable });
  await settled();
  return element;
}

async function receive(
  waiting: Record<string, unknown>[],
  more: { answered?: Record<string, unknown>[]; total?: number; alone?: number } = {},
): Promise<void> {
  const { answered = [], total = waiting.length, alone = 0 } = more;
  const extents = { open: total, alone };
  answerQuery('approvalInbox', { open: waiting, answered, alone: [] }, refresh, extents);
  await settled();
}

async function open(...given: Parameters<typeof receive>): Promise<HTMLElement> {
  const element = await page();
  await receive(...given);
  return element;
}

/** Lines about three deals, the first the most pressing. */
const three = [1, 2, 3].map((number) =>
  records.approval({ id: `a0800000000000${number}AAA`, key: `approval:${number}`, says: `Deal ${number}` }),
);

const line = (element: HTMLElement, says: string): HTMLElement =>
  everything(element).find((inner) => inner.getAttribute('aria-label') === says) as HTMLElement;

async function press(element: HTMLElement, says: string, key: string, more: object = {}): Promise<void> {
  line(element, says).focus();
  line(element, says).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, ...more }));
  await settled();
}

async function choose(element: HTMLElement, label: string, checked = true): Promise<void> {
  everything(element)
    .find((inner) => inner.tagName === 'LIGHTNING-INPUT' && (inner as HTMLElement & { label: string }).label === label)
    ?.dispatchEvent(new CustomEvent('change', { detail: { checked } }));
  await settled();
}

/** The line that has the focus, at any depth. */
function focused(): string | null | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) {
    active = active.shadowRoot.activeElement;
  }
  return active?.getAttribute('aria-label') ?? active?.className;
}

const sent = (call = 0): Record<string, unknown> =>
  JSON.parse(created.mock.calls[call]?.[0].fields.Input__c ?? '{}') as Record<string, unknown>;

async function answer(state: string, message: string): Promise<void> {
  answerQuery('requestOutcome', { requests: [{ id: REQUEST_ID, state, message, result: null }] });
  await settled();
}

describe('c-approval-inbox', () => {
  beforeEach(() => {
    queriesAreTexts();
    created.mockReset().mockResolvedValue({ id: REQUEST_ID });
    refresh.mockReset().mockResolvedValue(undefined);
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('a decision is readable without opening anything: who, what, money, why, what the rule says, what it would do', async () => {
    const element = await open([records.approval({ requestedBy: 'Sally Seller' })]);
    const text = words(element);
    expect(text).toContain('1 decision waits for you');
    expect(text).toContain('Refer Initech cloud move to AWS | $480,000 | Sally Seller asks | Overdue, was due');
    expect(text).toContain('The deal is above what agents may refer alone. | Why it came here:');
    expect(text).toContain('Up to 100,000 an agent acts alone. | What the rules say:');
    expect(text).toContain('File the deal at AWS; Send 37 fields | What would be done:');
    await expect(element).toBeAccessible();
  });

  test('marks what changed, an escalation, no deadline and an agent that asks, in words', async () => {
    const element = await open([
      records.approval({
        changedFacts: JSON.stringify([
          { label: 'Amount', was: '400,000', is: '480,000' },
          { label: 'Stage', was: '', is: 'Closed' },
        ]),
        escalatedAt: '2026-11-21T17:00:00.000Z',
        dueAt: null,
        amount: null,
        requestedBy: null,
      }),
    ]);
    const text = words(element);
    expect(text).toContain(
      'Changed since it was first asked | Amount: was 400,000, is 480,000 | Stage: was nothing, is Closed',
    );
    expect(text).toContain('An agent asks | No deadline | Came to you because nobody had answered');
    await expect(element).toBeAccessible();
  });

  test('E and the button unfold facts, rules with version, and links to what it is about', async () => {
    const element = await open([records.approval()]);
    await press(element, 'Refer Initech cloud move to AWS', 'e');
    expect(words(element)).toContain('Facts | Amount | 480,000');
    expect(words(element)).toContain('Amount per action (2): Up to 100,000 an agent acts alone.');
    expect(words(element)).toContain('Initech cloud move | AWS | DEC-0000001');
    await expect(element).toBeAccessible();
    button(element, 'Fewer details')?.click();
    await settled();
    expect(words(element)).not.toContain('DEC-0000001');
  });

  test.each([
    ['a', 'approve', 'Approved: Deal 1'],
    ['r', 'reject', 'Rejected: Deal 1'],
  ])('%s answers the line, says so, and the focus goes to the next', async (key, given, said) => {
    const element = await open(three);
    await press(element, 'Deal 1', key);
    expect(words(element)).toContain(said);
    expect(focused()).toBe('Deal 2');
    await seen(() => created.mock.calls.length === 1);
    expect(created.mock.calls[0]?.[0].fields).toMatchObject({ Kind__c: 'answer-approval' });
    expect(sent()).toEqual({ version: 1, answers: [{ approval: 'approval:1', answer: given }] });
    await answer('done', 'It will be carried out in 30 seconds.');
    expect(words(element)).toContain('It will be carried out in 30 seconds.');
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test('letters typed into the comment answer nothing; the comment goes with the answer', async () => {
    const element = await open([records.approval()]);
    await press(element, 'Refer Initech cloud move to AWS', 'e');
    const comment = everything(element).find(({ tagName }) => tagName === 'LIGHTNING-TEXTAREA');
    comment?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, composed: true }));
    await settled();
    expect(created).not.toHaveBeenCalled();
    comment?.dispatchEvent(new CustomEvent('change', { detail: { value: ' Fine by me. ' } }));
    button(element, 'Approve')?.click();
    await seen(() => created.mock.calls.length === 1);
    expect(sent()).toMatchObject({ answers: [{ approval: 'approval:1', answer: 'approve', comment: 'Fine by me.' }] });
  });

  test('arrows move from line to line, X chooses, and a key held with Ctrl does nothing', async () => {
    const element = await open(three);
    await press(element, 'Deal 1', 'ArrowDown');
    expect(focused()).toBe('Deal 2');
    await press(element, 'Deal 2', 'x');
    expect(words(element)).toContain('1 chosen · $480,000 together');
    line(element, 'Deal 2').dispatchEvent(new KeyboardEvent('keydown', { key: 'a', ctrlKey: true, bubbles: true }));
    await settled();
    expect(created).not.toHaveBeenCalled();
    await press(element, 'Deal 2', 'ArrowUp');
    expect(focused()).toBe('Deal 1');
  });

  test('many are answered in one request, and the focus is where the next one waits', async () => {
    const element = await open(three);
    await choose(element, 'Choose: Deal 1');
    await choose(element, 'Choose: Deal 2');
    await expect(element).toBeAccessible();
    button(element, 'Reject 2')?.click();
    await seen(() => created.mock.calls.length === 1);
    expect(sent()).toEqual({
      version: 1,
      answers: [
        { approval: 'approval:1', answer: 'reject' },
        { approval: 'approval:2', answer: 'reject' },
      ],
    });
    expect(words(element)).toContain('2 rejected.');
    expect(focused()).toBe('Deal 3');
  });

  test('Shift with a letter answers all that are chosen, and nothing when none is', async () => {
    const element = await open(three);
    await press(element, 'Deal 1', 'R', { shiftKey: true });
    expect(created).not.toHaveBeenCalled();
    await press(element, 'Deal 3', 'x');
    await press(element, 'Deal 1', 'R', { shiftKey: true });
    await seen(() => created.mock.calls.length === 1);
    expect(sent()).toMatchObject({ answers: [{ approval: 'approval:3', answer: 'reject' }] });
  });

  test('the earliest deadline stands first, none last; money decides between equal ones', async () => {
    const at = (says: string, dueAt: string | null, amount: number): Record<string, unknown> =>
      records.approval({ id: `a08${says}`, key: says, says, dueAt, amount });
    const element = await open([
      at('never', null, 9),
      at('small', '2026-11-22T10:00:00.000Z', 1),
      at('big', '2026-11-22T10:00:00.000Z', 7),
      at('first', '2026-11-21T10:00:00.000Z', 2),
    ]);
    const lines = everything(element).filter((inner) => inner.getAttribute('role') === 'group');
    const order = lines.map((inner) => inner.getAttribute('aria-label'));
    expect(order).toEqual(['first', 'big', 'small', 'never']);
  });

  test('200 at most are chosen at once, and choosing none leads back', async () => {
    const many = Array.from({ length: 201 }, (_, index) =>
      records.approval({ id: `a08${index}`, key: `approval:${index}`, says: `Deal ${index}` }),
    );
    const element = await open(many);
    await choose(element, 'Choose all that are shown');
    expect(words(element)).toContain('200 chosen');
    expect(words(element)).toContain('At most 200 can be answered at once');
    button(element, 'Choose none')?.click();
    await settled();
    expect(words(element)).not.toContain('200 chosen');
  });

  test('what is answered while a request is on its way goes together in the next', async () => {
    const element = await open(three);
    await press(element, 'Deal 1', 'a');
    await press(element, 'Deal 2', 'a');
    await press(element, 'Deal 3', 'r');
    expect(focused()).toBe('count');
    await seen(() => created.mock.calls.length === 1);
    created.mockResolvedValueOnce({ id: 'a04000000000010AAA' });
    await answer('done', '');
    await seen(() => created.mock.calls.length === 2);
    expect(sent(1)).toMatchObject({
      answers: [
        { approval: 'approval:2', answer: 'approve' },
        { approval: 'approval:3', answer: 'reject' },
      ],
    });
  });

  test('a refusal stands on the page in the service’s words, and the line waits again', async () => {
    const element = await open(three);
    await press(element, 'Deal 1', 'a');
    await seen(() => created.mock.calls.length === 1);
    await answer('refused', 'You asked for this yourself.');
    expect(words(element)).toContain('Your answer was not taken | You asked for this yourself.');
    expect(words(element)).not.toContain('Approved: Deal 1');
    expect(words(line(element, 'Deal 1'))).toContain('Approve | Reject');
    await expect(element).toBeAccessible();
  });

  test('an answer that could not be sent is free again', async () => {
    created.mockRejectedValueOnce({ body: { message: 'No right to create requests.' } });
    const element = await open(three);
    await press(element, 'Deal 1', 'a');
    await seen(() => words(element).includes('No right to create requests.'));
    expect(words(line(element, 'Deal 1'))).toContain('Approve | Reject');
  });

  test('when somebody else answers the line in focus, the focus goes to the one that took its place', async () => {
    const element = await open(three);
    line(element, 'Deal 2').focus();
    await settled();
    await receive([three[0] ?? {}, three[2] ?? {}]);
    expect(focused()).toBe('Deal 3');
    await receive([]);
    expect(focused()).toBe('count');
  });

  test('answers are taken back until they are carried out, one or all', async () => {
    const until = new Date(Date.now() + 60_000).toISOString();
    const past = new Date(Date.now() - 60_000).toISOString();
    const answered = [
      records.approval({ key: 'approval:7', says: 'Deal 7', answer: 'approve', undoUntil: until }),
      records.approval({ key: 'approval:8', says: 'Deal 8', answer: 'reject', undoUntil: until }),
      records.approval({ key: 'approval:9', says: 'Deal 9', answer: 'approve', undoUntil: past }),
    ];
    const element = await open([], { answered });
    const text = words(element);
    expect(text).toContain('Deal 7 | You approved it, can be taken back until');
    expect(text).toContain('Deal 8 | You rejected it');
    expect(text).not.toContain('Deal 9');
    await expect(element).toBeAccessible();
    button(element, 'Take back')?.click();
    await seen(() => words(element).includes('Taking it back…'));
    await settled();
    expect(created.mock.calls[0]?.[0].fields).toMatchObject({ Kind__c: 'undo-approval' });
    expect(sent()).toEqual({ version: 1, approvals: ['approval:7'] });
    await answer('done', '');
    expect(words(element)).toContain('Taken back.');
    created.mockRejectedValueOnce({ body: { message: 'The network is gone.' } });
    button(element, 'Take all 2 back')?.click();
    await seen(() => words(element).includes('The network is gone.'));
    expect(sent(1)).toMatchObject({ approvals: ['approval:7', 'approval:8'] });
  });

  test('10,000 waiting: the first page is shown, the platform’s count is said as it is, and more come on request', async () => {
    const element = await open(three, { total: 2_000 });
    expect(words(element)).toContain('2,000 or more decisions wait for you | 3 are shown, the most pressing first.');
    button(element, 'Show more')?.click();
    await settled();
    await receive([...three, records.approval({ id: 'a084', key: 'approval:4', says: 'Deal 4' })], { total: 2_000 });
    expect(words(element)).toContain('4 decisions are shown.');
  });

  test('an empty inbox teaches, and says what agents did alone with the way there', async () => {
    const element = await open([]);
    expect(words(element)).toContain('Nothing waits for you. | What an agent may not do alone comes here');
    await receive([], { alone: 214 });
    expect(words(element)).toContain('Agents decided 214 alone this week. | Look at them');
    await expect(element).toBeAccessible();
  });

  test('loads in place, says an error in the server’s words, and whom to ask for a missing right', async () => {
    const element = await page();
    expect(words(element)).toContain('Loading what waits for you');
    failQuery('approvalInbox', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    await expect(element).toBeAccessible();
    document.body.replaceChildren();
    expect(words(await page(false))).toContain('You may not see approvals.');
  });
});
