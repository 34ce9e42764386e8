import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';
import { labels } from 'c/propensityLabels';
import { fill } from 'c/textFormat';

const BANDS: Record<string, string> = { low: labels.bandLow, medium: labels.bandMedium, high: labels.bandHigh };
const SOURCES: Record<string, string> = {
  merged: labels.sourceMerged,
  'own-model': labels.sourceOwnModel,
  aws: labels.sourceAws,
  partner: labels.sourcePartner,
};

/** From these confidences on (percent) a score is called sure, fairly sure, not very sure; below it is a first guess. */
const CONFIDENCES: readonly (readonly [number, string])[] = [
  [80, labels.confidenceHigh],
  [60, labels.confidenceFair],
  [30, labels.confidenceLow],
  [0, labels.confidenceNone],
];

/** A band in words; empty where there is none. */
export function bandWords(band: string): string {
  return BANDS[band] ?? '';
}

/** What a source of scores is called; one that is not known is shown as it is. */
export function sourceWords(source: string): string {
  return SOURCES[source] ?? source;
}

/** How sure a score is, in words with its percent; empty where it is not known. */
export function confidenceWords(confidence: number | undefined): string {
  const label = CONFIDENCES.find(([from]) => (confidence ?? -1) >= from)?.[1];
  return label === undefined || confidence === undefined ? '' : fill(label, percent(confidence / 100));
}

/** A share of 1 as percent without decimals. */
export function percent(share: number): string {
  return new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** A number with so many decimals at most. */
export function decimal(value: number, digits: number): string {
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: digits }).format(value);
}

/** A gain or loss of points with its sign: "+12", "−3.5". */
export function signed(points: number): string {
  return new Intl.NumberFormat(LOCALE, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })
    .format(points)
    .replace('-', '−');
}

/** Money in the user's currency, without cents. */
export function money(amount: number): string {
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency: CURRENCY, maximumFractionDigits: 0 }).format(
    amount,
  );
}

/** "A, B and C" in the user's language. */
export function listWords(parts: readonly string[]): string {
  return new Intl.ListFormat(LOCALE, { type: 'conjunction' }).format(parts);
}
