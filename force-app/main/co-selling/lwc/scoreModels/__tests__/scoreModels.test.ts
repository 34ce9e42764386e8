import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import ScoreModels from 'c/scoreModels';
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

const model = (version: number, state: string, changed: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: `m${version}`,
  key: `p2b:v${version}`,
  name: `Propensity ${version}`,
  subject: 'propensity',
  version,
  state,
  algorithm: 'boosted-trees',
  trainedAt: `2026-11-${10 + version}T12:00:00Z`,
  dataFrom: '2024-11-01',
  dataTo: '2026-10-31',
  rows: 2400,
  won: 760,
  auc: 0.82,
  ece: 0.021,
  lift: 2.4,
  says: 'Short negotiations are won.',
  tooLittle: false,
  ...changed,
});
const MODELS = [
  model(4, 'refused'),
  model(3, 'active'),
  model(2, 'retired', { auc: 0.79 }),
  model(1, 'retired', { algorithm: 'prior', tooLittle: true, rows: 30, won: 9 }),
  model(1, 'active', { id: 'h1', key: 'health:v1', name: 'Health 1', subject: 'health', rows: 120, won: 14 }),
];

async function open(models = MODELS, refresh?: () => Promise<unknown>): Promise<HTMLElement> {
  const element = createElement('c-score-models', { is: ScoreModels });
  document.body.appendChild(element);
  objectInfo.emit({ queryable: true });
  await settled();
  answerQuery('scoreModels', { models }, refresh);
  await settled();
  return element;
}

describe('c-score-models', () => {
  beforeEach(() => {
    rights.manage = true;
    queriesAreTexts();
    requestsAreMade();
  });
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('shows which model is in use for what, and how good each is', async () => {
    const element = await open();
    const text = words(element);
    expect(text).toContain(
      'Will a deal close? | Short negotiations are won. Learned from 2,400 closed deals, 760 of them won, from Nov 1, 2024 to Oct 31, 2026.',
    );
    expect(text).toContain('Propensity 3 | In use | 2,400 closed, 760 won | Nov 13, 2026 | 82 of 100 | 2.1 points');
    expect(text).toContain('30 closed, 9 won | Nov 11, 2026 | not measured | not measured | not measured');
    expect(text).toContain('Is a partner about to leave?');
    expect(text).toContain('120 partners, 14 left');
    await expect(element).toBeAccessible();
  });

  test('only those that were in use or wait can be put in use', async () => {
    const element = await open();
    const names = everything(element)
      .filter(({ tagName }) => tagName === 'BUTTON')
      .map((one) => one.getAttribute('aria-label'));
    expect(names).toEqual(['Use Propensity 2', 'Use Propensity 1']);
  });

  test('an older one is put back, and the list is read anew', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    const element = await open(MODELS, refresh);
    control(element, 'Use Propensity 2').click();
    await settled();
    const field = everything(element).find(({ tagName }) => tagName === 'LIGHTNING-TEXTAREA');
    field?.dispatchEvent(new CustomEvent('change', { detail: { value: 'The new one is wrong about banks.' } }));
    await settled();
    await expect(element).toBeAccessible();
    button(element, 'Put it in use')?.click();
    await settled();
    expect(askedRequests()[0]).toMatchObject({ kind: 'activate-model', subject: 'p2b:v2' });
    await answerLast('done', 'Propensity 2 is in use.');
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test('who may not manage reads the list', async () => {
    rights.manage = false;
    const element = await open();
    expect(everything(element).filter(({ tagName }) => tagName === 'BUTTON')).toHaveLength(0);
    expect(words(element)).toContain('Propensity 2');
  });

  test('says that it loads, what went wrong, what will be here, and who can help', async () => {
    expect(words(await open([]))).toContain('No model yet.');
    document.body.replaceChildren();
    const element = createElement('c-score-models', { is: ScoreModels });
    document.body.appendChild(element);
    await settled();
    expect(words(element)).toContain('Loading the models');
    objectInfo.emit({ queryable: true });
    await settled();
    failQuery('scoreModels', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    objectInfo.emit({ queryable: false });
    await settled();
    expect(words(element)).toContain('Tandem Admin');
    await expect(element).toBeAccessible();
  });
});
