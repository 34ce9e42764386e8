import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startProcess } from '../services/processes.ts';
import { forgetWorld } from './world.ts';
import { lockWorld } from './world-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder in use is neither started on nor forgotten, with the process told; a dead one’s is', async () => {
  const other = startProcess(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
  const inside = join(folder, 'namespace-acme');
  mkdirSync(inside);
  writeFileSync(join(inside, 'world.pid'), String(other.child.pid));
  expect(() => lockWorld(inside)).toThrow(`is in use by process ${other.child.pid ?? 0}: end that one first`);
  expect(() => forgetWorld(folder)).toThrow(`is in use by process ${other.child.pid ?? 0}`);
  expect(existsSync(inside)).toBe(true);
  other.child.kill('SIGKILL');
  await other.exited;
  lockWorld(inside).release();
  expect(existsSync(join(inside, 'world.pid'))).toBe(false);
  forgetWorld(folder);
  expect(existsSync(folder)).toBe(false);
});
