import { expect, test } from '@jest/globals';
import { commands } from './index.ts';

test('every command is listed by the words that call it, and once', async () => {
  const loaded = await Promise.all(commands.map(([, load]) => load()));
  expect(commands.map(([words]) => words)).toEqual(loaded.map(({ words }) => words));
  expect(new Set(loaded.map(({ words }) => words)).size).toBe(commands.length);
});
