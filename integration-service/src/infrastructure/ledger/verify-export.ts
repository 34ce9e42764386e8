import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../domain/values/json.ts';
import type { Checkpoint, LedgerKind, VerifiedChain } from '../../ports/decision-ledger/decision-ledger.ts';
import { ChainVerifier } from './chain-verifier.ts';
import { readCheckpoints } from './checkpoints.ts';

const heading = z.object({
  kind: z.literal('tandem-ledger'),
  version: z.literal(1),
  org: z.string(),
  at: z.string(),
  entries: z.int().nonnegative(),
  personal: z.boolean(),
  keyId: z.string(),
});

const line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('content'), hash: z.string(), body: z.string() }),
  z.object({
    kind: z.literal('entry'),
    sequence: z.int().positive(),
    entry: z.object({
      kind: z.string(),
      decision: z.string(),
      at: z.string(),
      actor: z.string(),
      partnerOfRecord: z.string(),
    }),
    body: z.string(),
    contents: z.array(z.string()),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    values: z.array(z.object({ path: z.string(), salt: z.string(), value: z.unknown() })).optional(),
  }),
  z.object({ kind: z.literal('end'), checkpoint: z.unknown() }),
]);

export type VerifiedExport = VerifiedChain & { readonly org: string; readonly keyId: string };

/**
 * Walks an exported ledger line by line, with no database and no settings. Checkpoints of others say whether it is the
 * ledger of then; the one at its end only that it was exported whole. @throws in words when it is no export.
 */
export const verifyExport = async (
  lines: AsyncIterable<string>,
  checkpoints: readonly Checkpoint[],
): Promise<VerifiedExport> => {
  let head: z.infer<typeof heading> | null = null;
  let verifier = new ChainVerifier('');
  let ended = false;
  const kept = new Set<string>();
  const result = (bad: string | null): VerifiedExport => {
    const walked = verifier.end(null);
    const firstBad = walked.firstBad ?? (bad === null ? null : { sequence: walked.entries + 1, why: bad });
    return { ...walked, firstBad, org: head?.org ?? '', keyId: head?.keyId ?? '' };
  };
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const raw = parsed(text);
    if (head === null) {
      const read = heading.safeParse(raw);
      if (!read.success) throw new Error('The file does not begin as the export of a ledger.');
      head = read.data;
      const { org, at, entries } = head;
      if (checkpoints.length > 0 && !checkpoints.some((one) => one.org === org))
        throw new Error(`The checkpoints are of ${checkpoints[0]?.org}, the ledger is of ${org}.`);
      // What was signed after the export covers entries that are not in it.
      const covered = checkpoints.filter((one) => one.at <= at || one.sequence <= entries);
      verifier = new ChainVerifier(org, covered);
      continue;
    }
    const read = line.safeParse(raw);
    if (!read.success || ended) return result('a line of the file cannot be read');
    const one = read.data;
    if (one.kind === 'content') {
      if (hash('sha256', one.body, 'hex') === one.hash) kept.add(one.hash);
    } else if (one.kind === 'end') {
      ended = true;
      const problem = endProblem(one.checkpoint, head, verifier);
      if (problem) return result(problem);
    } else {
      const { kind, ...others } = one.entry;
      const entry = {
        sequence: one.sequence,
        heading: { ...others, kind: kind as LedgerKind },
        body: one.body,
        contents: one.contents,
        digest: null,
        hash: Buffer.from(one.hash, 'hex'),
        values: (one.values ?? []).map((part) => ({ ...part, value: part.value as Json })),
      };
      if (!verifier.holds(entry, (content) => kept.has(content))) return result(null);
    }
  }
  if (head === null) throw new Error('The file does not begin as the export of a ledger.');
  return result(ended ? null : `the file ends before its end: ${head.entries} entries were exported`);
};

/** The checkpoint at the end of an export must be of the entry before it. */
const endProblem = (said: unknown, { org, at }: z.infer<typeof heading>, verifier: ChainVerifier): string | null => {
  try {
    const [checkpoint] = readCheckpoints(JSON.stringify(said));
    const { sequence, hash: last } = verifier.stand;
    return checkpoint?.org === org &&
      checkpoint.at === at &&
      checkpoint.sequence === sequence &&
      checkpoint.hash === last
      ? null
      : `the export says ${checkpoint?.sequence} entries at its end, ${sequence} are there`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
