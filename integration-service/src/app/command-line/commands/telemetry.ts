import { readFileSync } from 'node:fs';
import { EVENT_KIND_NAMES, isEventKind } from '../../../domain/telemetry/event-kinds.ts';
import { fileMap } from '../../../domain/telemetry/file-map.ts';
import { masterKeyFrom } from '../../../infrastructure/ledger/subject-keys.ts';
import { openTelemetryRoom, type TelemetryRoom } from '../../../infrastructure/telemetry/telemetry-room.ts';
import { importFile } from '../../intelligence/telemetry/import-file.ts';
import type { Config } from '../../config.ts';
import { type Command, say } from '../command.ts';
import { withDatabases } from '../with-databases.ts';

/** Runs work on the telemetry of one org: the one named, or the only one there is. */
const withTelemetry = async (
  config: Config,
  org: string | undefined,
  work: (room: TelemetryRoom) => Promise<boolean>,
): Promise<boolean> => {
  let orgs = 0;
  return withDatabases(config, org, (database) => {
    if ((orgs += 1) > 1) throw new Error('There are several orgs: say which, --org 00D….');
    return work(openTelemetryRoom(database, masterKeyFrom(config.masterKey)));
  });
};

const listOf = (text: string | undefined): readonly string[] | null =>
  text === undefined
    ? null
    : text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');

export const telemetrySourceAddCommand: Command = {
  words: 'telemetry source add',
  usage: 'telemetry source add NAME',
  help: [
    'lets a system tell telemetry, and prints its token, this once; --kinds and --partners A,B bound',
    'what it may tell of; --partner KEY: it is that partner’s own, and may read the partner’s insights',
  ],
  options: { kinds: 'text', partners: 'text', partner: 'text' },
  run({ config, rest, text }) {
    const [name] = rest;
    if (name === undefined) throw new Error('Say what it is called: tandem telemetry source add NAME.');
    const kinds = listOf(text('kinds'));
    const stray = kinds?.find((kind) => !isEventKind(kind));
    if (stray !== undefined) throw new Error(`There is no kind "${stray}"; there are: ${EVENT_KIND_NAMES.join(', ')}.`);
    const partner = text('partner') ?? null;
    if (partner !== null && text('partners') !== undefined)
      throw new Error('A partner’s own source tells of that partner alone: give --partner or --partners, not both.');
    return withTelemetry(config, text('org'), async ({ sources }) => {
      const token = await sources.add({ name, kinds, partners: listOf(text('partners')), partner });
      say(`${name} may tell telemetry. Its token, which is not shown again:\n${token}`);
      return true;
    });
  },
};

export const telemetrySourceListCommand: Command = {
  words: 'telemetry source list',
  usage: 'telemetry source list',
  help: ['who may tell telemetry, and of what'],
  run: ({ config, text }) =>
    withTelemetry(config, text('org'), async ({ sources }) => {
      for (const { name, kinds, partners, partner } of await sources.list())
        say(
          `${name}: ${kinds?.join(', ') ?? 'every kind'}; ${partners?.join(', ') ?? 'every partner'}${partner === null ? '' : '; the partner’s own'}`,
        );
      return true;
    }),
};

export const telemetrySourceRemoveCommand: Command = {
  words: 'telemetry source remove',
  usage: 'telemetry source remove NAME',
  help: ['its token counts no more at once; what it told stays'],
  run({ config, rest, text }) {
    const [name] = rest;
    if (name === undefined) throw new Error('Say which: tandem telemetry source remove NAME.');
    return withTelemetry(config, text('org'), async ({ sources }) => {
      const there = await sources.remove(name);
      say(there ? `${name} may tell nothing any more.` : `There is no source "${name}".`);
      return there;
    });
  },
};

export const telemetryImportCommand: Command = {
  words: 'telemetry import',
  usage: 'telemetry import FILE --source NAME',
  help: [
    'takes in a CSV or Parquet file as if the source had sent it; --map FILE names its columns,',
    '--history takes events of up to three years; refused rows go to FILE.refused.csv with why',
  ],
  options: { source: 'text', map: 'text', history: 'flag' },
  run({ config, rest, text, flag }) {
    const [path] = rest;
    const name = text('source');
    if (path === undefined || name === undefined)
      throw new Error('Say what and whose: tandem telemetry import FILE --source NAME.');
    const mapPath = text('map');
    const map = fileMap.safeParse(mapPath === undefined ? {} : JSON.parse(readFileSync(mapPath, 'utf8')));
    if (!map.success) {
      const [issue] = map.error.issues;
      throw new Error(`${mapPath ?? ''}: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`);
    }
    const refusedPath = `${path}.refused.csv`;
    return withTelemetry(config, text('org'), async (room) => {
      const source = (await room.sources.list()).find((one) => one.name === name);
      if (!source) throw new Error(`There is no source "${name}": tandem telemetry source add ${name}.`);
      let next = 100_000;
      const { rows, accepted, refused } = await importFile(room, {
        path,
        source,
        map: map.data,
        history: flag('history'),
        nowMs: Date.now(),
        refusedPath,
        onProgress: (told) => {
          if (told.rows < next) return;
          next += 100_000;
          say(`${told.rows} rows …`);
        },
      });
      say(
        `${rows} rows: ${accepted} events are kept and added up, ${refused} were refused${refused > 0 ? ` (${refusedPath})` : ''}.`,
      );
      return true;
    });
  },
};
