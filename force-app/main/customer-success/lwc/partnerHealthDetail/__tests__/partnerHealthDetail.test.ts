import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import PartnerHealthDetail from 'c/partnerHealthDetail';
import {
  PARTNER_ID,
  WEEKS,
  falling,
  insight,
  intervention,
  partner,
} from '../../../../../../config/jest/support/health-records';
import {
  answerQuery,
  everything,
  failQuery,
  queriesAreTexts,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

async function page(): Promise<HTMLElement> {
  const element = createElement('c-partner-health-detail', { is: PartnerHealthDetail });
  Object.assign(element, { recordId: PARTNER_ID });
  document.body.appendChild(element);
  await settled();
  return element;
}

async function open(
  more: Record<string, unknown> = {},
  insights: Record<string, unknown>[] = [insight()],
  interventions: Record<string, unknown>[] = [
    intervention({
      state: 'dismissed',
      decidedBy: 'Max Manager',
      decidedAt: '2026-11-04T10:00:00.000Z',
      dismissed: 'They move offices.',
      leadDays: 38,
    }),
  ],
): Promise<HTMLElement> {
  const element = await page();
  answerQuery('partnerHealthDetail', { partners: [partner(more)] });
  answerQuery('partnerHealthBehind', { insights, interventions });
  await settled();
  return element;
}

describe('c-partner-health-detail', () => {
  beforeEach(queriesAreTexts);

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('the score in words, both signals over time, the parts that add up, and what lies behind', async () => {
    const element = await open();
    const text = words(element);
    expect(text).toContain('41, at risk | falling | Declining since Nov 2, 2026');
    expect(text).toContain('We are sure of this (82 %).');
    expect(text).toContain('From 80 to 35 in 26 weeks; lowest 35 in the week of Nov 16, 2026.');
    expect(text).toContain('2 weeks without data.');
    expect(text).toContain('Resellers of this size usually stand here | 60');
    expect(text).toContain('Fewer people use the product | was 210, is 96 | What they use and buy | -14.5');
    expect(text).toContain('Score | 41');
    expect(text).toContain('Active users at Globex fell from 210 to 96. | Nov 2, 2026 to Nov 8, 2026');
    expect(text).toContain('Call: dismissed');
    expect(text).toContain('Because: They move offices. | flagged 38 days before the loss would have shown');
    await expect(element).toBeAccessible();
  });

  test('parts that miss the score by rounding say so', async () => {
    expect(words(await open({ health: 40 }))).toContain('Parts are rounded');
    document.body.replaceChildren();
    expect(words(await open())).not.toContain('Parts are rounded');
  });

  test('a chart is a table on request, with a week without data as such', async () => {
    const element = await open();
    const buttons = everything(element).filter(
      (one) => (one as Element & { label?: string }).label === 'Show as a table',
    ) as HTMLElement[];
    buttons[1]?.click();
    await settled();
    const charts = everything(element).filter(({ tagName }) => tagName === 'C-HEALTH-CHART');
    const rows = charts.flatMap((chart) => everything(chart).filter(({ tagName }) => tagName === 'TR'));
    expect(rows).toHaveLength(27);
    expect(rows[11]?.textContent).toContain('–');
    await expect(element).toBeAccessible();
  });

  test('a week chosen on the chart narrows what lies behind it, and all weeks come back', async () => {
    const element = await open({}, [
      insight(),
      insight({ id: 'a0A2', says: 'Something older.', from: '2026-09-07', to: '2026-09-13' }),
    ]);
    const slider = everything(element).find(({ tagName }) => tagName === 'INPUT') as HTMLInputElement;
    slider.value = String(WEEKS.indexOf('2026-11-02'));
    slider.dispatchEvent(new CustomEvent('input'));
    await settled();
    const text = words(element);
    expect(text).toContain('What lies behind the week of Nov 2, 2026');
    expect(text).toContain('Week of Nov 2, 2026:');
    expect(text).toContain('fell from 210 to 96');
    expect(text).not.toContain('Something older.');
    const all = everything(element).find((one) => (one as Element & { label?: string }).label === 'Show all weeks');
    (all as HTMLElement).click();
    await settled();
    expect(words(element)).toContain('Something older.');
  });

  test('a signal that is missing throughout is said and drawn as missing', async () => {
    const series = JSON.stringify({
      weeks: WEEKS,
      score: falling(60, 55),
      usage: WEEKS.map(() => null),
      interaction: falling(60, 55),
    });
    const element = await open({ usage: null, series });
    const text = words(element);
    expect(text).toContain('What they use and buy is not known: nothing has come in.');
    expect(text).toContain('No data in these 26 weeks. Missing is not zero');
    await expect(element).toBeAccessible();
  });

  test('too little data, an old score, and parts not written yet are each said', async () => {
    const old = new Date(Date.now() - 9 * 86_400_000).toISOString();
    const text = words(await open({ confidence: 12, updatedAt: old, reasons: null }, [], []));
    expect(text).toContain('There is little to go by yet (12 %)');
    expect(text).toContain('This was last worked out');
    expect(text).toContain('The parts of this score are not written down yet.');
    expect(text).toContain('Nothing was noticed yet.');
    expect(text).toContain('Nothing had to be done so far.');
  });

  test('nothing known, no access, loading and errors are states of their own', async () => {
    const unknown = await open({ health: null, usage: null, interaction: null });
    expect(words(unknown)).toContain('Nothing is known about Globex yet.');
    await expect(unknown).toBeAccessible();
    document.body.replaceChildren();
    const loading = await page();
    expect(words(loading)).toContain("Loading the partner's health");
    answerQuery('partnerHealthDetail', { partners: [] });
    await settled();
    expect(words(loading)).toContain("You may not see this partner's health.");
    document.body.replaceChildren();
    const failing = await page();
    failQuery('partnerHealthDetail', 'The server is busy.');
    await settled();
    expect(words(failing)).toContain('The server is busy.');
  });

  test('whoever may not read what lies behind still sees the health', async () => {
    const element = await page();
    answerQuery('partnerHealthDetail', { partners: [partner()] });
    failQuery('partnerHealthBehind', 'No access to insights.');
    await settled();
    expect(words(element)).toContain('41, at risk');
    expect(words(element)).toContain('No access to insights.');
  });
});
