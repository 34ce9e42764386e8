import { describe, expect, test } from '@jest/globals';
import { evaluateFormula } from './browser/data/flow-formula.ts';
import { FlowInterview, type FlowWorld } from './browser/data/flow-interview.ts';
import type { FlowModel } from './package/flow-model.ts';

const variable = (
  name: string,
  more: Partial<FlowModel['variables'][number]> = {},
): FlowModel['variables'][number] => ({
  name,
  object: null,
  isCollection: false,
  isInput: false,
  isOutput: false,
  initial: null,
  ...more,
});

/** Writes one request for each id it is given. */
const writer: FlowModel = {
  name: 'Writer',
  label: 'Writer',
  hasScreens: false,
  start: 'Each',
  variables: [
    variable('dealIds', { isCollection: true, isInput: true }),
    variable('request', { object: 'Request__c' }),
    variable('requests', { object: 'Request__c', isCollection: true }),
    variable('count', { isOutput: true, initial: { literal: 0 } }),
    variable('failure', { isOutput: true }),
  ],
  formulas: {},
  choiceSets: {},
  steps: {
    Each: { kind: 'loop', collection: 'dealIds', descending: false, each: 'Fill', after: 'Write' },
    Fill: {
      kind: 'assignment',
      items: [
        { to: 'request.Opportunity__c', operator: 'Assign', value: { reference: 'Each' } },
        { to: 'request.ClickedAt__c', operator: 'Assign', value: { reference: '$Flow.CurrentDateTime' } },
        { to: 'requests', operator: 'Add', value: { reference: 'request' } },
        { to: 'count', operator: 'Add', value: { literal: 1 } },
      ],
      next: 'Each',
    },
    Write: { kind: 'create', input: 'requests', next: null, fault: 'Note' },
    Note: {
      kind: 'assignment',
      items: [{ to: 'failure', operator: 'Assign', value: { reference: '$Flow.FaultMessage' } }],
      next: null,
    },
  },
};

/** Asks for a partner, then calls the writer and says how many. */
const asker: FlowModel = {
  name: 'Asker',
  label: 'Asker',
  hasScreens: true,
  start: 'Choose',
  variables: [variable('ids', { isCollection: true, isInput: true })],
  formulas: {},
  choiceSets: {
    Partners: {
      object: 'Partner__c',
      display: 'Name',
      value: 'Id',
      filters: [{ left: 'Name', operator: 'NotEqualTo', right: { literal: "O'Neil \\ Sons" } }],
      orderBy: 'Name ASC',
    },
  },
  steps: {
    Choose: {
      kind: 'screen',
      label: '{!$Label.Choose}',
      fields: [{ name: 'partner', kind: 'choice', text: 'Partner', required: true, choiceSets: ['Partners'] }],
      allowBack: true,
      button: '',
      next: 'Confirm',
    },
    Confirm: {
      kind: 'screen',
      label: 'Confirm',
      fields: [{ name: 'words', kind: 'words', text: 'To {!partner}', required: false, choiceSets: [] }],
      allowBack: true,
      button: 'Refer',
      next: 'Call',
    },
    Call: {
      kind: 'subflow',
      flow: 'Writer',
      inputs: [{ name: 'dealIds', value: { reference: 'ids' } }],
      next: 'Did_It_Work',
    },
    Did_It_Work: {
      kind: 'decision',
      rules: [
        { conditions: [{ left: 'Call.failure', operator: 'IsNull', right: { literal: false } }], next: 'Failed' },
      ],
      otherwise: 'Done',
    },
    Done: {
      kind: 'screen',
      label: 'Done: {!Call.count}',
      fields: [],
      allowBack: false,
      button: '',
      next: null,
    },
    Failed: {
      kind: 'screen',
      label: 'Not done: {!Call.failure}',
      fields: [],
      allowBack: false,
      button: '',
      next: null,
    },
  },
};

