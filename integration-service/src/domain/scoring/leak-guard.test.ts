import { describe, expect, test } from '@jest/globals';
import { leakyOrg } from '../../../test/support/leaky-org.ts';
import { judgeFields } from './leak-guard.ts';
import { categoryColumn, numberColumn, type Column } from './table.ts';

describe('the leak guard on orgs with history', () => {
  test.each([
    [1, 600],
    [2, 600],
    [3, 900],
  ])('refuses every planted leak and no innocent field (seed %i, %i deals)', (seed, count) => {
    const org = leakyOrg(count, seed);
    const verdicts = judgeFields(org.deals, org.fields);
    const refused = verdicts.filter(({ verdict }) => verdict === 'refused').map(({ field }) => field);
    expect(refused.sort()).toEqual([...org.planted].sort());
  });

  test('says in words what gave a field away', () => {
    const org = leakyOrg(600, 4);
    const why = Object.fromEntries(judgeFields(org.deals, org.fields).map((row) => [row.field, row.why]));
    expect(why).toMatchObject({
      LossReason: expect.stringMatching(/in 100 % of the deals that hold it, it was last changed at or after close/),
      ContractSent: expect.stringMatching(/7 days before close its power was 0\.\d\d, at close 0\.9\d/),
      AgeInDays: expect.stringMatching(/how long the deal took/),
      StageChanges: expect.stringMatching(/It counts up while a deal is open/),
      Industry: expect.stringMatching(/known while a deal is open/),
    });
  });
});

describe('the leak guard without history', () => {
  const rows = 400;
  const outcome = Uint8Array.from({ length: rows }, (_, row) => (row % 5 < 2 ? 1 : 0));
  const of = (column: Column) =>
    judgeFields({ opened: null, closed: null, outcome }, [{ column, lastChanged: null, before: [] }])[0];
  const numbers = (value: (row: number, won: boolean) => number | null) =>
    Array.from({ length: rows }, (_, row) => value(row, outcome[row] === 1));

  test.each([
    [
      'a value that is 0 in every lost deal',
      numberColumn(
        'booked',
        numbers((row, won) => (won ? 100 + row : 0)),
      ),
    ],
    [
      'what is given in some lost deals and in no won one',
      categoryColumn(
        'why',
        numbers((row, won) => (won || row % 2 === 0 ? null : row % 4)).map((value) =>
          value === null ? null : `r${value}`,
        ),
      ),
    ],
    [
      'a number that decides all by itself',
      numberColumn(
        'rank',
        numbers((row, won) => (won ? 1_000 : 0) + ((row * 7) % 900)),
      ),
    ],
  ])('refuses %s', (_what, column) => expect(of(column)).toMatchObject({ verdict: 'refused' }));

  test.each([
    [
      'a level that all lost',
      categoryColumn(
        'stage',
        numbers((row, won) => (won ? row % 3 : row % 4)).map((value) => `level ${value}`),
      ),
      /All \d+ deals with "level 3" were lost/,
    ],
    [
      'a count by its name',
      numberColumn(
        'Days_In_Stage',
        numbers((row) => (row * 13) % 49),
      ),
      /count or a time of the deal itself/,
    ],
    [
      'the end by its name',
      categoryColumn('LastActivity', numbers((row) => row % 3).map(String)),
      /belongs to the end of a deal/,
    ],
  ])('suspects %s, and leaves it to an admin', (_what, column, why) =>
    expect(of(column)).toMatchObject({ verdict: 'suspect', why: expect.stringMatching(why) }),
  );

  test('uses what nothing speaks against, and says that it could not be checked', () => {
    const column = categoryColumn('Industry', numbers((row, won) => (won ? row % 3 : (row + 1) % 3)).map(String));
    expect(of(column)).toMatchObject({ verdict: 'used', why: expect.stringMatching(/No history of it is kept/) });
  });
});
