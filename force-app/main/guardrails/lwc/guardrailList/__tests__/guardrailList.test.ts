import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import GuardrailList from 'c/guardrailList';
import {
  answerLast,
  askedRequests,
  control,
  nextRequestFails,
  requestsAreMade,
  typeInto,
} from '../../../../../../config/jest/support/governance';
import {
  answerQuery,
  button,
  failQuery,
  find,
  queriesAreTexts,
  settled,
  words,
} from '../../../../../../config/jest/support/wires';

const rights = { manage: true };
jest.mock('c/governanceRights', () => ({
  get mayManage() {
    return rights.manage;
  },
  mayStop: true,
}));

const objectInfo = getObjectInfo as unknown as {
  emit(data: unknown): void;
};

const policy = (rule: string, settings: unknown, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: `${rule} ${String(more.scope ?? 'all')} ${String(more.version ?? 1)}`,
  function: 'co-selling',
  rule,
  scope: 'all',
  settings: JSON.stringify(settings),
  version: 1,
  effectiveFrom: null,
  author: 'tandem',
  authorName: null,
  ...more,
});
const BANDS = { actUpTo: 1_500, reviewUpTo: 2_500 };
const PARTNERS = [{ id: 'p1', key: 'aws', name: 'AWS', tier: 'Gold', segment: null }];
const NOT_FORBIDDEN = { queryable: true };

async function open(policies: Record<string, unknown>[]): Promise<HTMLElement> {
  const element = createElement('c-guardrail-list', { is: GuardrailList });
  document.body.appendChild(element);
  objectInfo.emit(NOT_FORBIDDEN);
  await settled();
  answerQuery('guardrailPolicies', { policies, partners: PARTNERS });
  await settled();
  return element;
}

const simulation = {
  decisions: 1_900,
  judged: 1_840,
  changed: 12,
  transitions: [
    {
      from: 'needs-approval',
      to: 'allow',
      count: 12,
      examples: [
        {
          decision: 'd1',
          at: '2026-11-01T10:00:00Z',
          partner: 'aws',
          before: 'The discount is 16.00 %; up to 15.00 % goes by itself.',
          after: '',
        },
      ],
    },
  ],
  notComparable: { 'a person was forgotten': 2 },
};

