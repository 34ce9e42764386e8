import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { dayOf, HISTORY_DAYS, MOST_EVENTS, type RefusedEvent, WINDOW_DAYS } from '../../../domain/telemetry/event.ts';
import { eventOfRow, type FileMap } from '../../../domain/telemetry/file-map.ts';
import { judgeBatch } from '../../../domain/telemetry/read-batch.ts';
import { type FileRow, fileRows } from '../../../infrastructure/telemetry/event-file.ts';
import type { TelemetryRoom } from '../../../infrastructure/telemetry/telemetry-room.ts';
import type { TelemetrySource } from '../../../infrastructure/telemetry/telemetry-sources.ts';

export interface ImportOrder {
  readonly path: string;
  readonly source: TelemetrySource;
  readonly map: FileMap;
  /** Events of up to three years ago are taken. */
  readonly history: boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Where refused rows go, as CSV. */
  readonly refusedPath: string;
  /** Told after each batch. */
  readonly onProgress: (told: ImportedFile) => void;
}

export interface ImportedFile {
  readonly rows: number;
  readonly accepted: number;
  readonly refused: number;
}

/** SHA-256 of a file, read as a stream. */
const digestOf = async (path: string): Promise<Buffer> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest();
};

/**
 * Takes a file in by batches, as if they had been sent. Told again, nothing counts twice; history, whose raw events are
 * dropped sooner than it is forgotten that they were told, is taken from the same file once and for all.
 * @throws where the file cannot be read, or its history was taken in before.
 */
export const importFile = async (room: TelemetryRoom, order: ImportOrder): Promise<ImportedFile> => {
  const { path, source, map, history, nowMs, refusedPath, onProgress } = order;
  const digest = await digestOf(path);
  if (history) {
    if (await room.imports.isFinished(source.id, digest))
      throw new Error(`The history in ${path} was taken in before; telling it again would count it twice.`);
    await room.roller.makeHistory(dayOf(nowMs));
  }
  const partners = await room.partners.keys();
  if (partners.size === 0)
    throw new Error('No partner is known yet: start the service once, so that it learns of the org’s partners.');
  const bounds = {
    kinds: source.kinds && new Set(source.kinds),
    partners: source.partners && new Set(source.partners),
    isPartner: (key: string) => partners.has(key),
    nowMs,
    windowDays: history ? HISTORY_DAYS : WINDOW_DAYS,
  };
  const told = { rows: 0, accepted: 0, refused: 0 };
  const out = stringify({ header: true, columns: ['line', 'id', 'why', 'says'] });
  const written = pipeline(out, createWriteStream(refusedPath, { mode: 0o600 }));
  const refuse = async (rows: readonly FileRow[], refused: readonly RefusedEvent[]): Promise<void> => {
    for (const { index, id, why, says } of refused)
      if (!out.write([rows[index]?.line, id, why, says])) await Promise.race([once(out, 'drain'), written]);
  };
  const take = async (rows: readonly FileRow[]): Promise<void> => {
    const items = rows.map(({ columns }) => ({ given: eventOfRow(columns, map) }));
    const judged = judgeBatch(items, bounds);
    const stored = await room.events.store(source.id, judged.taken);
    await refuse(rows, [...judged.refused, ...stored.refused]);
    told.rows += rows.length;
    told.accepted += stored.accepted;
    told.refused += judged.refused.length + stored.refused.length;
    onProgress({ ...told });
  };
  let batch: FileRow[] = [];
  for await (const row of fileRows(path)) {
    batch.push(row);
    if (batch.length < MOST_EVENTS) continue;
    await take(batch);
    // What waits is added up on the way: a long file would else wait whole.
    await room.roller.rollAll();
    batch = [];
  }
  if (batch.length > 0) await take(batch);
  out.end();
  await written;
  await room.roller.rollAll();
  if (history) await room.imports.finished(source.id, digest, told.rows);
  return { ...told };
};
