import { chanceFrom } from '../../src/domain/scoring/chance.ts';
import { sigmoid } from '../../src/domain/scoring/measures.ts';
import { categoryColumn, numberColumn, type TrainingTable } from '../../src/domain/scoring/table.ts';

const INDUSTRIES = ['energy', 'finance', 'health', 'retail', 'software'] as const;

/** How much each industry adds to the log odds of a won deal in `plainDeals`. */
export const INDUSTRY_ODDS: Readonly<Record<(typeof INDUSTRIES)[number], number>> = {
  energy: -1,
  finance: 0.8,
  health: 0,
  retail: -0.4,
  software: 1.2,
};

/**
 * Closed deals whose truth is known: the log odds of a win are -0.5 + 1.2 · (size above 50) + the industry's + 0.9 for a
 * partner's deal where the size is above 50. `noise` says nothing. One value in ten is not given.
 */
export const plainDeals = (rows: number, seed: number): TrainingTable => {
  const chance = chanceFrom(seed);
  const sizes: (number | null)[] = [];
  const noises: number[] = [];
  const industries: (string | null)[] = [];
  const partners: string[] = [];
  const outcome = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const size = Math.round(chance() * 1_000) / 10;
    const industry = INDUSTRIES[Math.floor(chance() * INDUSTRIES.length)] ?? 'health';
    const partner = chance() < 0.4;
    const large = size > 50 ? 1 : 0;
    const logOdds = -0.5 + 1.2 * large + INDUSTRY_ODDS[industry] + (partner ? 0.9 * large : 0);
    outcome[row] = chance() < sigmoid(logOdds) ? 1 : 0;
    sizes.push(chance() < 0.1 ? null : size);
    industries.push(chance() < 0.1 ? null : industry);
    partners.push(partner ? 'yes' : 'no');
    noises.push(chance());
  }
  return {
    rows,
    columns: [
      numberColumn('size', sizes),
      numberColumn('noise', noises),
      categoryColumn('industry', industries),
      categoryColumn('partner', partners),
    ],
    outcome,
    at: null,
    group: null,
  };
};

/** Fields and an outcome that have nothing to do with each other. */
export const nothingToLearn = (rows: number, seed: number): TrainingTable => {
  const chance = chanceFrom(seed);
  const table = plainDeals(rows, seed);
  return { ...table, outcome: table.outcome.map(() => (chance() < 0.4 ? 1 : 0)) };
};