describe('c-guardrail-list', () => {
  beforeEach(() => {
    rights.manage = true;
    queriesAreTexts();
    requestsAreMade();
  });
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says rules as sentences with their numbers, who set them and since when', async () => {
    const element = await open([
      policy('discount-bands', BANDS, {
        version: 3,
        author: 'ada',
        authorName: 'Ada Admin',
        effectiveFrom: '2026-01-05T10:00:00.000Z',
      }),
      policy('discount-bands', { ...BANDS, actUpTo: 1_250 }, { version: 2 }),
      policy('amount-per-day', { currency: 'USD', actUpTo: 50_000_000, reviewUpTo: 500_000_050 }),
    ]);
    const said = words(element).replaceAll(' | ', ' ');
    expect(said).toContain('Act alone up to 15% , ask a manager up to 25% , block above.');
    expect(said).toContain('Version 3 · set by Ada Admin · in force since Jan 5, 2026');
    expect(said).toContain('up to $500,000 alone, up to $5,000,000.50 with a manager’s yes');
    expect(said).toContain('History (1)');
    expect(said).toContain('Version 1 · delivered with Tandem · in force from the start');
    await expect(element).toBeAccessible();
  });

  test('what has no numbers is said to stop everything that needs it, and can be set', async () => {
    const element = await open([]);
    expect(words(element)).toContain('No rule of Co-selling has numbers yet');
    control(element, 'Not set (18)').click();
    await settled();
    expect(words(element)).toContain('Not set: everything that needs it is stopped.');
    control(element, 'Set Discounts').click();
    await settled();
    expect(control<HTMLInputElement>(element, 'Alone up to').value).toBe('15');
    await expect(element).toBeAccessible();
  });

  test('a changed number is simulated before it can be saved, and saved from the version it was read in', async () => {
    const element = await open([policy('discount-bands', BANDS, { version: 3 })]);
    control(element, 'Alone up to: 15%. Change it').click();
    await settled();
    expect(button(element, 'Save')).toBeUndefined();
    typeInto(control(element, 'Alone up to'), '18.5');
    await settled();
    button(element, 'See what it would change')?.click();
    await settled();
    const change = {
      function: 'co-selling',
      rule: 'discount-bands',
      scope: 'all',
      settings: { actUpTo: 1_850, reviewUpTo: 2_500 },
      effectiveFrom: null,
    };
    expect(askedRequests()).toEqual([{ kind: 'simulate-policy', subject: null, input: { version: 1, change } }]);
    expect(words(element)).toContain('Looking at past decisions …');
    await answerLast('done', 'Compared.', simulation);
    expect(words(element)).toContain('This would have changed 12 of 1,840 past decisions.');
    expect(words(element)).toContain('waited for a person → would go alone: 12');
    expect(words(element)).toContain('2 could not be compared: a person was forgotten.');
    await expect(element).toBeAccessible();
    button(element, 'Save')?.click();
    await settled();
    expect(askedRequests()[1]).toEqual({
      kind: 'change-policy',
      subject: null,
      input: { version: 1, change, basedOn: 3 },
    });
    await answerLast('done', 'Saved as version 4.', { version: 4, effectiveFrom: '2026-11-22T18:00:00.000Z' });
    answerQuery('guardrailPolicies', {
      policies: [policy('discount-bands', { ...BANDS, actUpTo: 1_850 }, { version: 4 })],
      partners: PARTNERS,
    });
    await settled();
    expect(words(element)).toContain('Saved as version 4, in force from Nov 22, 2026');
    expect(words(element)).toContain('18.5%');
    expect(find(element, 'c-guardrail-editor')).toBeUndefined();
  });

  test('a number typed after the simulation has to be looked at again', async () => {
    const element = await open([policy('discount-bands', BANDS)]);
    control(element, 'Change Discounts for everybody').click();
    await settled();
    typeInto(control(element, 'Alone up to'), '20');
    await settled();
    button(element, 'See what it would change')?.click();
    await settled();
    await answerLast('done', 'Compared.', simulation);
    typeInto(control(element, 'Alone up to'), '21');
    await settled();
    expect(button(element, 'Save')).toBeUndefined();
    expect(words(element)).toContain('The numbers have changed since.');
  });

  test('what is wrong stands at the field, what was typed stays, and nothing is asked', async () => {
    const element = await open([policy('discount-bands', BANDS)]);
    control(element, 'Change Discounts for everybody').click();
    await settled();
    typeInto(control(element, 'Alone up to'), '30');
    await settled();
    button(element, 'See what it would change')?.click();
    await settled();
    expect(words(element)).toContain('Must not be below 30%.');
    expect(control(element, 'With a person’s yes up to').getAttribute('aria-invalid')).toBe('true');
    typeInto(control(element, 'With a person’s yes up to'), 'many');
    await settled();
    button(element, 'See what it would change')?.click();
    await settled();
    expect(words(element)).toContain('Enter a percentage from 0 to 100 with at most two decimals.');
    expect(control<HTMLInputElement>(element, 'Alone up to').value).toBe('30');
    expect(askedRequests()).toEqual([]);
    await expect(element).toBeAccessible();
  });

  test('a refusal is told in the service’s words, and the numbers stay', async () => {
    const element = await open([policy('discount-bands', BANDS)]);
    control(element, 'Change Discounts for everybody').click();
    await settled();
    typeInto(control(element, 'Alone up to'), '18');
    await settled();
    button(element, 'See what it would change')?.click();
    await settled();
    await answerLast('refused', 'Somebody changed this rule a minute ago. Look at it and try again.');
    expect(words(element)).toContain('Somebody changed this rule a minute ago.');
    expect(control<HTMLInputElement>(element, 'Alone up to').value).toBe('18');
    await expect(element).toBeAccessible();
    nextRequestFails('You have no access.');
    button(element, 'See what it would change')?.click();
    await settled();
    expect(words(element)).toContain('You have no access.');
  });

  test('a partner can get numbers of its own', async () => {
    const element = await open([
      policy('discount-bands', BANDS),
      policy('discount-bands', { actUpTo: 500, reviewUpTo: 900 }, { scope: 'tier:Gold' }),
    ]);
    expect(words(element)).toContain('For tier Gold');
    control(element, 'Other numbers for a partner, tier or segment').click();
    await settled();
    button(element, 'See what it would change')?.click();
    await settled();
    expect(words(element)).toContain('Choose for whom the numbers shall be.');
    const which = find(element, 'c-scope-choice');
    which?.dispatchEvent(new CustomEvent('scope', { detail: { scope: 'partner:aws' } }));
    await settled();
    button(element, 'See what it would change')?.click();
    await settled();
    expect(askedRequests()[0]?.input).toMatchObject({ change: { scope: 'partner:aws', settings: BANDS } });
  });

  test('a change may begin later; a version that waits is shown beside the one in force', async () => {
    const begins = new Date(Date.now() + 86_400_000).toISOString();
    const element = await open([
      policy('discount-bands', { ...BANDS, actUpTo: 2_000 }, { version: 2, effectiveFrom: begins }),
      policy('discount-bands', BANDS),
    ]);
    expect(words(element)).toContain('Planned');
    expect(words(element)).toContain('20%');
    expect(words(element)).toContain('15%');
  });

  test('numbers that cannot be read are said to stop everything', async () => {
    const element = await open([policy('discount-bands', { actUpTo: 'much' })]);
    expect(words(element)).toContain('These numbers cannot be read');
    await expect(element).toBeAccessible();
  });

  test('whoever may not change rules reads them', async () => {
    rights.manage = false;
    const element = await open([policy('discount-bands', BANDS)]);
    expect(words(element)).toContain('You can read the rules. An admin can change them.');
    expect(() => control(element, 'Change Discounts for everybody')).toThrow();
    expect(words(element)).toContain('15%');
    await expect(element).toBeAccessible();
  });

  test('adopts a move of a limit that people’s answers speak for', async () => {
    const element = await open([policy('discount-bands', BANDS)]);
    objectInfo.emit(NOT_FORBIDDEN);
    await settled();
    answerQuery('boundaryMoves', {
      moves: [
        {
          id: 'm1',
          key: 'move-1',
          function: 'quoting',
          rule: 'discount-bands',
          direction: 'widen',
          says: 'People approved 58 of 60 discounts up to 17.50 %.',
          settings: JSON.stringify({ actUpTo: 1_750, reviewUpTo: 2_500 }),
          evidence: JSON.stringify({ cases: 60, approved: 58, rejected: 2, people: 3, against: ['d1', 'd2'] }),
          backTest: JSON.stringify({ judged: 60, changed: 58 }),
        },
      ],
    });
    await settled();
    expect(words(element)).toContain('People approved 58 of 60 discounts up to 17.50 %.');
    control(element, 'Evidence').click();
    await settled();
    expect(words(element)).toContain('60 cases, 58 approved, 2 rejected, by 3 people');
    await expect(element).toBeAccessible();
    control(element, 'Adopt: People approved 58 of 60 discounts up to 17.50 %.').click();
    await settled();
    expect(askedRequests()).toEqual([{ kind: 'adopt-boundary', subject: 'move-1', input: { version: 1 } }]);
    await answerLast('done', 'Version 2 counts from now.');
    expect(words(element)).toContain('Version 2 counts from now.');
  });

  test('says that it loads, what went wrong, and who can help a reader without rights', async () => {
    const element = createElement('c-guardrail-list', { is: GuardrailList });
    document.body.appendChild(element);
    expect(words(element)).toContain('Loading the rules');
    objectInfo.emit(NOT_FORBIDDEN);
    await settled();
    failQuery('guardrailPolicies', 'The server is busy.');
    await settled();
    expect(words(element)).toContain('The server is busy.');
    objectInfo.emit({ queryable: false });
    await settled();
    expect(words(element)).toContain('Tandem Admin');
    await expect(element).toBeAccessible();
  });
});
