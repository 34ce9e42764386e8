import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import PartnerHealth from 'c/partnerHealth';
import {
  answerLast,
  askedRequests,
  nextRequestFails,
  requestsAreMade,
} from '../../../../../../config/jest/support/governance';
import { intervention, partner } from '../../../../../../config/jest/support/health-records';
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

jest.mock('@salesforce/user/Id', () => ({ __esModule: true, default: '005000000000001AAA' }), { virtual: true });

const info = getObjectInfo as unknown as { emit(data: unknown): void };
const refresh = jest.fn(() => Promise.resolve());

async function page(queryable = true): Promise<HTMLElement> {
  const element = createElement('c-partner-health', { is: PartnerHealth });
  document.body.appendChild(element);
  info.emit({ apiName: 'Partner__c', createable: false, queryable });
  await settled();
  return element;
}

async function open(
  partners: Record<string, unknown>[],
  interventions: Record<string, unknown>[] = [],
  underWay: Record<string, unknown>[] = [],
): Promise<HTMLElement> {
  const element = await page();
  answerQuery('openInterventions', { proposed: interventions, underWay }, refresh);
  answerQuery('portfolio', { partners });
  await settled();
  return element;
}

/** Names in the table, from top to bottom. */
const names = (element: Element): string[] => {
  const table = find(element, 'c-portfolio-table');
  const links = table ? everything(table).filter(({ tagName }) => tagName === 'C-RECORD-LINK') : [];
  return links.map((link) => (link as Element & { label: string }).label);
};
const field = (element: Element, label: string): HTMLElement | undefined =>
  everything(element).find(
    (one) => one.tagName.startsWith('LIGHTNING-') && (one as Element & { label?: string }).label === label,
  ) as HTMLElement | undefined;
const set = async (element: Element, label: string, detail: object): Promise<void> => {
  field(element, label)?.dispatchEvent(new CustomEvent('change', { detail }));
  await settled();
};
const press = async (element: Element, label: string): Promise<void> => {
  button(element, label)?.click();
  await settled();
};
const many = (amount: number): Record<string, unknown>[] =>
  Array.from({ length: amount }, (_one, at) =>
    partner({
      id: `a01${String(at).padStart(12, '0')}AAA`,
      name: `Partner ${String(at).padStart(3, '0')}`,
      score: at % 100,
      band: at % 100 < 40 ? 'at-risk' : 'steady',
      declining: false,
      segment: at % 2 === 0 ? 'Cloud' : 'Reseller',
      managerId: at % 3 === 0 ? '005000000000001AAA' : '005000000000002AAA',
      managerName: at % 3 === 0 ? 'Max Manager' : 'Mia Manager',
      usage: at % 5 === 0 ? null : 60,
    }),
  );

