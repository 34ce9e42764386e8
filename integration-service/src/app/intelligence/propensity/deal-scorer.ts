import { endedOf, featuresOf } from '../../../domain/propensity/features.ts';
import { MERGE_VERSION } from '../../../domain/propensity/merge.ts';
import type { Judgement } from '../../../domain/guardrails/verdict.ts';
import type { Json } from '../../../domain/values/json.ts';
import {
  scoreDeals,
  type AskedDeal,
  type ScoredDeal,
  type Scoring,
} from '../../../functions/co-selling/score-deals.ts';
import type { StoredModel } from '../../../infrastructure/propensity/score-models.ts';
import type { KnownScore } from '../../../infrastructure/propensity/score-room.ts';
import type { DealsWanted, ScoredDealRecord } from '../../../ports/crm/deal-scores.ts';
import { recordBatch } from '../../decisions/record-batch.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import type { WorldReader } from './know-world.ts';
import { measureSources, opinionsOf, type Qualities } from './opinions.ts';
import { mustWait, SCORING_AGENT } from './propensity-parts.ts';

/** Deals read in one step. */
const PAGE = 2_000;
/** Scores that are one decision in the ledger and one set of calls to the CRM. */
const BATCH = 10_000;
/** How often a score that the CRM refused is tried again, before somebody has to look. */
export const MOST_ATTEMPTS = 5;

/** What a run came to. */
export interface ScoreRun {
  /** Deals that were looked at. */
  readonly looked: number;
  /** Deals of which something was written. */
  readonly written: number;
  readonly failed: readonly { readonly deal: string; readonly problem: string }[];
  /** Why nothing was, or no more was; null: all of it was done. */
  readonly held: string | null;
}

const nothing: ScoreRun = { looked: 0, written: 0, failed: [], held: null };

const together = (left: ScoreRun, right: ScoreRun): ScoreRun => ({
  looked: left.looked + right.looked,
  written: left.written + right.written,
  failed: [...left.failed, ...right.failed],
  held: left.held ?? right.held,
});

/** Scores deals of one org and writes what has changed. */
export class DealScorer {
  readonly #org: OrgRuntime;
  readonly #worlds: WorldReader;
  #model: StoredModel | null = null;

  constructor(org: OrgRuntime, worlds: WorldReader) {
    this.#org = org;
    this.#worlds = worlds;
  }

  /** Scores these deals, those of them that are open. @throws what the CRM or the database said */
  async scoreSome(ids: readonly string[], occasion: string, requestedBy?: string): Promise<ScoreRun> {
    const scoring = await this.#begin();
    if (typeof scoring === 'string') return { ...nothing, held: scoring };
    const read = await this.#read({ ids }, scoring.own);
    return this.#run(scoring, read, occasion, requestedBy);
  }

  /** Scores every open deal. @throws what the CRM or the database said */
  async scoreAll(occasion: string, requestedBy?: string): Promise<ScoreRun> {
    const scoring = await this.#begin();
    if (typeof scoring === 'string') return { ...nothing, held: scoring };
    let run = nothing;
    let waiting: Scored[] = [];
    let after: string | null = null;
    const flush = async (): Promise<void> => {
      run = together(run, await this.#keep(scoring, waiting, `${occasion}:${run.looked}`, requestedBy));
      waiting = [];
    };
    do {
      const page: readonly ScoredDealRecord[] = await this.#read({ open: true, after, limit: PAGE }, scoring.own);
      after = page.length < PAGE ? null : (page.at(-1)?.deal.id ?? null);
      const scored = await this.#score(scoring, page);
      run = { ...run, looked: run.looked + page.length };
      waiting.push(...scored.filter(({ now }) => now.write !== null));
      if (waiting.length >= BATCH) await flush();
      if (mustWait(this.#org.propensity)) return { ...run, held: WAITS };
    } while (after !== null);
    await flush();
    return run;
  }

  /** Ids of scores that were refused, for another try. */
  failed(): Promise<readonly string[]> {
    return this.#org.propensity.room.failed(MOST_ATTEMPTS, PAGE);
  }

  async #begin(): Promise<Ready | string> {
    const { propensity, clock, control } = this.#org;
    if (mustWait(propensity)) return WAITS;
    const stop = (await control.stops()).find(({ scope }) => scope === 'all' || scope === 'function:co-selling');
    if (stop) return `Stopped: ${stop.reason}`;
    const version = await propensity.models.activeVersion();
    if (version === null) return 'No model has been learned yet.';
    // The record's id may come later than the model.
    if (this.#model?.version !== version || this.#model.recordId === null)
      this.#model = await propensity.models.active();
    const stored = this.#model;
    if (!stored) return 'No model has been learned yet.';
    const world = await this.#worlds.world();
    return {
      own: stored.ownFields,
      qualities: await measureSources(propensity.room, stored.model.prior.share),
      names: new Map([...world.partners].map(([key, { name }]) => [key, name])),
      version: stored.version,
      model: stored.model,
      tooLittle: stored.tooLittle,
      recordId: stored.recordId,
      features: featuresOf(stored.ownFields),
      world,
      now: clock.now(),
      partners: world.ranked,
    };
  }

  async #read(wanted: DealsWanted, own: Ready['own']): Promise<readonly ScoredDealRecord[]> {
    const read = await this.#org.propensity.deals.readDeals(wanted, own);
    if (!read.ok) throw new Error(`deals could not be read: ${read.error.message}`);
    return read.value;
  }

  async #run(
    scoring: Ready,
    records: readonly ScoredDealRecord[],
    occasion: string,
    requestedBy: string | undefined,
  ): Promise<ScoreRun> {
    await this.#rememberEnds(records);
    const scored = await this.#score(scoring, records);
    const kept = await this.#keep(
      scoring,
      scored.filter(({ now }) => now.write !== null),
      occasion,
      requestedBy,
    );
    return { ...kept, looked: scored.length };
  }

