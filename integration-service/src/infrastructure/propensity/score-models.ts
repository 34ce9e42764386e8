import { sql } from 'kysely';
import { learnedModel, type LearnedModel } from '../../domain/scoring/model.ts';
import type { OwnField } from '../../domain/propensity/deal.ts';
import type { Json } from '../../domain/values/json.ts';
import type { OrgDatabase } from '../database/org-database.ts';

export type ModelState = 'candidate' | 'active' | 'retired' | 'refused';

/** A model as it is kept: what it learned, what is told of it, and where it stands. */
export interface StoredModel {
  readonly version: number;
  readonly state: ModelState;
  readonly model: LearnedModel;
  readonly card: Json;
  readonly leaks: Json;
  readonly drift: Json;
  /** Fields of the company's own that were among its features. */
  readonly ownFields: readonly OwnField[];
  /** Whether there were too few ended deals to learn from. */
  readonly tooLittle: boolean;
  /** Id of its record in the CRM; null until it has one. */
  readonly recordId: string | null;
  /** ISO 8601 instants. */
  readonly trainedAt: string;
  readonly activatedAt: string | null;
  readonly activatedBy: string | null;
  /** Ended deals that it learned from. */
  readonly outcomes: number;
}

interface Row {
  readonly version: number;
  readonly state: ModelState;
  readonly model: unknown;
  readonly card: Json;
  readonly leaks: Json;
  readonly drift: Json;
  readonly own_fields: readonly OwnField[];
  readonly too_little: boolean;
  readonly record_id: string | null;
  readonly trained_at: Date;
  readonly activated_at: Date | null;
  readonly activated_by: string | null;
  readonly outcomes: number;
}

const toStored = (row: Row): StoredModel => ({
  version: row.version,
  state: row.state,
  model: learnedModel.parse(row.model),
  card: row.card,
  leaks: row.leaks,
  drift: row.drift,
  ownFields: row.own_fields,
  tooLittle: row.too_little,
  recordId: row.record_id,
  trainedAt: row.trained_at.toISOString(),
  activatedAt: row.activated_at?.toISOString() ?? null,
  activatedBy: row.activated_by,
  outcomes: row.outcomes,
});

export type NewModel = Pick<
  StoredModel,
  'model' | 'card' | 'leaks' | 'ownFields' | 'tooLittle' | 'trainedAt' | 'outcomes'
> & { readonly state: 'candidate' | 'refused' };

const columns = sql.raw(
  'version, state, model, card, leaks, drift, own_fields, too_little, record_id, trained_at, activated_at, activated_by, outcomes',
);

/** Models of one subject and one org. The truth: records in the CRM mirror it. */
export class PostgresScoreModels {
  readonly #database: OrgDatabase;
  readonly #subject: string;

  constructor(database: OrgDatabase, subject: 'propensity') {
    this.#database = database;
    this.#subject = subject;
  }

  /** Keeps a model under the next version; gives that version. */
  async add({ model, card, leaks, ownFields, tooLittle, trainedAt, outcomes, state }: NewModel): Promise<number> {
    const { org } = this.#database;
    const [row] = await this.#database.run(sql<{ version: number }>`
      insert into score_models (org, subject, version, state, model, card, leaks, own_fields, too_little, trained_at, outcomes)
      select ${org}, ${this.#subject}, coalesce(max(version), 0) + 1, ${state}, ${JSON.stringify(model)}::jsonb,
        ${JSON.stringify(card)}::jsonb, ${JSON.stringify(leaks)}::jsonb, ${JSON.stringify(ownFields)}::jsonb,
        ${tooLittle}, ${trainedAt}, ${outcomes}
      from score_models where org = ${org} and subject = ${this.#subject}
      returning version`);
    if (!row) throw new Error('the model was not kept');
    return row.version;
  }

  async active(): Promise<StoredModel | null> {
    const [row] = await this.#database.run(sql<Row>`
      select ${columns} from score_models
      where org = ${this.#database.org} and subject = ${this.#subject} and state = 'active'`);
    return row ? toStored(row) : null;
  }

  /** Version and time of the active one, for who keeps it in memory: cheap to ask before each use. */
  async activeVersion(): Promise<number | null> {
    const [row] = await this.#database.run(sql<{ version: number }>`
      select version from score_models
      where org = ${this.#database.org} and subject = ${this.#subject} and state = 'active'`);
    return row?.version ?? null;
  }

  async find(version: number): Promise<StoredModel | null> {
    const [row] = await this.#database.run(sql<Row>`
      select ${columns} from score_models
      where org = ${this.#database.org} and subject = ${this.#subject} and version = ${version}`);
    return row ? toStored(row) : null;
  }

  /** The one that was learned last, whatever became of it: when, and from how many outcomes. */
  async newest(): Promise<Pick<StoredModel, 'version' | 'trainedAt' | 'outcomes'> | null> {
    const [row] = await this.#database.run(sql<{ version: number; trained_at: Date; outcomes: number }>`
      select version, trained_at, outcomes from score_models
      where org = ${this.#database.org} and subject = ${this.#subject} order by version desc limit 1`);
    return row ? { version: row.version, trainedAt: row.trained_at.toISOString(), outcomes: row.outcomes } : null;
  }

  /** Makes one the active model and retires the one that was; `by`: a user's id, or an agent's key. */
  async activate(version: number, at: string, by: string): Promise<void> {
    const { org } = this.#database;
    // Two statements: the index lets no two be active for a moment. Between them nobody scores, which is waited for.
    await this.#database.run(sql`
      update score_models set state = 'retired', mirrored = false
      where org = ${org} and subject = ${this.#subject} and state = 'active' and version <> ${version}`);
    await this.#database.run(sql`
      update score_models set state = 'active', activated_at = ${at}, activated_by = ${by}, mirrored = false
      where org = ${org} and subject = ${this.#subject} and version = ${version} and state <> 'active'`);
  }

  async tellDrift(version: number, drift: Json): Promise<void> {
    await this.#database.run(sql`
      update score_models set drift = ${JSON.stringify(drift)}::jsonb, mirrored = false
      where org = ${this.#database.org} and subject = ${this.#subject} and version = ${version}`);
  }

  /** Those whose record does not say yet what stands here. */
  async unmirrored(): Promise<readonly StoredModel[]> {
    const rows = await this.#database.run(sql<Row>`
      select ${columns} from score_models
      where org = ${this.#database.org} and subject = ${this.#subject} and not mirrored order by version`);
    return rows.map(toStored);
  }

  /** The record says what stands here, unless that has changed while it was written. */
  async mirrored(stored: Pick<StoredModel, 'version' | 'state'>, recordId: string): Promise<void> {
    await this.#database.run(sql`
      update score_models set mirrored = state = ${stored.state}, record_id = ${recordId}
      where org = ${this.#database.org} and subject = ${this.#subject} and version = ${stored.version}`);
  }
}
