import type { DealOutcome } from './refer-deals.ts';

const headings = ['deal', 'referral', 'AWS id', 're-keyed', 'questions', 'steps', 'click to filed', 'outcome'];

const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

const row = ({ deal, referral, questions, problem }: DealOutcome): string[] => [
  cut(deal.name, 44),
  referral?.name ?? '–',
  referral?.networkId ?? '–',
  String(referral?.rekeyed ?? '–'),
  String(questions),
  String(referral?.steps ?? '–'),
  typeof referral?.latencyMs !== 'number' ? '–' : `${(referral.latencyMs / 1000).toFixed(1)} s`,
  problem === '' ? `✓ ${referral?.state ?? ''}` : `✗ ${cut(problem, 90)}`,
];

/** What the demo did, a line a deal, as text for a terminal. */
export const outcomeTable = (outcomes: readonly DealOutcome[]): string => {
  const rows = [headings, ...outcomes.map(row)];
  const widths = headings.map((_heading, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const right = new Set([3, 4, 5, 6]);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    line(headings),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...outcomes.map((outcome) => line(row(outcome))),
  ].join('\n');
};