  /** A deal that has ended counts for everybody's record; one that was opened again does not. */
  async #rememberEnds(records: readonly ScoredDealRecord[]): Promise<void> {
    const { room } = this.#org.propensity;
    const ended = records.flatMap(({ deal }) => {
      const one = endedOf(deal);
      return one ? [{ deal: deal.id, ...one }] : [];
    });
    await room.rememberEnded(ended);
    await room.forgetEnded(records.filter(({ deal }) => !deal.closed).map(({ deal }) => deal.id));
  }

  async #score(scoring: Ready, records: readonly ScoredDealRecord[]): Promise<readonly Scored[]> {
    const { room } = this.#org.propensity;
    const open = records.filter(({ deal }) => !deal.closed);
    const ids = open.map(({ deal }) => deal.id);
    const [known, insights] = await Promise.all([room.scores(ids), room.insights(ids)]);
    const opinions = opinionsOf(insights, scoring.qualities, scoring.model.prior.share, scoring.names);
    const asked = open.map((record): AskedDeal => {
      const before = known.get(record.deal.id);
      return {
        record,
        opinions: opinions.get(record.deal.id) ?? [],
        // What the CRM refused was not written.
        written:
          before && before.problem === null
            ? { score: before.score, rules: before.inputs, sources: before.sources }
            : null,
      };
    });
    return scoreDeals(scoring, asked).map((now) => ({ now, attempts: known.get(now.dealId)?.attempts ?? 0 }));
  }

  /** Records all of it as one decision, then writes it, then remembers what was taken. */
  async #keep(
    scoring: Ready,
    scored: readonly Scored[],
    occasion: string,
    requestedBy: string | undefined,
  ): Promise<ScoreRun> {
    if (scored.length === 0) return nothing;
    const { propensity, log } = this.#org;
    const sorted = [...scored].sort((left, right) => (left.now.dealId < right.now.dealId ? -1 : 1));
    const recorded = await recordBatch(this.#org, {
      decision: `score-deals:propensity#${occasion}`,
      function: 'co-selling',
      useCase: 'score-deals',
      agent: SCORING_AGENT,
      says: `${sorted.length} deals were scored by version ${scoring.version} of the propensity model.`,
      rules: rulesAsked(scoring),
      items: sorted.map(({ now }): Json => ({ deal: now.dealId, sources: now.sources })),
      facts: [{ name: 'deals', source: 'salesforce:Opportunity', readAt: scoring.now }],
      ...(requestedBy === undefined ? {} : { requestedBy }),
    });
    if (recorded.answer !== 'allow') return { ...nothing, held: 'The ledger holds them as not allowed.' };
    this.#org.trace('scores-recorded');
    const written = await propensity.deals.writeScores(sorted.flatMap(({ now }) => now.write ?? []));
    if (!written.ok) throw new Error(`scores could not be written: ${written.error.message}`);
    this.#org.trace('scores-written');
    const problems = new Map(written.value.map(({ dealId, problems: said }) => [dealId, said.join('; ')]));
    const known = sorted.map(({ now, attempts }): KnownScore => {
      const problem = problems.get(now.dealId) || null;
      return {
        deal: now.dealId,
        account: now.accountId,
        score: now.standing.score,
        band: now.standing.band,
        inputs: now.rules,
        sources: now.sources,
        model: scoring.version,
        problem: problem?.slice(0, 1_000) ?? null,
        attempts: problem === null ? 0 : attempts + 1,
      };
    });
    await propensity.room.rememberScores(known, scoring.now);
    const failed = known.flatMap(({ deal, problem }) => (problem === null ? [] : [{ deal, problem }]));
    if (failed.length > 0)
      log.warn({ failed: failed.length, first: failed[0] }, 'scores were refused; they are tried again');
    return { looked: 0, written: known.length - failed.length, failed, held: null };
  }
}

interface Ready extends Scoring {
  readonly own: StoredModel['ownFields'];
  readonly qualities: Qualities;
  readonly names: ReadonlyMap<string, string>;
}

interface Scored {
  readonly now: ScoredDeal;
  readonly attempts: number;
}

const WAITS = 'Half of the calls that Salesforce takes in a day are used: scores wait.';

/** By what the results came about: the switch that was looked at, the model, and the rule that puts sources together. */
const rulesAsked = ({ version, model }: Scoring): readonly Judgement[] => [
  { rule: 'kill-switch', policyVersion: 0, answer: 'allow', reason: '', read: ['postgres:control_stops'] },
  {
    rule: 'propensity-model',
    ruleVersion: version,
    policyVersion: 0,
    answer: 'allow',
    reason: '',
    read: model.features.map(({ name }) => name),
  },
  {
    rule: 'merge-sources',
    ruleVersion: Number(MERGE_VERSION.split(':')[1]),
    policyVersion: 0,
    answer: 'allow',
    reason: '',
    read: ['own-model', 'aws', 'partner'],
  },
];
