import type { LearnedModel } from '../../../domain/scoring/model.ts';
import type { TrainingTable } from '../../../domain/scoring/table.ts';
import type { PostgresScoreModels } from '../../../infrastructure/propensity/score-models.ts';
import type { PostgresScoreRoom } from '../../../infrastructure/propensity/score-room.ts';
import type { DealScores } from '../../../ports/crm/deal-scores.ts';

/** What propensity has of one org. */
export interface PropensityParts {
  readonly models: PostgresScoreModels;
  readonly room: PostgresScoreRoom;
  readonly deals: DealScores;
  /** Learns in a thread of its own, so that nothing that serves has to wait. */
  readonly train: (table: TrainingTable, options: { readonly seed: number }) => Promise<LearnedModel>;
}

/** Share of the CRM's calls of a day that scores leave to everybody else. */
export const MOST_USAGE = 0.5;

/** The agent that scores are made by, as the ledger and its records know it. */
export const SCORING_AGENT = 'agent:co-selling';

/** Whether scores have to wait: half of the CRM's calls of the day are used. */
export const mustWait = ({ deals }: Pick<PropensityParts, 'deals'>): boolean => deals.usage() >= MOST_USAGE;

export const DAY_MS = 86_400_000;
