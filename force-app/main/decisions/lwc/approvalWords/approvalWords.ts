import LOCALE from '@salesforce/i18n/locale';
import { MOST_COUNTED } from 'c/approvalData';
import { labels } from 'c/approvalLabels';
import { count, fill } from 'c/textFormat';

/** "12 decisions wait for you". */
export function waitingWords(total: number): string {
  return count(total, labels.countOne, labels.countMany, counted(total));
}

/** How many of them are shown; empty when all are. */
export function shownWords(shown: number, total: number): string {
  return shown < total ? fill(labels.shown, counted(shown)) : '';
}

/** What an empty inbox says: what agents decided alone this week, or what will come here. */
export function aloneWords(alone: number): string {
  return alone === 0 ? labels.emptyTeach : count(alone, labels.emptyAloneOne, labels.emptyAlone, counted(alone));
}

/** A number as it is said: the platform counts to 2,000. */
function counted(total: number): string {
  return total >= MOST_COUNTED ? labels.countMost : new Intl.NumberFormat(LOCALE).format(total);
}
