import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Where this machine's Chromium is, installed first where that is allowed without asking (apt as root).
 * Undefined where there is none: the browser journeys then fail with a sentence that says what to install.
 */
export const findOrInstallChromium = (say: (line: string) => void): string | undefined => {
  const find = (): string | undefined => places.find((place) => place !== '' && existsSync(place));
  const found = find();
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  say('installing chromium with apt-get (about half a minute) …');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = (): number | null =>
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env: environment,
    }).status;
  if (install() !== 0) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
    install();
  }
  return find();
};