const worldWith = (create: (records: Record<string, unknown>[]) => Promise<void>): FlowWorld & { asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    flows: { Writer: writer, Asker: asker },
    labels: { Choose: 'Choose a partner' },
    records: {
      query: (soql) => {
        asked.push(soql);
        return Promise.resolve([{ Id: 'a01', Name: 'AWS' }]);
      },
      create,
    },
    now: () => new Date('2026-11-21T12:00:00.000Z'),
  };
};

describe('a screen flow', () => {
  test('shows its screens, writes one record for each id in one go, and tells how many', async () => {
    const written: Record<string, unknown>[][] = [];
    const world = worldWith((records) => {
      written.push(records);
      return Promise.resolve();
    });
    const interview = new FlowInterview(asker, world, { ids: ['006A', '006B'] });

    const first = await interview.start();
    expect(first).toMatchObject({ label: 'Choose a partner', button: 'Next', allowBack: false });
    expect(first?.fields[0]?.choices).toEqual([{ label: 'AWS', value: 'a01' }]);
    const second = await interview.next({ partner: 'a01' });
    expect(second).toMatchObject({ label: 'Confirm', button: 'Refer', allowBack: true });
    expect(second?.fields[0]?.text).toBe('To a01');
    const last = await interview.next({});
    expect(last).toMatchObject({ label: 'Done: 2', button: 'Finish', isLast: true });
    expect(await interview.next({})).toBeUndefined();

    const row = { attributes: { type: 'Request__c' }, ClickedAt__c: '2026-11-21T12:00:00.000Z' };
    expect(written).toEqual([
      [
        { ...row, Opportunity__c: '006A' },
        { ...row, Opportunity__c: '006B' },
      ],
    ]);
  });

  test('goes back to the screen before, with what was known there', async () => {
    const interview = new FlowInterview(
      asker,
      worldWith(() => Promise.resolve()),
      { ids: ['006A'] },
    );
    await interview.start();
    await interview.next({ partner: 'a01' });
    expect(await interview.back()).toMatchObject({ label: 'Choose a partner' });
    expect((await interview.next({ partner: 'a02' }))?.fields[0]?.text).toBe('To a02');
  });

  test('follows the fault path with the org’s words when a write is refused', async () => {
    const world = worldWith(() => Promise.reject(new Error('Partner is not active')));
    const interview = new FlowInterview(asker, world, { ids: ['006A'] });
    await interview.start();
    await interview.next({ partner: 'a01' });
    expect(await interview.next({})).toMatchObject({ label: 'Not done: Partner is not active' });
  });

  test('quotes values in its queries', async () => {
    const world = worldWith(() => Promise.resolve());
    await new FlowInterview(asker, world, {}).start();
    expect(world.asked).toEqual([
      String.raw`SELECT Id, Name FROM Partner__c WHERE Name != 'O\'Neil \\ Sons' ORDER BY Name ASC`,
    ]);
  });
});

describe('a flow formula', () => {
  const values: Record<string, unknown> = { 'Each.Label__c': 'Name', 'Each.Personal__c': true, empty: null };
  const lookup = (reference: string): unknown => values[reference];

  test.each([
    ['"<li>" & {!Each.Label__c} & "</li>"', '<li>Name</li>'],
    ['IF({!Each.Personal__c}, " (personal)", "")', ' (personal)'],
    ['IF(ISBLANK({!empty}), "", ",") & """x"""', '"x"'],
    ['IF(NOT(ISBLANK({!empty})), "there", "not there")', 'not there'],
    ['SUBSTITUTE("Account.Billing.City", ".", " › ")', 'Account › Billing › City'],
    ['IF(BEGINS("Account.Name", "Account."), "account", "deal")', 'account'],
    ['"a" & {!empty} & "b"', 'ab'],
  ])('%s is %s', (formula, value) => {
    expect(evaluateFormula(formula, lookup)).toBe(value);
  });

  test.each([
    ['TODAY()', 'The function TODAY is not run by the local record pages.'],
    ['"a" * 2', 'is not understood from'],
    ['"a" & ', 'ends too early'],
  ])('%s is refused', (formula, message) => {
    expect(() => evaluateFormula(formula, lookup)).toThrow(message);
  });
});