describe('c-partner-health', () => {
  beforeEach(() => {
    queriesAreTexts();
    requestsAreMade();
    refresh.mockClear();
    localStorage.clear();
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('first what needs action with reason and next step, then the partners with all that is known', async () => {
    const element = await open(
      [partner(), partner({ id: 'a012', name: 'Initech', band: 'strong', declining: false, score: 88 })],
      [intervention()],
    );
    const text = words(element);
    expect(text).toContain('Needs action (1)');
    expect(text).toContain('Use fell by half in four weeks, and nobody met.');
    expect(text).toContain('Call Ines at Globex about the plant in Graz.');
    expect(text).toMatch(/flagged .* ago/);
    expect(text).toContain('$480,000 at stake');
    expect(names(element)).toEqual(['Globex', 'Initech']);
    expect(text).toContain('41 | at risk | falling | From 78 to 41 in 26 weeks | 35 | -12 in 4 weeks');
    expect(text.indexOf('Needs action')).toBeLessThan(text.indexOf('Find a partner'));
    await expect(element).toBeAccessible();
  });

  test('a missing signal is drawn as missing in its row', async () => {
    const element = await open([
      partner({ usage: null, usageTrend: null, score: null, band: 'unknown', series: null }),
    ]);
    const text = words(element);
    expect(text).toContain('– | not known yet');
    expect(text).toContain('No weeks yet | no data | 50');
    await expect(element).toBeAccessible();
  });

  test('750 partners come in two answers; 50 are drawn, found, filtered and paged through at once', async () => {
    const all = many(750);
    const element = await page();
    answerQuery('openInterventions', { proposed: [], underWay: [] });
    answerQuery('portfolio', { partners: all.slice(0, 500) }, refresh, { partners: 750 });
    await settled();
    expect(words(element)).toContain('500 of 750 partners read');
    answerQuery('portfolio', { partners: all.slice(500) });
    await settled();
    expect(words(element)).toContain('Partners 1–50 of 750');
    expect(names(element)).toHaveLength(50);
    await press(element, 'Next 50');
    expect(words(element)).toContain('Partners 51–100 of 750');
    await set(element, 'Find a partner', { value: 'partner 74' });
    expect(words(element)).toContain('Partners 1–10 of 10 (750 in all)');
    expect(names(element)).toHaveLength(10);
    await set(element, 'Find a partner', { value: '' });
    await set(element, 'Signals', { value: 'usage' });
    expect(words(element)).toContain('of 150 (750 in all)');
    await set(element, 'Managed by', { value: 'mine' });
    expect(words(element)).toContain('of 50 (750 in all)');
    await press(element, 'Clear filters');
    expect(words(element)).toContain('Partners 1–50 of 750');
  });

  test('columns order both ways, and one press leads back to what needs action', async () => {
    const element = await open([
      partner({ id: 'a011', name: 'B', score: 90, band: 'strong', declining: false, revenue: 5 }),
      partner({ id: 'a012', name: 'A', score: 20, band: 'at-risk', declining: false, revenue: 9 }),
      partner({ id: 'a013', name: 'C', score: null, band: 'unknown', declining: true, revenue: 1 }),
    ]);
    expect(names(element)).toEqual(['C', 'A', 'B']);
    const header = (order: string): HTMLElement | undefined =>
      everything(element).find((one) => (one as HTMLElement).dataset?.order === order) as HTMLElement | undefined;
    header('revenue')?.click();
    await settled();
    expect(names(element)).toEqual(['A', 'B', 'C']);
    header('score')?.click();
    await settled();
    expect(names(element)).toEqual(['A', 'B', 'C']);
    header('score')?.click();
    await settled();
    expect(names(element)).toEqual(['B', 'A', 'C']);
    await press(element, 'What needs action first');
    expect(names(element)).toEqual(['C', 'A', 'B']);
  });

  test('a view is saved under a name, and the page opens as it was left', async () => {
    const element = await open(many(20));
    await set(element, 'Segment', { value: 'Cloud' });
    everything(element)
      .find((one) => one.textContent?.trim() === 'View' && one.tagName === 'SPAN')
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await settled();
    await set(element, 'Name of this view', { value: 'Clouds' });
    await press(element, 'Save view');
    expect(words(element)).toContain('View "Clouds" is saved in this browser.');
    document.body.replaceChildren();
    const again = await open(many(20));
    expect(words(again)).toContain('Partners 1–10 of 10 (20 in all)');
  });

  test('accepting asks the service, says so, and reads what is open again', async () => {
    const element = await open([partner()], [intervention()]);
    await press(element, 'Accept');
    await seen(() => words(element).includes('Sending your answer…'));
    expect(askedRequests()).toEqual([
      { kind: 'answer-intervention', subject: 'globex:2026-11-02', input: { version: 1, answer: 'accept' } },
    ]);
    await answerLast('done', '');
    expect(words(element)).toContain('Accepted: Globex');
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test('a step is changed, or dismissed with a reason; without one it is not', async () => {
    const element = await open([partner()], [intervention()]);
    await press(element, 'Change');
    await set(element, 'Next step', { value: 'Visit the plant.' });
    await set(element, 'To be done by', { value: '2026-12-01' });
    await expect(element).toBeAccessible();
    await press(element, 'Save');
    expect(askedRequests()[0]?.input).toEqual({
      version: 1,
      answer: 'change',
      nextStep: 'Visit the plant.',
      dueAt: '2026-12-01T17:00:00.000Z',
    });
    await answerLast('refused', 'That day is past.');
    expect(words(element)).toContain('Your answer was not taken | That day is past.');
    await press(element, 'Cancel');
    await press(element, 'Dismiss');
    await press(element, 'Dismiss');
    expect(words(element)).toContain('Say in a few words why not.');
    await set(element, 'Why not?', { value: 'Known: they move offices.' });
    await press(element, 'Dismiss');
    expect(askedRequests()[1]?.input).toEqual({ version: 1, answer: 'dismiss', reason: 'Known: they move offices.' });
  });

  test('an answer that cannot be sent says why and can be given again', async () => {
    nextRequestFails('No right to create requests.');
    const element = await open([partner()], [intervention()]);
    await press(element, 'Accept');
    await seen(() => words(element).includes('No right to create requests.'));
    expect(button(element, 'Accept')).toBeDefined();
  });

  test('what is under way is done from here, and the handful grows to all on request', async () => {
    const some = Array.from({ length: 7 }, (_one, at) =>
      intervention({ id: `a09${at}`, key: `k${at}`, partnerName: `P${at}`, revenue: at }),
    );
    const element = await open([partner()], some, [intervention({ id: 'a099', key: 'k9', state: 'accepted' })]);
    const cards = (): number => everything(element).filter(({ tagName }) => tagName === 'C-INTERVENTION-CARD').length;
    expect(cards()).toBe(5);
    await press(element, 'Show all 7');
    expect(cards()).toBe(7);
    const unfold = everything(element).find(
      ({ textContent, tagName }) => tagName === 'SPAN' && textContent === 'Under way (1)',
    );
    unfold?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await settled();
    await press(element, 'Done');
    expect(askedRequests()[0]).toMatchObject({ subject: 'k9', input: { answer: 'done' } });
  });

  test('interventions of chosen partners go to one person in one request', async () => {
    const element = await open([partner(), partner({ id: 'a012', name: 'Initech' })], [intervention()]);
    await set(element, 'Choose all that match', { checked: true });
    expect(words(element)).toContain('2 partners chosen');
    await press(element, 'Assign their interventions');
    expect(words(element)).toContain('1 intervention will be assigned.');
    await press(element, 'Assign');
    expect(words(element)).toContain('Choose who takes them on.');
    find(element, 'c-person-choice')?.dispatchEvent(new CustomEvent('person', { detail: { id: '005x' } }));
    await press(element, 'Assign');
    expect(askedRequests()).toEqual([
      {
        kind: 'assign-interventions',
        subject: null,
        input: { version: 1, interventions: ['globex:2026-11-02'], assignTo: '005x' },
      },
    ]);
    await answerLast('done', '1 is assigned to Mia.');
    expect(words(element)).toContain('1 is assigned to Mia.');
  });

  test('from 50 active partners on a manager is warned, above 75 more plainly; capacity in use is a figure', async () => {
    const element = await open(many(240));
    const text = words(element);
    expect(text).toContain('Mia Manager: 160 active partners. Above 75, hand some over or let agents lead more.');
    expect(text).toContain('You: 80 active partners. Above 75');
    expect(text).toContain('Capacity in use: 100 %');
    document.body.replaceChildren();
    const fewer = await open(many(150).map((one) => ({ ...one, openDeals: 0, lastContact: null })));
    expect(words(fewer)).toContain('You: 50 active partners. Beyond 50');
    expect(words(fewer)).toContain('Capacity in use: 0 %');
    document.body.replaceChildren();
    expect(words(await open(many(147)))).not.toContain('You: 49');
  });

  test('says when health is old, teaches when there is nothing, and says whom to ask for a missing right', async () => {
    const old = new Date(Date.now() - 5 * 86_400_000).toISOString();
    expect(words(await open([partner({ updatedAt: old })]))).toContain('What happened since is not in it.');
    document.body.replaceChildren();
    const empty = await open([]);
    expect(words(empty)).toContain('No partners yet.');
    expect(words(empty)).toContain('Nothing needs action.');
    await expect(empty).toBeAccessible();
    document.body.replaceChildren();
    expect(words(await page(false))).toContain('You may not see partners.');
  });

  test('loads in place, and says an error where it is in the server’s words', async () => {
    const element = await page();
    expect(words(element)).toContain('Loading your partners');
    failQuery('portfolio', 'The server is busy.');
    failQuery('openInterventions', 'No access to interventions.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    expect(words(element)).toContain('No access to interventions.');
    await expect(element).toBeAccessible();
  });
});
