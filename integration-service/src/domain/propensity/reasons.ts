/** What moved a score: points of the 0–100 score, which add up from the base. */
export interface Reason {
  readonly feature: string;
  /** One place after the point. */
  readonly points: number;
  readonly says: string;
}

const tenth = (value: number): number => Math.round(value * 10) / 10 + 0;

/**
 * The base and what moved the score, largest first; what is small, and what rounding left, stands together at the end, so
 * that the points add up to the score as it is shown.
 */
export const reasonsOf = (
  base: { readonly points: number; readonly says: string },
  moved: readonly Reason[],
  score: number,
  most = 8,
): readonly Reason[] => {
  const bySize = [...moved]
    .map((one) => ({ ...one, points: tenth(one.points) }))
    .filter(({ points }) => points !== 0)
    .sort((left, right) => Math.abs(right.points) - Math.abs(left.points) || (left.feature < right.feature ? -1 : 1));
  const shown = bySize.slice(0, most);
  const first: Reason = { feature: 'base', points: tenth(base.points), says: base.says };
  const rest = tenth(score - [first, ...shown].reduce((sum, { points }) => sum + points, 0));
  return [
    first,
    ...shown,
    ...(rest === 0 ? [] : [{ feature: 'rest', points: rest, says: 'Everything else together' }]),
  ];
};

/** Reasons that fit into a field of so many characters: the smallest are put together with the rest. */
export const reasonsWithin = (reasons: readonly Reason[], characters: number): string => {
  let kept = reasons.filter(({ feature }) => feature !== 'rest');
  let rest = reasons.find(({ feature }) => feature === 'rest')?.points ?? 0;
  const textOf = (): string =>
    JSON.stringify([
      ...kept,
      ...(tenth(rest) === 0 ? [] : [{ feature: 'rest', points: tenth(rest), says: 'Everything else together' }]),
    ]);
  for (let text = textOf(); ; text = textOf()) {
    if (text.length <= characters || kept.length <= 1) return text;
    rest += kept.at(-1)?.points ?? 0;
    kept = kept.slice(0, -1);
  }
};
