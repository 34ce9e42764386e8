import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord } from 'lightning/uiRecordApi';
import PropensityCard from 'c/propensityCard';
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

const record = getRecord as unknown as { emit(data: unknown): void };
const objectInfo = getObjectInfo as unknown as { emit(data: unknown, filter?: (config: unknown) => boolean): void };
const isAbout =
  (name: string) =>
  (config: unknown): boolean =>
    (config as { objectApiName?: { objectApiName?: string } }).objectApiName?.objectApiName === name;

const NOW = Date.parse('2026-11-22T12:00:00Z');
const REASONS = [
  { feature: 'partner', points: 12, says: 'Closed 8 of 10 deals with this product and a partner' },
  { feature: 'stage', points: 18, says: 'Reached Negotiation in 21 days' },
  { feature: 'industry', points: 6, says: 'Logistics buys more often than others' },
  { feature: 'employees', points: 2.5, says: 'Between 200 and 500 people' },
  { feature: 'pushes', points: -9, says: 'The close date was moved twice' },
  { feature: 'age', points: -1, says: 'Open for 80 days' },
  { feature: 'amount', points: -0.5, says: 'Larger than most' },
  { feature: 'rest', points: 20, says: 'Everything else together' },
];
const MERGED = {
  id: 'a06m',
  source: 'merged',
  score: 72,
  band: 'high',
  reasons: JSON.stringify(REASONS),
  raises: JSON.stringify([{ says: 'Name a next step', points: 4 }]),
  says: '7 of 10 deals like this one closed.',
  confidence: 78,
  weight: null,
  scoredAt: '2026-11-22T11:48:00Z',
  inputsAt: null,
  missing: 'next step, products',
  modelId: null,
  modelName: null,
  modelAlgorithm: null,
  modelTooLittle: null,
};
const OWN = {
  ...MERGED,
  id: 'a06o',
  source: 'own-model',
  score: 70,
  weight: 0.7,
  missing: null,
  modelId: 'a07',
  modelName: 'Propensity 3',
  modelAlgorithm: 'boosted-trees',
  modelTooLittle: false,
};
const AWS = { ...MERGED, id: 'a06a', source: 'aws', score: 78, weight: 0.3, inputsAt: '2026-11-22T06:00:00Z' };
const LEARNED = { id: 'a07', tooLittle: false, rows: 2400, won: 760 };
const FIELDS = {
  P2bScore__c: 70,
  P2bBand__c: 'high',
  P2bReasons__c: null,
  P2bScoredAt__c: '2026-11-22T11:00:00Z',
  IsClosed: false,
};

interface World {
  fields?: Record<string, unknown>;
  scores?: Record<string, unknown>[];
  learned?: Record<string, unknown>;
  maySee?: boolean;
  mayRequest?: boolean;
  refresh?: () => Promise<unknown>;
}

async function open({ fields = FIELDS, scores = [MERGED, OWN, AWS], learned = LEARNED, ...org }: World = {}) {
  const element = createElement('c-propensity-card', { is: PropensityCard });
  Object.assign(element, { recordId: '006' });
  document.body.appendChild(element);
  await settled();
  const values = Object.entries(fields).map(([name, value]) => [name, { value }]);
  record.emit({ id: '006', apiName: 'Opportunity', fields: Object.fromEntries(values) });
  objectInfo.emit({ queryable: org.maySee ?? true }, isAbout('DealScore__c'));
  objectInfo.emit({ createable: org.mayRequest ?? true }, isAbout('Request__c'));
  await settled();
  if (org.maySee ?? true) {
    answerQuery('dealScore', { scores, models: [learned] }, org.refresh);
  }
  await settled();
  return element;
}

const picture = (root: Element): Element | undefined => everything(root).find(({ tagName }) => tagName === 'svg');

