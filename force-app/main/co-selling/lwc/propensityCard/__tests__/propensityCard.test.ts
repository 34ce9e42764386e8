import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import PropensityCard from 'c/propensityCard';
import { answerQuery, find, queriesAreTexts, settled, words } from '../../../../../../config/jest/support/wires';

const record = getRecord as unknown as { emit(data: unknown): void };
const REASONS = { up: ['Large account', 'Uses AWS', 'Sponsor named', 'A fourth one'], down: ['No next step'] };

async function open(fields: Record<string, unknown>, scores: Record<string, unknown>[] = []): Promise<HTMLElement> {
  const element = createElement('c-propensity-card', { is: PropensityCard });
  Object.assign(element, { recordId: '006' });
  document.body.appendChild(element);
  await settled();
  const values = Object.entries(fields).map(([name, value]) => [name, { value }]);
  record.emit({ id: '006', apiName: 'Opportunity', fields: Object.fromEntries(values) });
  answerQuery('dealScore', { scores });
  await settled();
  return element;
}

describe('c-propensity-card', () => {
  beforeEach(queriesAreTexts);

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says the score, its band in words, three reasons for and two against, and its source', async () => {
    const element = await open(
      {
        P2bScore__c: 72,
        P2bBand__c: 'high',
        P2bReasons__c: JSON.stringify(REASONS),
        P2bScoredAt__c: '2026-11-21T12:00:00Z',
      },
      [{ id: 'a06', reasons: null, source: 'the closed deals of 2026', scoredAt: null }],
    );
    const text = words(element);
    expect(text).toContain('Likely | 72 of 100');
    expect(text).toContain(
      'Speaks for it | Large account | Uses AWS | Sponsor named | Speaks against it | No next step',
    );
    expect(text).toContain('By the closed deals of 2026,');
    await expect(element).toBeAccessible();
  });

  test('takes the reasons of the score record where the deal carries none', async () => {
    const element = await open({ P2bScore__c: 0, P2bBand__c: 'low' }, [
      { id: 'a06', reasons: JSON.stringify(REASONS) },
    ]);
    expect(words(element)).toContain('Unlikely so far | 0 of 100');
    expect(words(element)).toContain('Large account');
  });

  test('without history it says so instead of guessing', async () => {
    const element = await open({ P2bScore__c: null });
    expect(words(element)).toContain('Not enough history yet.');
    expect(find(element, 'lightning-progress-ring')).toBeUndefined();
    await expect(element).toBeAccessible();
  });
});
