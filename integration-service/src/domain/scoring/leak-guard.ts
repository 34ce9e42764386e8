import { fieldPower } from './field-power.ts';
import { constantOn, growth, lateShare, powerBefore, purestLevel, pureWhenGiven } from './leak-evidence.ts';
import type { DealsPast, FieldPast, Growth, PowerBefore } from './leak-facts.ts';
import type { Column } from './table.ts';

export interface FieldVerdict {
  readonly field: string;
  /** `suspect` is used unless an admin takes it out: something speaks against it, and nothing proves it. */
  readonly verdict: 'used' | 'refused' | 'suspect';
  /** For an admin, in one or two sentences. */
  readonly why: string;
  readonly evidence: {
    /** Area under the ROC curve of this field alone, at close. */
    readonly power: number;
    readonly powerBefore: readonly PowerBefore[];
    /** Share of the deals that hold a value in which it was last changed at or after close; null: no history. */
    readonly lateShare: number | null;
    readonly growth: Growth | null;
  };
}

/** Bounds of the guard. Tried on generated orgs with planted leaks; not on the public files. */
export const LEAK_BOUNDS = {
  /** Changed at or after close in at least this share of the deals that hold it. */
  late: 0.5,
  /** Power above 0.5 that a field needs before its loss says anything. */
  power: 0.08,
  /** Earlier power above 0.5 as a share of that at close, on the same deals: less has vanished. */
  vanished: 0.4,
  /** Power at which no honest field stands alone. */
  decides: 0.97,
  /** The same, where one outcome always has the same value. */
  decidesConstant: 0.85,
  /** Power that is worth a look by a person. */
  strong: 0.85,
  /** Share of one outcome among deals that hold any value: the field is filled in because of the outcome. */
  pure: 0.995,
  /** Deals a share is taken of; fewer say nothing. */
  deals: 30,
  /** Grew in this share of deals and fell in hardly any: it counts. */
  grew: 0.8,
  fell: 0.02,
} as const;

/** Words of counters and durations, and of the end of a deal. A name proves nothing; it makes a field suspect. */
const COUNTS = /\b(days|hours|duration|elapsed|stage|changes?|updates?|times)\b/i;
const ENDS = /\b(clos(e|ed|ing)|won|lost|loss|reason|result|outcome|final|last|invoice|contract(ed)? date|tags?)\b/i;

/**
 * Judges fields before anything is learned from them: what is known only once the outcome is makes a score that shines on
 * the past and fails on an open deal. Where the history of a field is kept it decides; where not, only what stands in the
 * values and in the name can be judged, and the report says so.
 */
export const judgeFields = (deals: DealsPast, fields: readonly FieldPast[]): readonly FieldVerdict[] =>
  fields.map((field) => judgeField(deals, field));

const judgeField = (deals: DealsPast, past: FieldPast): FieldVerdict => {
  const { column } = past;
  const evidence = {
    power: fieldPower(column, deals.outcome),
    powerBefore: powerBefore(deals, past),
    lateShare: lateShare(deals, past, LEAK_BOUNDS.deals),
    growth: growth(deals, past, LEAK_BOUNDS.deals),
  };
  const verdict = (answer: FieldVerdict['verdict'], why: string): FieldVerdict => ({
    field: column.name,
    verdict: answer,
    why,
    evidence,
  });
  const refused = proof(deals, column, evidence);
  if (refused !== null) return verdict('refused', refused);
  const doubt = suspicion(deals, past, evidence);
  if (doubt !== null) return verdict('suspect', doubt);
  const history = past.lastChanged === null && past.before.length === 0;
  return verdict(
    'used',
    history
      ? 'Nothing in its values speaks against it. No history of it is kept, so when it was filled in cannot be checked.'
      : 'It is known while a deal is open, and tells then what it tells at close.',
  );
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const twoPlaces = (value: number): string => value.toFixed(2);

/** Why a field is refused, or null. */
const proof = (deals: DealsPast, column: Column, evidence: FieldVerdict['evidence']): string | null => {
  const { power, powerBefore: before, lateShare: late, growth: grew } = evidence;
  if (late !== null && late >= LEAK_BOUNDS.late)
    return `It is filled in when the outcome is known: in ${percent(late)} of the deals that hold it, it was last changed at or after close.`;
  if (grew?.shareOfDuration !== undefined && grew.shareOfDuration >= 0.95)
    return 'It measures how long the deal took: it rises and falls with the days from opening to close, which nobody knows while a deal is open.';
  if (grew !== null && grew.grew >= LEAK_BOUNDS.grew && grew.fell <= LEAK_BOUNDS.fell)
    return `It counts up while a deal is open: in ${percent(grew.grew)} of the deals it was lower ${grew.days} days before close. The count of a closed deal cannot be compared with that of an open one.`;
  const gone = before.find(
    ({ then, atClose, deals: count }) =>
      count >= LEAK_BOUNDS.deals &&
      atClose - 0.5 >= LEAK_BOUNDS.power &&
      Math.max(0, then - 0.5) < LEAK_BOUNDS.vanished * (atClose - 0.5),
  );
  if (gone !== undefined)
    return `What it tells appears at the end: ${gone.days} days before close its power was ${twoPlaces(gone.then)}, at close ${twoPlaces(gone.atClose)} (0.5 tells nothing, 1 everything), on the same ${gone.deals} deals.`;
  const pure = pureWhenGiven(column, deals.outcome, LEAK_BOUNDS.deals);
  if (pure !== null && pure.share >= LEAK_BOUNDS.pure)
    return `It is given only where the deal was ${pure.outcome === 1 ? 'won' : 'lost'} (${pure.deals} deals): it is filled in because of the outcome.`;
  if (power >= LEAK_BOUNDS.decides)
    return `Alone it all but decides the outcome (power ${twoPlaces(power)} of 1): no field that is known beforehand does.`;
  const constant = constantOn(column, deals.outcome);
  if (power >= LEAK_BOUNDS.decidesConstant && constant !== null)
    return `It has the same value in every deal that was ${constant === 1 ? 'won' : 'lost'}, and alone nearly decides the outcome (power ${twoPlaces(power)} of 1).`;
  return null;
};

/** What speaks against a field without proving it, or null. With a history that proved nothing only its strength does. */
const suspicion = (
  deals: DealsPast,
  { column, before, lastChanged }: FieldPast,
  { power }: FieldVerdict['evidence'],
): string | null => {
  if (power >= LEAK_BOUNDS.strong)
    return `Alone it tells much about the outcome (power ${twoPlaces(power)} of 1). Please check that it is filled in before the outcome is known.`;
  if (before.length > 0 || lastChanged !== null) return null;
  const level = purestLevel(column, deals.outcome, LEAK_BOUNDS.deals);
  if (level !== null)
    return `All ${level.deals} deals with "${level.level}" were ${level.outcome === 1 ? 'won' : 'lost'}. Please check that it is not written once the outcome is known; no history of it is kept.`;
  const name = column.name.replaceAll(/([a-z])([A-Z])|_/g, '$1 $2');
  if (COUNTS.test(name) && column.kind === 'number')
    return 'By its name it is a count or a time of the deal itself, which goes on while a deal is open. No history of it is kept.';
  if (ENDS.test(name))
    return 'By its name it belongs to the end of a deal, or is overwritten as the deal goes on. No history of it is kept.';
  return null;
};
