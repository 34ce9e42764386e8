import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import ScoreModelCard from 'c/scoreModelCard';
import { answerLast, askedRequests, control, requestsAreMade } from '../../../../../../config/jest/support/governance';
import { button, everything, queriesAreTexts, settled, words } from '../../../../../../config/jest/support/wires';

const rights = { manage: true };
jest.mock('c/governanceRights', () => ({
  get mayManage() {
    return rights.manage;
  },
}));

const record = getRecord as unknown as {
  emit(data: unknown): void;
  error(body: unknown, status: number, text: string): void;
};
const CARD = {
  version: 1,
  measures: { by: 'time-split', ecePerfect: 0.031 },
  calibration: [
    { rows: 0, score: 0, share: 0 },
    { rows: 300, score: 0.15, share: 0.12 },
    { rows: 75, score: 0.82, share: 0.86 },
  ],
  features: [
    { name: 'amount', label: '', share: 0.2 },
    { name: 'stage_age', label: 'Days in the current stage', source: 'OpportunityHistory', share: 0.45 },
    { name: 'unused', label: 'unused', share: 0 },
  ],
  leftOut: [
    { field: 'region', why: 'It is "EU" in every row.' },
    { field: 'own:ClosedReason__c', why: 'It is filled when a deal is closed.' },
  ],
};
const LEAKS = [
  { field: 'amount', label: 'Amount', verdict: 'used', used: true, why: 'Known from the start.', evidence: {} },
  {
    field: 'nextStep',
    label: 'Next step',
    verdict: 'suspect',
    used: true,
    why: 'Often changed late.',
    evidence: { lateShare: null },
  },
  { field: 'tags', label: 'Tags', verdict: 'suspect', used: false, why: 'Open deals hold none.', evidence: {} },
  {
    field: 'own:ClosedReason__c',
    label: 'Closed reason',
    source: 'Opportunity.ClosedReason__c',
    verdict: 'refused',
    used: false,
    why: 'It is filled when a deal is closed.',
    evidence: { power: 0.98, lateShare: 0.98 },
  },
];
const FIELDS = {
  Key__c: 'p2b:v3',
  Name: 'Propensity 3',
  Subject__c: 'propensity',
  Version__c: 3,
  State__c: 'active',
  Algorithm__c: 'boosted-trees',
  TrainedAt__c: '2026-11-20T12:00:00Z',
  DataFrom__c: '2024-11-01',
  DataTo__c: '2026-10-31',
  Rows__c: 2400,
  Won__c: 760,
  Auc__c: 0.8241,
  Brier__c: 0.151,
  Ece__c: 0.021,
  Lift__c: 2.41,
  Says__c: 'Deals with a partner and a short negotiation are won more often.',
  TooLittle__c: false,
  Card__c: JSON.stringify(CARD),
  LeakReport__c: JSON.stringify(LEAKS),
  Drift__c: JSON.stringify({ version: 1, at: '2026-11-22T06:00:00Z', endedSince: { deals: 40, won: 13 }, noticed: [] }),
  ActivatedAt__c: '2026-11-21T12:00:00Z',
  ActivatedBy__r: { fields: { Name: { value: 'Ada Admin' } } },
};

async function open(changed: Record<string, unknown> = {}): Promise<HTMLElement> {
  const element = createElement('c-score-model-card', { is: ScoreModelCard });
  Object.assign(element, { recordId: 'a07' });
  document.body.appendChild(element);
  await settled();
  const entries = Object.entries({ ...FIELDS, ...changed }).filter(([, value]) => value !== undefined);
  record.emit({
    id: 'a07',
    apiName: 'ScoreModel__c',
    fields: Object.fromEntries(entries.map(([name, value]) => [name, { value }])),
  });
  await settled();
  return element;
}

