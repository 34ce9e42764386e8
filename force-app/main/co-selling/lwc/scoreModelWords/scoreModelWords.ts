import LOCALE from '@salesforce/i18n/locale';
import { labels } from 'c/scoreModelLabels';
import type { ScoreModel } from 'c/scoreModelData';
import { decimal } from 'c/scoreWords';
import { fill } from 'c/textFormat';

const STATES: Record<string, string> = {
  active: labels.stateActive,
  candidate: labels.stateCandidate,
  retired: labels.stateRetired,
  refused: labels.stateRefused,
};
const STATE_ICONS: Record<string, string> = {
  active: 'utility:success',
  candidate: 'utility:clock',
  retired: 'utility:undo',
  refused: 'utility:ban',
};
const ALGORITHMS: Record<string, string> = {
  'boosted-trees': labels.algorithmBoostedTrees,
  logistic: labels.algorithmLogistic,
  prior: labels.algorithmPrior,
};

/** States from which a model can be put in use. */
const USABLE = new Set(['candidate', 'retired']);

/** What a state is called and drawn with. */
export function stateWords(state: string): { label: string; icon: string } {
  return { label: STATES[state] ?? state, icon: STATE_ICONS[state] ?? 'utility:question' };
}

/** How a model works, in words. */
export function algorithmWords(algorithm: string): string {
  return ALGORITHMS[algorithm] ?? algorithm;
}

/** Whether a model can be put in use. */
export function isUsable(model: ScoreModel): boolean {
  return USABLE.has(model.state);
}

/** What a model of this subject tells. */
export function subjectWords(subject: string): string {
  return subject === 'health' ? labels.subjectHealth : labels.subjectPropensity;
}

/** From what and when it learned, in a sentence. */
export function learnedWords(model: ScoreModel): string {
  const label = model.subject === 'health' ? labels.learnedPartners : labels.learned;
  return fill(label, decimal(model.rows, 0), decimal(model.won, 0), dayWords(model.dataFrom), dayWords(model.dataTo));
}

/** A day in the reader's language; a dash where there is none. */
export function dayWords(day: string): string {
  const moment = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(moment)
    ? '–'
    : new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(moment);
}
