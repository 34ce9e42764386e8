import { judgeFields, type FieldVerdict } from '../../src/domain/scoring/leak-guard.ts';
import { leakyOrg } from '../../test/support/leaky-org.ts';
import { PUBLIC_SETS, publicSetsAreThere, tableOf, type PublicSet } from './public-sets.ts';

const ORGS = 10;
const DEALS = 1_500;

const named = (
  verdicts: readonly FieldVerdict[],
  answer: FieldVerdict['verdict'],
  of: readonly string[],
): readonly string[] =>
  verdicts.filter(({ field, verdict }) => verdict === answer && of.includes(field)).map(({ field }) => field);

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** What the guard says of a public file, which has no history: what is marked LEAKING there, and what is not. */
const fileLine = (set: PublicSet): string => {
  const fields = [...set.fields, ...set.leaking];
  const { columns, outcome } = tableOf(set, set.rows(), fields);
  const verdicts = judgeFields(
    { opened: null, closed: null, outcome },
    columns.map((column) => ({ column, lastChanged: null, before: [] })),
  );
  const safe = ['refused', 'suspect'].flatMap((answer) =>
    named(verdicts, answer as FieldVerdict['verdict'], set.fields),
  );
  return `${set.name}, no history: of ${set.leaking.length} leaking fields refused ${listed(named(verdicts, 'refused', set.leaking))}; suspect ${listed(named(verdicts, 'suspect', set.leaking))}; missed ${listed(named(verdicts, 'used', set.leaking))}. Of the others, refused or suspect: ${listed(safe)}.`;
};

export interface LeakFigures {
  readonly planted: number;
  readonly caught: number;
  readonly innocent: number;
  readonly refused: number;
  /** One line a public file; empty where they are not there. */
  readonly files: readonly string[];
}

/** The guard on generated orgs with planted leaks, and on the public files. */
export const leakFigures = (): LeakFigures => {
  const totals = { planted: 0, caught: 0, innocent: 0, refused: 0 };
  for (let seed = 1; seed <= ORGS; seed += 1) {
    const org = leakyOrg(DEALS, seed);
    const verdicts = judgeFields(org.deals, org.fields);
    totals.planted += org.planted.length;
    totals.caught += named(verdicts, 'refused', org.planted).length;
    totals.innocent += org.innocent.length;
    totals.refused += named(verdicts, 'refused', org.innocent).length;
  }
  return { ...totals, files: publicSetsAreThere() ? PUBLIC_SETS.map(fileLine) : [] };
};