describe('c-score-model-card', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-22T12:00:00Z'), doNotFake: ['queueMicrotask', 'nextTick'] });
    rights.manage = true;
    queriesAreTexts();
    requestsAreMade();
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  test('says whether it is in use, what it learned from and how good it is, in words', async () => {
    const element = await open();
    const text = words(element);
    expect(text).toContain('In use since yesterday; put in use by Ada Admin.');
    expect(text).toContain('Learned from 2,400 closed deals, 760 of them won, from Nov 1, 2024 to Oct 31, 2026.');
    expect(text).toContain('It works with decision trees.');
    expect(text).toContain('Measured on the newest deals');
    expect(text).toContain('In 82 of 100 pairs of a won and a lost deal');
    expect(text).toContain('off by 2.1 points on average');
    expect(text).toContain('won 2.4 times as often as all');
    expect(text).toContain('squared error is 0.151; telling the base rate alone has 0.216');
    expect(text).toContain('Days in the current stage | 45% | amount | 20%');
    expect(text).not.toContain('unused');
    expect(text).toContain(
      'No. Today’s deals look like those it learned from. | Since it was trained, 40 deals ended and 13 of them were won.',
    );
    expect(button(element, 'Use this one')).toBeUndefined();
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('draws what was stated against what happened, and has it as a table', async () => {
    const element = await open();
    const dots = everything(element).filter(({ tagName }) => tagName === 'circle');
    expect(dots.map((dot) => [dot.getAttribute('cx'), dot.getAttribute('cy'), dot.getAttribute('r')])).toEqual([
      ['54', '200', '11'],
      ['188', '52', '5.5'],
    ]);
    const picture = everything(element).find(({ tagName }) => tagName === 'svg');
    expect(picture?.getAttribute('aria-label')).toContain('stated 15%, happened 12% and stated 82%, happened 86%');
    control(element, 'As a table').click();
    await settled();
    expect(words(element)).toContain('33% and 67% | 15% | 12% | 300');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('names the fields that were left out with what was seen, and folds the others', async () => {
    const element = await open();
    const text = words(element);
    expect(text).toContain(
      '· Left out | Closed reason | Opportunity.ClosedReason__c | It is filled when a deal is closed.',
    );
    expect(text).toContain('In 98% of the deals it was last changed at or after their end.');
    expect(text).toContain('· Left out | Tags | Open deals hold none. | It has no history');
    expect(text.indexOf('Closed reason')).toBeLessThan(text.indexOf('Next step'));
    expect(text).not.toContain('Known from the start.');
    control(element, 'Used (1)').click();
    control(element, 'Of no use (1)').click();
    await settled();
    expect(words(element)).toContain('Amount | Known from the start.');
    expect(words(element)).toContain('region | It is "EU" in every row.');
  });

  test('what moved since is told', async () => {
    const element = await open({
      Drift__c: JSON.stringify({
        version: 1,
        at: '2026-11-22T06:00:00Z',
        noticed: [{ feature: 'amount', psi: 0.4, says: 'Deals are larger than they were.' }],
      }),
    });
    expect(words(element)).toContain('Yes. The model is trained anew by itself');
    expect(words(element)).toContain(
      'Yes. The model is trained anew by itself; until then read its scores with care. | Deals are larger than they were.',
    );
    expect(words(element)).toContain('Looked at 6 hr. ago');
  });

  test('too little history has no ranking to praise, and nothing looked at says so', async () => {
    const element = await open({
      Algorithm__c: 'prior',
      TooLittle__c: true,
      State__c: 'candidate',
      LeakReport__c: null,
      Drift__c: null,
      Card__c: JSON.stringify({ version: 1 }),
    });
    const text = words(element);
    expect(text).toContain('There was too little to learn from');
    expect(text).not.toContain('of 100 pairs');
    expect(text).toContain('Nothing was measured for this model.');
    expect(text).toContain('It looks at no single fact.');
    expect(text.match(/Not looked at yet/g)).toHaveLength(2);
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('an older model is put back with a reason; the service has the last word', async () => {
    const element = await open({ State__c: 'retired' });
    expect(words(element)).toContain('Was in use before. It can be put back.');
    control(element, 'Use Propensity 3').click();
    await settled();
    button(element, 'Put it in use')?.click();
    await settled();
    expect(words(element)).toContain('Say in a sentence why');
    expect(askedRequests()).toEqual([]);
    const field = everything(element).find(({ tagName }) => tagName === 'LIGHTNING-TEXTAREA');
    field?.dispatchEvent(new CustomEvent('change', { detail: { value: ' The new one trusts old deals too much. ' } }));
    await settled();
    button(element, 'Put it in use')?.click();
    await settled();
    expect(askedRequests()).toEqual([
      {
        kind: 'activate-model',
        subject: 'p2b:v3',
        input: { version: 1, reason: 'The new one trusts old deals too much.' },
      },
    ]);
    await answerLast('refused', 'Another one was put in use just now.');
    expect(words(element)).toContain('The model was not put in use | Another one was put in use just now.');
    expect(button(element, 'Put it in use')).toBeDefined();
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('who may not manage cannot put it in use, and reads no details that are not theirs', async () => {
    rights.manage = false;
    const element = await open({
      State__c: 'retired',
      Card__c: undefined,
      LeakReport__c: undefined,
      Drift__c: undefined,
      Brier__c: undefined,
    });
    expect(() => control(element, 'Use Propensity 3')).toThrow();
    expect(words(element)).toContain('The service keeps no details of this model.');
    expect(words(element)).not.toContain('squared error');
    expect(words(element)).toContain('off by 2.1 points');
  });

  test('says that it loads, what went wrong, and who can help', async () => {
    const element = createElement('c-score-model-card', { is: ScoreModelCard });
    document.body.appendChild(element);
    await settled();
    expect(words(element)).toContain('Loading the models');
    record.error({ message: 'The server is busy.' }, 500, 'Server Error');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    record.emit({ id: 'a07', apiName: 'ScoreModel__c', fields: {} });
    await settled();
    expect(words(element)).toContain('Tandem Admin');
  });
});
