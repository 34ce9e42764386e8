import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sequencer from '@jest/test-sequencer';

const serviceRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Files that take long, the longest first: each starts processes, whole worlds or browsers. */
const long = [
  'test/journeys/browser-journeys.test.ts',
  'test/journeys/told-to-stop.test.ts',
  'test/journeys/chaos.test.ts',
  'test/journeys/kill-anywhere.test.ts',
  'test/journeys/browser-namespace.test.ts',
  'test/journeys/postgres-crash.test.ts',
  'test/journeys/restored-database.test.ts',
  'test/journeys/partner-errors.test.ts',
];

/**
 * Begins with the files that take longest, so that no core is idle while another still works on one of them. Jest's own
 * order goes by what earlier runs took, which a fresh clone does not know, and else by the size of the file.
 */
export default class LongestFirst extends Sequencer {
  /** @param {Parameters<Sequencer['sort']>[0]} tests */
  sort(tests) {
    const place = ({ path }) => {
      const found = long.indexOf(relative(serviceRoot, path).replaceAll('\\', '/'));
      return found < 0 ? long.length : found;
    };
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
}
