import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingError } from './world-settings.ts';

const fileOf = (dataDir: string): string => join(dataDir, 'world.pid');

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive too.
    return Object(error).code === 'EPERM';
  }
};

const refuse = (dataDir: string, pid: number): never => {
  throw new SettingError(
    `${dataDir} is in use by process ${pid}: end that one first (Ctrl-C where it runs), or take another folder with --data. If it is no world of ours, delete ${fileOf(dataDir)}.`,
  );
};

const holder = (dataDir: string): number | null => {
  const file = fileOf(dataDir);
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : null;
};

/** Makes a data folder this process's own until `release`; what a process that has died left behind does not count. */
export const lockWorld = (dataDir: string): { release(): void } => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const pid = holder(dataDir);
  if (pid !== null) refuse(dataDir, pid);
  const file = fileOf(dataDir);
  rmSync(file, { force: true });
  // Two that start at the same moment: one of them finds the file there.
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch {
    refuse(dataDir, holder(dataDir) ?? 0);
  }
  return { release: () => rmSync(file, { force: true }) };
};

/** Throws when a process uses the data folder, or one of a namespace inside it. */
export const refuseUsedWorld = (dataDir: string): void => {
  const inside = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('namespace-')) : [];
  for (const folder of [dataDir, ...inside.map((name) => join(dataDir, name))]) {
    const pid = holder(folder);
    if (pid !== null) refuse(folder, pid);
  }
};
