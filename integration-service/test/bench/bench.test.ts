import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Figure, figureLine, median } from '../../bench/figure.ts';

const main = join(import.meta.dirname, '..', '..', 'bench', 'main.ts');

/** The bench as `npm run bench` runs it, told apart from every other process by a mark in its environment. */
const start = (...words: readonly string[]) => {
  const mark = `BENCH_MARK=${randomUUID()}`;
  const [name = '', value = ''] = mark.split('=');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
    env: { ...process.env, [name]: value, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return { child, mark, said: () => said };
};

/** Processes that inherited the mark. */
const marked = (mark: string): readonly string[] =>
  readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await delay(50);
};

describe('a figure', () => {
  const figure: Figure = { name: 'f', value: 3, unit: 'ms', baseline: 'theirs', baselineValue: 2 };

  test('is one line with its ratio, and none where there is no rival', () => {
    expect(JSON.parse(figureLine(figure))).toMatchObject({ name: 'f', value: 3, baselineValue: 2, ratio: 1.5 });
    expect(JSON.parse(figureLine({ ...figure, baselineValue: null }))).toMatchObject({ ratio: null });
  });

  test('of several is the middle one', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });
});

describe('the bench', () => {
  test('says which figures there are when a word names none', async () => {
    const { child, said } = start('no-such-figure');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(said()).toMatch(/No figure's name holds "no-such-figure"\. There are: click-to-filed, /);
  });

  const listsProcesses = existsSync('/proc/self/environ');
  (listsProcesses ? test : test.skip)(
    `interrupted, leaves no process behind${listsProcesses ? '' : ' (skipped: this system does not list environments in /proc)'}`,
    async () => {
      const { child, mark } = start('click-to-filed');
      await until(() => marked(mark).length > 3);
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(130);
      await until(() => marked(mark).length === 0);
    },
  );
});
