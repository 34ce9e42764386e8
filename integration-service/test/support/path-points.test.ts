import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  approval,
  correction,
  filing,
  inGovernance,
  inIntelligence,
  resubmission,
  steps,
  writeAt,
} from './path-points.ts';

const source = join(import.meta.dirname, '..', '..', 'src');
const everyPoint = new Set(
  [filing, correction, resubmission, approval].flatMap(({ points }) => points).concat(inGovernance, inIntelligence),
);

/** Points that the code tells of, wherever it does; those of a step once for each step that there is. */
const toldPoints = (): ReadonlySet<string> => {
  const told = globSync('**/*.ts', { cwd: source, exclude: ['**/*.test.ts'] }).flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/\btrace\(\s*(['`])(.+?)\1\s*\)/g)].map(
      ([, , point = '']) => point,
    ),
  );
  return new Set(
    told.flatMap((point) => {
      const [whole = '', rest] = /^\$\{\w+\.step\}(-.+)$/.exec(point) ?? [];
      return whole ? steps.map((step) => `${step}${rest ?? ''}`) : [point];
    }),
  );
};

describe('the points at which a process is struck', () => {
  test('are all that the service tells of', () => {
    const told = toldPoints();
    expect(told.size).toBeGreaterThan(40);
    expect([...told.difference(everyPoint)]).toEqual([]);
  });

  test('are told of by the service, or lie while the network holds a call', () => {
    expect([...everyPoint.difference(toldPoints())].filter((point) => !point.endsWith('-in-flight'))).toEqual([]);
  });

  test('lie at or before the write that is lost there', () => {
    expect(writeAt(filing, 'after-claim')).toBe('CreateOpportunity');
    expect(writeAt(filing, 'associate-after-send')).toBe('AssociateOpportunity');
    expect(writeAt(filing, 'after-link-saved')).toBe('StartEngagementFromOpportunityTask');
    expect(writeAt(correction, 'after-current-read')).toBe('UpdateOpportunity');
    expect(writeAt(resubmission, 'after-judged')).toBe('UpdateOpportunity');
  });
});
