import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import FunctionModes from 'c/functionModes';
import { answerLast, askedRequests, control, requestsAreMade } from '../../../../../../config/jest/support/governance';
import {
  answerQuery,
  button,
  everything,
  failQuery,
  queriesAreTexts,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

const rights = { manage: true };
jest.mock('c/governanceRights', () => ({
  get mayManage() {
    return rights.manage;
  },
}));

const objectInfo = getObjectInfo as unknown as { emit(data: unknown): void };
const readiness = [
  { check: 'ledger', held: true, says: 'The ledger took an entry just now.' },
  { check: 'kill-switch', held: false, says: 'No switch that stops this was tested. Press "Test".' },
];
const mode = {
  id: 'm1',
  key: 'co-selling:aws',
  function: 'co-selling',
  partner: 'aws',
  partnerName: 'AWS',
  mode: 'assisted',
  reason: 'Delivered with Tandem: a person’s click files.',
  paused: false,
  pausedWhy: null,
  readiness: JSON.stringify(readiness),
  readinessAt: '2026-11-20T10:00:00.000Z',
};
const rows = {
  modes: [mode],
  phases: [
    {
      id: 'p1',
      key: '1',
      open: true,
      openedAt: '2026-11-01T10:00:00.000Z',
      openedBy: 'Ada Admin',
      progress: JSON.stringify([
        {
          function: 'co-selling',
          decisions: 1_204,
          approvedBps: 9_260,
          exceptions: [{ until: '2026-12-24T00:00:00.000Z' }],
        },
      ]),
    },
    { id: 'p2', key: '2', open: false, openedAt: null, openedBy: null, progress: null },
  ],
  agents: [
    {
      id: 'a1',
      name: 'Renewals agent',
      function: 'renewals',
      role: 'Renews',
      manager: null,
      permissions: '',
      active: false,
      workload: null,
      decisionsToday: null,
      lastActedAt: null,
    },
    {
      id: 'a2',
      name: 'Co-selling agent',
      function: 'co-selling',
      role: 'Refers deals',
      manager: 'Max Manager',
      permissions: 'Read records\nPropose',
      active: true,
      workload: 12,
      decisionsToday: 214,
      lastActedAt: null,
    },
  ],
  partners: [
    { id: 'x1', key: 'aws', name: 'AWS' },
    { id: 'x2', key: 'northwind', name: 'Northwind' },
  ],
};

async function open(answer: Record<string, Record<string, unknown>[]> = rows): Promise<HTMLElement> {
  const element = createElement('c-function-modes', { is: FunctionModes });
  document.body.appendChild(element);
  objectInfo.emit({ queryable: true });
  await settled();
  answerQuery('functionModes', answer);
  await settled();
  return element;
}

async function change(root: Element, label: string, value: string): Promise<void> {
  const field = everything(root).find((element) => (element as Element & { label?: string }).label === label);
  field?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

describe('c-function-modes', () => {
  beforeEach(() => {
    rights.manage = true;
    queriesAreTexts();
    requestsAreMade();
  });
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('shows phases with what their functions have shown, modes, and the agents at work', async () => {
    const element = await open();
    const said = words(element);
    expect(said).toContain('Phase 1: observe and assist | Open since Nov 1, 2026, opened by Ada Admin');
    expect(said).toContain('F4 Co-selling | 1,204 decisions, 93% approved');
    expect(said).toContain('An exception lets it run until Dec 24, 2026.');
    expect(said).toContain('AWS | Assisted');
    expect(said).toContain('Phase 3: grow | Not open yet');
    expect(said).not.toContain('Renewals agent');
    expect(said).toContain('Not at work yet (1)');
    expect(said).toContain('12 open, 214 decided today');
    expect(said).toContain('has not acted yet');
    await expect(element).toBeAccessible();
  });

  test('says what is missing before an agent may act alone, the missing first, and checks again', async () => {
    const element = await open();
    control(element, 'One thing missing before led mode').click();
    await settled();
    const said = words(element);
    expect(said.indexOf('No switch that stops this')).toBeLessThan(said.indexOf('The ledger took an entry'));
    await expect(element).toBeAccessible();
    control(element, 'Check now: Co-selling with AWS').click();
    await settled();
    expect(askedRequests()).toEqual([{ kind: 'check-readiness', subject: 'co-selling:aws', input: { version: 1 } }]);
    await answerLast('done', 'Ready: all 2 checks hold.');
    answerQuery('functionModes', {
      ...rows,
      modes: [{ ...mode, readiness: JSON.stringify(readiness.map((one) => ({ ...one, held: true }))) }],
    });
    await settled();
    expect(words(element)).toContain('Ready for led mode: everything needed holds.');
  });

  test('switches a mode with a reason, and tells a refusal with what is missing', async () => {
    const element = await open();
    control(element, 'Change mode of Co-selling with AWS').click();
    await settled();
    button(element, 'Switch')?.click();
    await settled();
    expect(words(element)).toContain('It is in this mode already: choose another one.');
    await change(element, 'Mode', 'led');
    button(element, 'Switch')?.click();
    await settled();
    expect(words(element)).toContain('Say why, so that others understand it later.');
    await change(element, 'Why', 'Ninety good weeks');
    await expect(element).toBeAccessible();
    button(element, 'Switch')?.click();
    await settled();
    expect(askedRequests()).toEqual([
      {
        kind: 'change-mode',
        subject: 'co-selling:aws',
        input: { version: 1, mode: 'led', reason: 'Ninety good weeks' },
      },
    ]);
    await answerLast('refused', 'It may not act by itself yet. No switch was tested.');
    expect(words(element)).toContain('The mode stays as it is');
    expect(words(element)).toContain('No switch was tested.');
    await change(element, 'Mode', 'off');
    button(element, 'Switch')?.click();
    await settled();
    await answerLast('done', 'AWS: co-selling is off.');
    answerQuery('functionModes', { ...rows, modes: [{ ...mode, mode: 'off' }] });
    await settled();
    expect(words(element)).toContain('AWS: co-selling is off.');
    expect(words(element)).toContain('AWS | Off');
  });

  test('sets a mode for a partner that has none yet', async () => {
    const element = await open();
    control(element, 'Set for a partner: Renewals').click();
    await settled();
    await change(element, 'Partner', 'northwind');
    await change(element, 'Mode', 'assisted');
    await change(element, 'Why', 'To begin with');
    button(element, 'Switch')?.click();
    await settled();
    expect(askedRequests()[0]).toMatchObject({ kind: 'change-mode', subject: 'renewals:northwind' });
  });

  test('lets a function run until a day without what its phase asks for, with a reason', async () => {
    const element = await open();
    // Co-selling has one already.
    expect(() => control(element, 'Allow an exception for Co-selling')).toThrow();
    control(element, 'Allow an exception for Renewals').click();
    await settled();
    button(element, 'Allow')?.click();
    await settled();
    expect(words(element)).toContain('Choose the day on which the exception ends.');
    await change(element, 'Until', '2026-12-31');
    await change(element, 'Why it may run already', 'Briefly.');
    button(element, 'Allow')?.click();
    await settled();
    expect(words(element)).toContain('Say in a sentence why');
    await change(element, 'Why it may run already', 'The renewals of December cannot wait.');
    await expect(element).toBeAccessible();
    button(element, 'Allow')?.click();
    await settled();
    expect(askedRequests()).toEqual([
      {
        kind: 'allow-exception',
        subject: 'renewals',
        input: { version: 1, until: '2026-12-31', reason: 'The renewals of December cannot wait.' },
      },
    ]);
    await answerLast('refused', 'An exception lasts 90 days at most; it can be allowed again.');
    expect(words(element)).toContain('No exception was made');
    button(element, 'Allow')?.click();
    await settled();
    await answerLast('done', 'renewals may run until 2026-12-31.');
    expect(words(element)).toContain('renewals may run until 2026-12-31.');
    expect(button(element, 'Allow')).toBeUndefined();
  });

  test('opens a phase with a reason', async () => {
    const element = await open();
    control(element, 'Open phase 2').click();
    await settled();
    button(element, 'Open phase 2')?.click();
    await settled();
    expect(words(element)).toContain('Say why, so that others understand it later.');
    await change(element, 'Why it may open now', 'All of phase 1 has shown itself');
    button(element, 'Open phase 2')?.click();
    await settled();
    expect(askedRequests()[0]).toEqual({
      kind: 'open-phase',
      subject: '2',
      input: { version: 1, reason: 'All of phase 1 has shown itself' },
    });
    await answerLast('refused', 'Phase 2 stays closed: Telemetry is switched off.');
    expect(words(element)).toContain('Telemetry is switched off.');
  });

  test('says why led work pauses by itself', async () => {
    const element = await open({
      ...rows,
      modes: [{ ...mode, mode: 'led', paused: true, pausedWhy: 'Salesforce is silent.' }],
    });
    expect(words(element)).toContain('Paused by itself: Salesforce is silent.');
  });

  test('whoever may not change modes reads them', async () => {
    rights.manage = false;
    const element = await open();
    expect(words(element)).toContain('You can read modes and phases.');
    expect(() => control(element, 'Change mode of Co-selling with AWS')).toThrow();
    expect(() => control(element, 'Open phase 2')).toThrow();
  });

  test('says that it loads, what went wrong, what will be here, and who can help', async () => {
    const element = await open({ modes: [], phases: [], agents: [], partners: [] });
    expect(words(element)).toContain('Agents appear here once Tandem has connected');
    expect(words(element)).toContain('With no partner yet, so it does nothing.');
    document.body.replaceChildren();
    const other = createElement('c-function-modes', { is: FunctionModes });
    document.body.appendChild(other);
    expect(words(other)).toContain('Loading modes and phases');
    objectInfo.emit({ queryable: true });
    await settled();
    failQuery('functionModes', 'The server is busy.');
    await settled();
    expect(words(other)).toContain('The server is busy.');
    objectInfo.emit({ queryable: false });
    await settled();
    expect(words(other)).toContain('Tandem Admin');
  });
});
