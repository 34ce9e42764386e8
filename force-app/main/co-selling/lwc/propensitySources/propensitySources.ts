import { LightningElement, api } from 'lwc';
import { labels } from 'c/propensityLabels';
import type { DealScore } from 'c/scoreData';
import { decimal, listWords, percent, sourceWords } from 'c/scoreWords';
import { fill } from 'c/textFormat';

interface ShownSource {
  id: string;
  name: string;
  score: string;
  weight: string;
  scoredAt: string;
  inputsAt: string;
}

/** Whose scores were merged, how much each counts and how old each is; which model and what the deal's own field says. */
export default class PropensitySources extends LightningElement {
  /** All scores of the deal, the merged one among them. */
  @api scores: readonly DealScore[] = [];
  /** The score that is written on the deal. */
  @api fieldScore: number | undefined;

  labels = labels;

  get sources(): ShownSource[] {
    return this.parts.map((score) => ({
      id: score.id,
      name: sourceWords(score.source),
      score: score.score === undefined ? '' : decimal(score.score, 0),
      weight: score.weight === undefined ? '' : percent(score.weight),
      scoredAt: score.scoredAt,
      inputsAt: score.inputsAt,
    }));
  }

  get hasSources(): boolean {
    return this.parts.length > 0;
  }

  get modelId(): string {
    return this.withModel?.modelId ?? '';
  }

  get modelName(): string {
    return this.withModel?.modelName ?? '';
  }

  get hasModel(): boolean {
    return this.modelId !== '';
  }

  /** The deal's own field is written in steps, so the two may differ a little. */
  get fieldNote(): string {
    const { fieldScore } = this;
    const merged = this.scores.find(({ source }) => source === 'merged')?.score;
    return fieldScore === undefined || merged === undefined || merged === fieldScore
      ? ''
      : fill(labels.fieldBehind, decimal(fieldScore, 0));
  }

  get missingText(): string {
    const missing = [...new Set(this.scores.flatMap((score) => score.missing))];
    return missing.length === 0 ? '' : fill(labels.missing, listWords(missing));
  }

  private get parts(): DealScore[] {
    return this.scores
      .filter(({ source }) => source !== 'merged')
      .sort((one, other) => (other.weight ?? 0) - (one.weight ?? 0));
  }

  private get withModel(): DealScore | undefined {
    return this.scores.find(({ modelId }) => modelId !== '');
  }
}
