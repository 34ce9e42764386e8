import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, type Json } from '../../domain/values/json.ts';
import type { Checkpoint } from '../../ports/decision-ledger/decision-ledger.ts';

const checkpointForm = z.object({
  version: z.literal(1),
  org: z.string().min(1),
  sequence: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  publicKey: z.base64(),
  signature: z.base64(),
});

/** What is signed: everything that a checkpoint says besides its signature. */
const signedBytes = ({ signature: _signature, ...said }: Checkpoint): Buffer =>
  Buffer.from(canonicalJson(said as unknown as Json));

const keyIdOf = (publicKey: Buffer): string => createHash('sha256').update(publicKey).digest('hex').slice(0, 16);

/** PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs where a chain stands. */
export class CheckpointKey {
  readonly #private: KeyObject;
  readonly #public: Buffer;
  readonly id: string;

  private constructor(key: KeyObject) {
    this.#private = key;
    this.#public = createPublicKey(key).export({ type: 'spki', format: 'der' });
    this.id = keyIdOf(this.#public);
  }

  /** From the PEM text of a private key. @throws when it is not an Ed25519 key. */
  static fromPem(pem: string): CheckpointKey {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519')
      throw new Error(
        `the key is of kind ${key.asymmetricKeyType}: openssl genpkey -algorithm ed25519 makes the right one`,
      );
    return new CheckpointKey(key);
  }

  /** From the master key, always the same one: where nobody has set a key of its own. */
  static derivedFrom(master: Buffer): CheckpointKey {
    const seed = Buffer.from(hkdfSync('sha256', master, '', 'tandem-checkpoint-key-1', 32));
    return new CheckpointKey(createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' }));
  }

  /** SPKI in PEM form, for whoever checks signatures. */
  get publicPem(): string {
    return createPublicKey(this.#private).export({ type: 'spki', format: 'pem' }).toString();
  }

  sign(org: string, head: { readonly sequence: number; readonly hash: string }, at: string): Checkpoint {
    const { sequence, hash } = head;
    const said = {
      version: 1,
      org,
      sequence,
      hash,
      at,
      keyId: this.id,
      publicKey: this.#public.toString('base64'),
    } as const;
    const signature = sign(null, signedBytes({ ...said, signature: '' }), this.#private).toString('base64');
    return { ...said, signature };
  }
}

/** Why a checkpoint is not what its key signed; null: it is. */
export const signatureProblem = (checkpoint: Checkpoint): string | null => {
  const publicKey = Buffer.from(checkpoint.publicKey, 'base64');
  if (keyIdOf(publicKey) !== checkpoint.keyId) return 'it names another key than it carries';
  try {
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    if (verify(null, signedBytes(checkpoint), key, Buffer.from(checkpoint.signature, 'base64'))) return null;
  } catch {
    return 'its key cannot be read';
  }
  return 'its signature does not hold';
};

/** Checkpoints as text: one, an array, or one a line. @throws in words when one of them is none, or was changed. */
export const readCheckpoints = (text: string): readonly Checkpoint[] => {
  const raw = parsed(text) ?? text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parsed(line)]));
  const given = Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
  if (given.length === 0) throw new Error('there is no checkpoint in it');
  return given.map((one, index) => {
    const read = checkpointForm.safeParse(one);
    if (!read.success) throw new Error(`checkpoint ${index + 1} has not the form of one`);
    const problem = signatureProblem(read.data);
    if (problem) throw new Error(`the checkpoint of entry ${read.data.sequence} was changed: ${problem}`);
    return read.data;
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