describe('c-propensity-card', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW, doNotFake: ['queueMicrotask', 'nextTick'] });
    queriesAreTexts();
    requestsAreMade();
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  test('says the score, what it means, three reasons for and two against with their weight, and whose it is', async () => {
    const element = await open();
    const text = words(element);
    expect(find(element, 'lightning-progress-ring')).toMatchObject({ value: 72 });
    expect(text).toContain('72 | Likely | 7 of 10 deals like this one closed.');
    expect(text).toContain(
      'Speaks for it | +18 | Reached Negotiation in 21 days | , +18 points | +12 | Closed 8 of 10 deals with this product and a partner',
    );
    expect(text).not.toContain('+2.5 | Between 200 and 500 people | , +2.5');
    expect(text).toContain(
      'Speaks against it | −9 | The close date was moved twice | , −9 points | −1 | Open for 80 days',
    );
    expect(text).toContain('What would raise it | +4 | Name a next step');
    expect(text).toContain('Would be surer with: next step and products');
    expect(text).toContain('From our own model and AWS · fairly sure (78%)');
    expect(text).not.toContain('Much may have changed');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('all reasons add up from where every deal starts to the score', async () => {
    const element = await open();
    control(element, 'How the points add up (8)').click();
    await settled();
    expect(words(element)).toContain(
      'Where every deal starts | 24 | Everything else together | +20 | Reached Negotiation in 21 days | +18',
    );
    expect(words(element)).toContain('Larger than most | −0.5 | Score | 72');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('shows each source with its weight and age, the model, and why the field says another number', async () => {
    const element = await open();
    control(element, 'Where the score comes from').click();
    await settled();
    const text = words(element);
    expect(text).toContain('our own model | 70 | 70%');
    expect(text).toContain('AWS | 78 | 30%');
    expect(text).toContain('Propensity 3');
    expect(text).toContain('The field on the deal says 70.');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('takes the fields of the deal where scores are not shown to the reader', async () => {
    const element = await open({
      maySee: false,
      fields: { ...FIELDS, P2bScore__c: 0, P2bBand__c: 'low', P2bReasons__c: JSON.stringify(REASONS) },
    });
    expect(words(element)).toContain('0 | Unlikely so far | 0 of 100');
    expect(words(element)).toContain('Reached Negotiation in 21 days');
  });

  test('says that it loads', async () => {
    const element = createElement('c-propensity-card', { is: PropensityCard });
    document.body.appendChild(element);
    await settled();
    expect(words(element)).toContain('Loading the score');
  });

  test('a deal that was not scored yet says what makes a score appear, and can be scored', async () => {
    const element = await open({ fields: { ...FIELDS, P2bScore__c: null }, scores: [] });
    expect(words(element)).toContain('No score yet.');
    expect(find(element, 'lightning-progress-ring')).toBeUndefined();
    expect(button(element, 'Score this deal')).toBeDefined();
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('with too little history it draws how often deals are won, and no number for this one', async () => {
    const element = await open({
      scores: [
        { ...MERGED, score: 32 },
        { ...OWN, score: 32, modelAlgorithm: 'prior', modelTooLittle: true, weight: 1 },
      ],
      learned: { ...LEARNED, tooLittle: true, rows: 38, won: 12 },
    });
    const text = words(element);
    expect(text).toContain('Not enough history yet | Nothing can be said about this very deal.');
    expect(text).toContain('12 of 38 so far.');
    expect(text).toContain('the true share lies between 21% and 45%');
    expect(find(element, 'lightning-progress-ring')).toBeUndefined();
    expect(picture(element)?.getAttribute('aria-label')).toBe('From 21% to 45%, most likely 32%');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('with no deal closed at all there is nothing to draw', async () => {
    const element = await open({
      fields: { ...FIELDS, P2bScore__c: null },
      scores: [],
      learned: { ...LEARNED, tooLittle: true, rows: 0, won: 0 },
    });
    expect(words(element)).toContain('no deal has been closed yet to learn from');
    expect(picture(element)).toBeUndefined();
  });

  test('where a partner knows more than our thin history, its score is shown', async () => {
    const element = await open({
      scores: [{ ...MERGED, score: 78 }, AWS, { ...OWN, modelAlgorithm: 'prior', modelTooLittle: true, weight: 0 }],
      learned: { ...LEARNED, tooLittle: true, rows: 38, won: 12 },
    });
    expect(words(element)).toContain('78 | Likely');
    expect(words(element)).toContain('From AWS · fairly sure');
  });

  test('a score older than a week says its age', async () => {
    const element = await open({ scores: [{ ...MERGED, scoredAt: '2026-11-13T11:00:00Z' }] });
    expect(words(element)).toContain('This score is 1 wk old. Much may have changed since.');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('a closed deal shows what was thought of it last, and is not scored again', async () => {
    const element = await open({ fields: { ...FIELDS, IsClosed: true } });
    expect(words(element)).toContain('This deal is closed.');
    expect(words(element)).not.toContain('What would raise it');
    expect(button(element, 'Score again')).toBeUndefined();
  });

  test('says who can help where the reader may not see scores', async () => {
    const element = await open({ maySee: false, fields: { IsClosed: false } });
    expect(words(element)).toContain('is not shown to you');
    expect(button(element, 'Score again')).toBeUndefined();
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('an error stands where the score would', async () => {
    const element = await open();
    failQuery('dealScore', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    expect(find(element, 'lightning-progress-ring')).toBeUndefined();
  });

  test('scores again by a request about the deal, and reads anew what came of it', async () => {
    const refresh = jest.fn(() => Promise.resolve());
    const element = await open({ refresh });
    button(element, 'Score again')?.click();
    await settled();
    expect(askedRequests()).toEqual([{ kind: 'rescore', subject: null, input: { version: 1 } }]);
    expect(words(element)).toContain('Scoring …');
    expect(button(element, 'Score again')).toMatchObject({ disabled: true });
    await answerLast('done', 'Scored: 74.');
    expect(refresh).toHaveBeenCalled();
    expect(button(element, 'Score again')).toMatchObject({ disabled: false });
    expect(words(element)).toContain('Scored: 74.');
  });

  test('a reader who may make no requests has no button', async () => {
    const element = await open({ mayRequest: false });
    expect(button(element, 'Score again')).toBeUndefined();
  });
});
