import { FIRST_WEIGHTS } from '../../../domain/health/health-score.ts';
import { landscapeOf, surveyLandscape } from '../../../domain/health/landscape.ts';
import { type LearnedWeights, learnWeights, snapshotsOf } from '../../../domain/health/learn-weights.ts';
import { seriesOf } from '../../../domain/health/series.ts';
import { mondayOf } from '../../../domain/health/weeks.ts';
import { weeksAt } from '../../../functions/customer-success/assess-partners.ts';
import type { OwnRow } from '../../../ports/crm/own-rows.ts';
import { recordControl } from '../../governance/record-control.ts';
import { type HealthOrg, isStopped, taken } from './health-page.ts';
import { samplePartners } from './sample.ts';

/** Two and a half years: what is usual needs one, and an outcome a quarter. */
const LEARNED_WEEKS = 130;
const LEARN_EVERY_MS = 28 * 86_400_000;

/**
 * Learns once in four weeks how much each factor of health counts, from what became of the partners of the sample. Weights
 * that are better on the newest outcomes count from then on, with their card in Salesforce; else those before stay. Null: it
 * was not time. @throws what the org or the database said.
 */
export const learnHealth = async (org: HealthOrg): Promise<LearnedWeights | null> => {
  const { weights, learnedAt } = await org.health.run();
  const now = org.clock.now();
  if (learnedAt !== null && Date.parse(now) - Date.parse(learnedAt) < LEARN_EVERY_MS) return null;
  if (await isStopped(org)) return null;
  const weeks = weeksAt(Date.parse(now));
  const window = { ...weeks, from: weeks.to - LEARNED_WEEKS };
  const sampled = await samplePartners(org, window);
  const landscape = landscapeOf(surveyLandscape(sampled, { from: window.from, to: weeks.lastWhole }));
  const snapshots = sampled.flatMap(({ segment, counts }) =>
    snapshotsOf(seriesOf(counts, window, landscape), weeks.lastWhole, landscape, segment),
  );
  const before = weights ?? FIRST_WEIGHTS;
  const number = Number(/^health-learned-(\d+)$/.exec(before.version)?.[1] ?? 0) + 1;
  const learned = learnWeights(snapshots, before, `health-learned-${number}`);
  if (learned.changed) {
    await recordControl(org, {
      kind: 'learn-weights',
      subject: 'customer-success',
      request: learned.weights.version,
      actor: 'agent:customer-success',
      body: {
        what: `What counts for the health of partners was learned anew. ${learned.says}`,
        before: { ...before.weights },
        after: { ...learned.weights.weights },
        why: '',
      },
    });
    const rows = cards(learned, number, now, { from: mondayOf(window.from), to: mondayOf(weeks.lastWhole) });
    const written = taken(await org.crm.upsertRows(rows), 'the card of the weights could not be written');
    const problem = written.find((one) => one.problem !== null)?.problem;
    if (problem) org.log.warn({ problem }, 'the card of the weights could not be written');
  }
  await org.health.learned(learned.weights, now);
  org.log.info({ version: learned.weights.version, snapshots: learned.snapshots }, learned.says);
  return learned;
};

/** The card of the weights that count now, and the one before it retired. */
const cards = (
  { weights, says, snapshots, left, newest }: LearnedWeights,
  number: number,
  now: string,
  data: { readonly from: string; readonly to: string },
): readonly OwnRow[] => [
  ...(number > 1
    ? [{ object: 'ScoreModel__c' as const, key: `health:v${number - 1}`, fields: { state: 'retired' } }]
    : []),
  {
    object: 'ScoreModel__c',
    key: `health:v${number}`,
    fields: {
      subject: 'health',
      version: number,
      state: 'active',
      algorithm: 'logistic',
      trainedAt: now,
      dataFrom: data.from,
      dataTo: data.to,
      rows: snapshots,
      // What is counted is the outcome that is learned: that a partner left.
      won: left,
      auc: newest === null ? null : Math.round(10_000 * newest.after.auc) / 10_000,
      says,
      card: JSON.stringify({ version: 1, weights, newest }),
      activatedAt: now,
      tooLittle: false,
    },
  },
];
