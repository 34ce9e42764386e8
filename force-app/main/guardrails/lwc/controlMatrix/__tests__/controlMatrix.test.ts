import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import ControlMatrix from 'c/controlMatrix';
import { PARTNER_FUNCTIONS } from 'c/partnerFunctions';
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
const screen = { isPhone: false };
jest.mock('c/screenSize', () => ({
  get isPhone() {
    return screen.isPhone;
  },
}));

const objectInfo = getObjectInfo as unknown as { emit(data: unknown): void };
const PILLARS = ['technology', 'process', 'governance', 'metrics'];
const ZONES = ['vendor-controlled', 'partner-controlled', 'jointly-managed'];
const STATES = ['in-place', 'planned', 'gap', 'not-needed'];

/** All 120 cells; who owns one and its state follow from its place. */
const cells = PARTNER_FUNCTIONS.flatMap(({ id: of }) =>
  PILLARS.flatMap((pillar, column) =>
    ZONES.map((zone) => ({
      id: `${of}:${pillar}:${zone}`,
      key: `${of}:${pillar}:${zone}`,
      function: of,
      pillar,
      zone,
      ownerId: column === 0 ? 'u1' : null,
      ownerName: column === 0 ? 'Max Manager' : null,
      state: STATES[column],
      agentKey: null,
      agentName: null,
      metric: column === 3 ? 'Days to accept' : null,
      note: null,
      changedBy: column === 0 ? 'Ada Admin' : null,
      changedAt: column === 0 ? '2026-11-20T10:00:00.000Z' : null,
    })),
  ),
);
const AGENTS = [{ id: 'a1', key: 'agent:co-selling', name: 'Co-selling agent' }];

async function open(controls: Record<string, unknown>[] = cells): Promise<HTMLElement> {
  const element = createElement('c-control-matrix', { is: ControlMatrix });
  document.body.appendChild(element);
  objectInfo.emit({ queryable: true });
  await settled();
  answerQuery('functionControls', { controls, agents: AGENTS });
  await settled();
  return element;
}

const CELL = 'Co-selling, Technology:In placeowner: Max Manager';

async function change(root: Element, label: string, value: string): Promise<void> {
  const field = everything(root).find((element) => (element as Element & { label?: string }).label === label);
  field?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

describe('c-control-matrix', () => {
  beforeEach(() => {
    rights.manage = true;
    screen.isPhone = false;
    queriesAreTexts();
    requestsAreMade();
  });
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('shows the forty cells of a zone with who owns them and how they stand', async () => {
    const element = await open();
    expect(everything(element).filter((one) => one.tagName === 'TD')).toHaveLength(40);
    expect(words(element)).toContain('10 in place, 10 planned, 10 gaps, 10 not needed');
    expect(words(element)).toContain('Days to accept');
    expect(control(element, CELL).tabIndex).toBe(-1);
    await expect(element).toBeAccessible();
  });

  test('arrow keys move from cell to cell, and one of them is reached by Tab', async () => {
    const element = await open();
    const first = control(element, 'Recruitment, Technology:In placeowner: Max Manager');
    expect(first.tabIndex).toBe(0);
    const press = (key: string): void => {
      first.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    };
    press('ArrowRight');
    press('ArrowDown');
    await settled();
    expect(control(element, 'Demand generation, Process:Plannedowner: nobody yet').tabIndex).toBe(0);
    expect(first.tabIndex).toBe(-1);
    press('ArrowUp');
    press('ArrowUp');
    press('ArrowLeft');
    press('ArrowLeft');
    await settled();
    expect(first.tabIndex).toBe(0);
  });

  test('an admin changes a cell; only what differs is asked for', async () => {
    const element = await open();
    control(element, CELL).click();
    await settled();
    expect(words(element)).toContain('Co-selling, Technology, We control');
    expect(words(element)).toContain('Changed by Ada Admin');
    await expect(element).toBeAccessible();
    button(element, 'Save')?.click();
    await settled();
    expect(words(element)).toContain('Nothing is changed yet.');
    await change(element, 'State', 'gap');
    await change(element, 'Metric', 'Deals filed in a minute');
    await change(element, 'Agent', 'agent:co-selling');
    const people = everything(element).find((one) => one.tagName === 'C-PERSON-CHOICE');
    people?.dispatchEvent(new CustomEvent('person', { detail: { id: '' } }));
    await settled();
    button(element, 'Save')?.click();
    await settled();
    expect(askedRequests()).toEqual([
      {
        kind: 'change-control',
        subject: 'co-selling:technology:vendor-controlled',
        input: {
          version: 1,
          state: 'gap',
          metric: 'Deals filed in a minute',
          agent: 'agent:co-selling',
          ownerId: null,
        },
      },
    ]);
    await answerLast('done', 'Changed.');
    expect(words(element)).toContain('Saved. Changed.');
    expect(button(element, 'Save')).toBeUndefined();
  });

  test('finds an owner by name', async () => {
    const element = await open();
    control(element, CELL).click();
    await settled();
    answerQuery('people', { people: [{ id: 'u2', name: 'Ada Admin' }] });
    await change(element, 'Find somebody by name', 'ada');
    await change(element, 'Owner', 'u2');
    button(element, 'Save')?.click();
    await settled();
    expect(askedRequests()[0]?.input).toEqual({ version: 1, ownerId: 'u2' });
    await answerLast('refused', 'The owner of a cell must be an active user.');
    expect(words(element)).toContain('The owner of a cell must be an active user.');
  });

  test('everybody else reads it', async () => {
    rights.manage = false;
    const element = await open();
    expect(words(element)).toContain('You can read the matrix. An admin can change it.');
    control(element, CELL).click();
    await settled();
    expect(button(element, 'Save')).toBeUndefined();
    await expect(element).toBeAccessible();
    button(element, 'Close')?.click();
    await settled();
    expect(button(element, 'Close')).toBeUndefined();
  });

  test('another zone shows its own cells', async () => {
    const element = await open(
      cells.map((cell) => (cell.zone === 'jointly-managed' ? { ...cell, metric: 'Together' } : cell)),
    );
    expect(words(element)).not.toContain('Together');
    await change(element, 'Zone', 'jointly-managed');
    expect(words(element)).toContain('Together');
  });

  test('on a phone one function at a time is shown', async () => {
    screen.isPhone = true;
    const element = await open();
    expect(everything(element).filter((one) => one.tagName === 'TD')).toHaveLength(0);
    expect(() => control(element, CELL)).toThrow();
    await change(element, 'Function', 'co-selling');
    expect(control(element, CELL).tabIndex).toBe(0);
    await expect(element).toBeAccessible();
  });

  test('says that it loads, what went wrong, what will be here, and who can help', async () => {
    const element = await open([]);
    expect(words(element)).toContain('Tandem writes them when it first connects');
    document.body.replaceChildren();
    const other = createElement('c-control-matrix', { is: ControlMatrix });
    document.body.appendChild(other);
    expect(words(other)).toContain('Loading the matrix');
    objectInfo.emit({ queryable: true });
    await settled();
    failQuery('functionControls', 'The server is busy.');
    await settled();
    expect(words(other)).toContain('The server is busy.');
    objectInfo.emit({ queryable: false });
    await settled();
    expect(words(other)).toContain('Tandem Admin');
  });
});
