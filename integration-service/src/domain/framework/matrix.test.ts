import { describe, expect, test } from '@jest/globals';
import { ZONES } from '../guardrails/situation.ts';
import { AGENT_KINDS, AGENTS } from './agents.ts';
import { FUNCTION_IDS } from './functions.ts';
import { cellKey, MATRIX, PILLARS, readCellKey } from './matrix.ts';

const wanted = FUNCTION_IDS.flatMap((id) =>
  PILLARS.flatMap((pillar) => ZONES.map((zone) => `${id}:${pillar}:${zone}`)),
);

describe('the matrix', () => {
  test('has the ten functions, four pillars and three zones: 120 cells, none missing, none extra, none twice', () => {
    const keys = MATRIX.map(cellKey);
    expect(FUNCTION_IDS).toHaveLength(10);
    expect(PILLARS).toEqual(['technology', 'process', 'governance', 'metrics']);
    expect(ZONES).toEqual(['vendor-controlled', 'partner-controlled', 'jointly-managed']);
    expect(keys).toHaveLength(120);
    expect([...keys].sort()).toEqual([...wanted].sort());
  });

  test('names an agent in every cell, and every function has one of its own', () => {
    const known = new Set(AGENTS.map(({ key }) => key));
    expect(MATRIX.filter(({ agent }) => !known.has(agent))).toEqual([]);
    for (const id of FUNCTION_IDS) {
      const cells = MATRIX.filter((cell) => cell.function === id);
      expect(cells).toHaveLength(12);
      expect(new Set(cells.map(({ agent }) => agent))).toContain(`agent:${id}`);
    }
  });

  test('measures every function in all three zones, and says nothing is in place without saying what', () => {
    const measured = MATRIX.filter(({ pillar }) => pillar === 'metrics');
    expect(measured.filter(({ metric }) => metric === '')).toEqual([]);
    expect(MATRIX.filter(({ state, note }) => (state === 'in-place') !== (note !== ''))).toEqual([]);
    expect(new Set(MATRIX.filter(({ state }) => state === 'in-place').map((cell) => cell.function))).toEqual(
      new Set(['co-selling']),
    );
  });

  test('fits the fields of its records', () => {
    for (const cell of MATRIX) {
      expect(cellKey(cell).length).toBeLessThanOrEqual(80);
      expect(cell.metric.length).toBeLessThanOrEqual(255);
      expect(cell.note.length).toBeLessThanOrEqual(255);
    }
  });

  test.each([...wanted.slice(0, 3), ...wanted.slice(-3)])('reads the key %s back', (key) => {
    const read = readCellKey(key);
    expect(read.ok && cellKey(read.value)).toBe(key);
  });

  test.each([
    ['', '"" is none of the ten functions.'],
    ['co-selling', '"" is none of technology, process, governance, metrics.'],
    ['selling:technology:vendor-controlled', '"selling" is none of the ten functions.'],
    ['co-selling:people:vendor-controlled', '"people" is none of technology, process, governance, metrics.'],
    ['co-selling:process:ours', '"ours" is none of vendor-controlled, partner-controlled, jointly-managed.'],
    [
      'co-selling:process:vendor-controlled:more',
      '"vendor-controlled:more" is none of vendor-controlled, partner-controlled, jointly-managed.',
    ],
  ])('"%s" is no cell: %s', (key, why) => {
    expect(readCellKey(key)).toEqual({ ok: false, error: why });
  });
});

describe('agents', () => {
  test('there is one for each function and one of each kind for all, each with a role and what it may do', () => {
    expect(AGENTS.map(({ function: of }) => of).filter((of) => of !== null)).toEqual([...FUNCTION_IDS]);
    expect(AGENTS.filter(({ function: of }) => of === null).map(({ kind }) => kind)).toEqual([...AGENT_KINDS]);
    expect(new Set(AGENTS.map(({ key }) => key)).size).toBe(AGENTS.length);
    for (const { key, role, permissions } of AGENTS) {
      expect(key).toMatch(/^agent:[a-z-]+$/);
      expect(role.length).toBeGreaterThan(20);
      expect(role.length).toBeLessThanOrEqual(255);
      expect(permissions.length).toBeGreaterThan(0);
    }
  });
});
