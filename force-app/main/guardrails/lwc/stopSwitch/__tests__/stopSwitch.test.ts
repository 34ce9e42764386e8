import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import StopSwitch from 'c/stopSwitch';
import { answerLast, askedRequests, control, requestsAreMade } from '../../../../../../config/jest/support/governance';
import {
  answerQuery,
  button,
  everything,
  failQuery,
  find,
  queriesAreTexts,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

const rights = { manage: true, stop: true };
jest.mock('c/governanceRights', () => ({
  get mayManage() {
    return rights.manage;
  },
  get mayStop() {
    return rights.stop;
  },
}));

const objectInfo = getObjectInfo as unknown as { emit(data: unknown): void };
const aSwitch = (scope: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: scope,
  scope,
  active: false,
  reason: null,
  by: null,
  since: null,
  testedAt: null,
  halfDone: null,
  ...more,
});
const STOPPED = { active: true, reason: 'AWS asked us to wait.', by: 'Max Manager', since: '2026-11-20T10:00:00.000Z' };
const UNDER_WAY = {
  agents: [
    { id: 'a1', function: 'co-selling', workload: 7 },
    { id: 'a2', function: 'renewals', workload: 3 },
  ],
  partners: [{ id: 'p1', key: 'aws', name: 'AWS' }],
  referrals: [
    { id: 'r1', partner: 'aws' },
    { id: 'r2', partner: 'other' },
  ],
};

async function open(switches: Record<string, unknown>[]): Promise<HTMLElement> {
  const element = createElement('c-stop-switch', { is: StopSwitch });
  document.body.appendChild(element);
  objectInfo.emit({ queryable: true });
  await settled();
  answerQuery('stopped', { switches });
  answerQuery('underWay', UNDER_WAY);
  await settled();
  return element;
}

