import type { Json } from '../../domain/values/json.ts';
import type { Checkpoint, LedgerEntryInput, VerifiedChain } from '../../ports/decision-ledger/decision-ledger.ts';
import { EditedJson } from './edited-json.ts';
import { chainHash, commitmentOf, entryDigest, type PersonalPart } from './ledger-sealer.ts';
import { outerFirst } from './sealed-values.ts';

/** One entry as it is found, in a database or in a file. */
export interface FoundEntry {
  readonly sequence: number;
  readonly heading: Pick<LedgerEntryInput, 'kind' | 'decision' | 'at' | 'actor' | 'partnerOfRecord'>;
  /** The body's text as it was hashed. */
  readonly body: string;
  /** Hashes of what the body shares with other entries. */
  readonly contents: readonly string[];
  /** As it was written beside the entry; null where only the hash was kept. */
  readonly digest: Buffer | null;
  readonly hash: Buffer;
  /** The personal values that can still be opened; a text: why they cannot be although nobody was erased. */
  readonly values: readonly PersonalPart[] | string;
}

/** Walks a chain entry by entry and keeps nothing but where it stands. */
export class ChainVerifier {
  readonly #org: string;
  readonly #checkpoints: readonly Checkpoint[];
  #before: Buffer = Buffer.alloc(0);
  #sequence = 0;
  #met: Checkpoint | null = null;
  #next = 0;
  #bad: VerifiedChain['firstBad'] = null;

  /** Checkpoints whose signatures hold; they may come in any order. `start`: an entry that is known to hold. */
  constructor(
    org: string,
    checkpoints: readonly Checkpoint[] = [],
    start?: { readonly sequence: number; readonly hash: string },
  ) {
    this.#org = org;
    this.#checkpoints = checkpoints
      .filter((one) => one.org === org)
      .sort((left, right) => left.sequence - right.sequence);
    if (!start) return;
    this.#sequence = start.sequence;
    this.#before = Buffer.from(start.hash, 'hex');
  }

  /** False when the entry does not hold: then nothing after it can be told. */
  holds(entry: FoundEntry, isKept: (content: string) => boolean): boolean {
    const why = this.#problemOf(entry, isKept);
    if (why !== null) return this.#stop(why);
    const hash = entry.hash.toString('hex');
    for (let due = this.#due(); due?.sequence === entry.sequence; due = this.#due()) {
      if (due.hash !== hash) {
        const since = this.#met
          ? `after entry ${this.#met.sequence}, where the checkpoint before it holds`
          : 'from the first entry on';
        return this.#stop(
          `the checkpoint of ${due.at} says another hash of it: the chain was written anew somewhere ${since}, and up to here`,
        );
      }
      this.#met = due;
      this.#next += 1;
    }
    this.#before = entry.hash;
    this.#sequence = entry.sequence;
    return true;
  }

  /** What came of it, when there are no more entries; `head` is what the database or the file says of its end. */
  end(head: { readonly sequence: number; readonly hash: Buffer } | null): VerifiedChain {
    const due = this.#due();
    if (this.#bad === null && due)
      this.#stop(`the checkpoint of ${due.at} says ${due.sequence} entries, ${this.#sequence} are there`);
    if (this.#bad === null && head && (head.sequence !== this.#sequence || !head.hash.equals(this.#before)))
      this.#stop(`the head says ${head.sequence} entries, ${this.#sequence} are there`);
    const met = this.#met;
    return {
      entries: this.#sequence,
      firstBad: this.#bad,
      ...(this.#checkpoints.length > 0
        ? { checkpoint: met && { sequence: met.sequence, at: met.at, entriesSince: this.#sequence - met.sequence } }
        : {}),
    };
  }

  /** The last entry that holds. */
  get stand(): { readonly sequence: number; readonly hash: string } {
    return { sequence: this.#sequence, hash: this.#before.toString('hex') };
  }

  #due(): Checkpoint | undefined {
    return this.#checkpoints[this.#next];
  }

  #stop(why: string): false {
    this.#bad = { sequence: this.#sequence + 1, why };
    return false;
  }

  #problemOf(entry: FoundEntry, isKept: (content: string) => boolean): string | null {
    const { sequence, heading, body, contents, digest, hash } = entry;
    if (sequence !== this.#sequence + 1) return `entry ${this.#sequence + 1} is missing: the next one is ${sequence}`;
    const own = entryDigest({ ...heading, org: this.#org }, body, contents);
    if (digest !== null && !own.equals(digest)) return 'its content is not what was written';
    if (!chainHash(this.#before, sequence, own).equals(hash))
      return digest === null
        ? 'its content is not what was written, or it does not follow the entry before it'
        : 'it does not follow the entry before it';
    const wrong = wrongValue(body, entry.values);
    if (wrong !== null) return wrong;
    const lost = contents.find((one) => !isKept(one));
    return lost === undefined
      ? null
      : `what it shares with other entries (${lost.slice(0, 12)}…) is missing or was changed`;
  }
}

/** A value that can still be opened must be the one that the chain committed to; one of an erased person cannot be asked. */
const wrongValue = (text: string, values: readonly PersonalPart[] | string): string | null => {
  if (typeof values === 'string') return values;
  if (values.length === 0) return null;
  const body = new EditedJson(JSON.parse(text) as Json);
  for (const { path, salt, value } of outerFirst(values)) {
    const said = body.at(path);
    // What is around it is of somebody erased, and with it what the chain says of this one.
    if (said === undefined && isWithinCommitment(body, path)) continue;
    const { commitment } = Object(said) as { commitment?: unknown };
    if (commitment !== commitmentOf(Buffer.from(salt, 'hex'), value))
      return `the personal value ${path} is not the one committed to`;
    body.put(path, value);
  }
  return null;
};

const isWithinCommitment = (body: EditedJson, path: string): boolean => {
  const steps = path.split('.');
  return steps.some((_step, index) => {
    const { commitment } = Object(body.at(steps.slice(0, index).join('.'))) as { commitment?: unknown };
    return index > 0 && typeof commitment === 'string';
  });
};