/** What a base field tells after somebody changed it. */
async function change(root: Element, tag: string, label: string, value: string): Promise<void> {
  const field = everything(root).find(
    (element) => element.tagName === tag.toUpperCase() && (element as Element & { label?: string }).label === label,
  );
  field?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

describe('c-stop-switch', () => {
  beforeEach(() => {
    Object.assign(rights, { manage: true, stop: true });
    queriesAreTexts();
    requestsAreMade();
  });
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says that nothing is stopped and what is under way, and stops everything with a reason', async () => {
    const element = await open([aSwitch('all')]);
    expect(words(element)).toContain('Agents are working. Nothing is stopped.');
    expect(words(element)).toContain('Referrals under way: 2. Other pieces of work: 10.');
    await expect(element).toBeAccessible();
    button(element, 'Stop agents …')?.click();
    await settled();
    expect(words(element)).toContain(
      'Stops all agents before their next step. Referrals under way: 2, other pieces of work: 10.',
    );
    expect(words(element)).toContain('This switch was never tested.');
    await expect(element).toBeAccessible();
    button(element, 'Stop everything')?.click();
    await settled();
    expect(words(element)).toContain('Say why: whoever finds their work stopped will read it.');
    expect(askedRequests()).toEqual([]);
    await change(element, 'lightning-textarea', 'Why', ' AWS asked us to wait. ');
    button(element, 'Stop everything')?.click();
    await settled();
    expect(askedRequests()).toEqual([
      { kind: 'stop', subject: 'all', input: { version: 1, reason: 'AWS asked us to wait.' } },
    ]);
    await answerLast('done', 'Everything is stopped.');
    answerQuery('stopped', { switches: [aSwitch('all', STOPPED)] });
    await settled();
    expect(words(element)).toContain('Everything is stopped.');
    expect(words(element)).toContain('By Max Manager');
    expect(button(element, 'Stop agents …')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  test('stops one partner, and says how much of it is under way', async () => {
    const element = await open([aSwitch('all'), aSwitch('partner:aws')]);
    button(element, 'Stop agents …')?.click();
    await settled();
    await change(element, 'lightning-radio-group', 'What to stop', 'partner');
    await change(element, 'lightning-combobox', 'Partner', 'aws');
    expect(words(element)).toContain('Stops all work with AWS before its next step. Referrals under way: 1.');
    await change(element, 'lightning-textarea', 'Why', 'Contract ended');
    button(element, 'Stop this partner')?.click();
    await settled();
    expect(askedRequests()[0]).toMatchObject({ kind: 'stop', subject: 'partner:aws' });
    await answerLast('refused', 'You may not stop agents.');
    expect(words(element)).toContain('Nothing was stopped');
    expect(words(element)).toContain('You may not stop agents.');
  });

  test('is tested without stopping anything', async () => {
    const element = await open([aSwitch('function:co-selling', { testedAt: new Date().toISOString() })]);
    button(element, 'Stop agents …')?.click();
    await settled();
    await change(element, 'lightning-radio-group', 'What to stop', 'function');
    button(element, 'Test without stopping')?.click();
    await settled();
    expect(words(element)).toContain('Choose what to stop.');
    await change(element, 'lightning-combobox', 'Function', 'co-selling');
    expect(words(element)).toContain('Last tested now.');
    button(element, 'Test without stopping')?.click();
    await settled();
    expect(askedRequests()).toEqual([{ kind: 'test-stop', subject: 'function:co-selling', input: { version: 1 } }]);
    await answerLast('done', 'The switch works: it would stop co-selling.');
    expect(words(element)).toContain('The switch works');
    expect(find(element, 'c-stop-form')).toBeDefined();
  });

  test('lists what is half done at a partner, and lets an admin resume it with a reason', async () => {
    const halfDone = JSON.stringify([
      { referral: 'REF-1', step: 'associate', networkId: 'O123', says: 'It was sent.' },
    ]);
    const element = await open([aSwitch('partner:aws', { ...STOPPED, halfDone })]);
    expect(words(element)).toContain('Work with AWS is stopped');
    expect(words(element)).toContain('Everything else goes on.');
    control(element, 'Half done at a partner (1)').click();
    await settled();
    expect(words(element)).toContain('It was sent. (step: associate)');
    control(element, 'Resume Work with AWS').click();
    await settled();
    button(element, 'Resume')?.click();
    await settled();
    expect(askedRequests()).toEqual([]);
    await change(element, 'lightning-textarea', 'Say why it may go on. Work continues where it was stopped.', 'Solved');
    await expect(element).toBeAccessible();
    button(element, 'Resume')?.click();
    await settled();
    expect(askedRequests()).toEqual([
      { kind: 'resume', subject: 'partner:aws', input: { version: 1, reason: 'Solved' } },
    ]);
    await answerLast('done', 'Work with AWS goes on.');
    answerQuery('stopped', { switches: [aSwitch('partner:aws')] });
    await settled();
    expect(words(element)).toContain('Work with AWS goes on.');
    expect(words(element)).toContain('Nothing is stopped.');
  });

  test('a manager stops, and an admin resumes', async () => {
    rights.manage = false;
    const element = await open([aSwitch('all', STOPPED)]);
    expect(words(element)).toContain('An admin can resume it.');
    expect(() => control(element, 'Resume Everything')).toThrow();
  });

  test('a seller sees a stop, and nothing at all while there is none', async () => {
    Object.assign(rights, { manage: false, stop: false });
    const element = await open([aSwitch('all')]);
    expect(words(element)).toBe('');
    answerQuery('stopped', { switches: [aSwitch('all', STOPPED)] });
    await settled();
    expect(words(element)).toContain('AWS asked us to wait.');
    expect(button(element, 'Stop agents …')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  test('says that it loads, and what went wrong', async () => {
    const element = createElement('c-stop-switch', { is: StopSwitch });
    document.body.appendChild(element);
    objectInfo.emit({ queryable: true });
    await settled();
    expect(words(element)).toContain('Loading the stop switch');
    failQuery('stopped', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
  });
});
