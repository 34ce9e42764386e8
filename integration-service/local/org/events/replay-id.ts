import { createHmac } from 'node:crypto';

/** A place in the stream: after event `index` of transaction `commitNumber`. */
export interface Position {
  readonly commitNumber: number;
  /** Place of the record among the transaction's changes; {@link END_OF_TRANSACTION} for "all of it". */
  readonly index: number;
}

const INDEX_BITS = 20n;
const SEAL_BITS = 10n;
/** Largest index: the position of a keepalive, which stands behind a whole transaction. */
export const END_OF_TRANSACTION = (1 << Number(INDEX_BITS)) - 1;

const seal = (orgId: string, place: bigint): bigint =>
  createHmac('sha256', orgId).update(place.toString()).digest().readBigUInt64BE() & ((1n << SEAL_BITS) - 1n);

/**
 * Eight opaque bytes that grow along the stream but are neither contiguous nor computable: the low bits are a seal of
 * this org, so an id that somebody calculated, or that comes from another org, is found out.
 */
export const toReplayId = (orgId: string, position: Position): Buffer => {
  const place = (BigInt(position.commitNumber) << INDEX_BITS) | BigInt(Math.min(position.index, END_OF_TRANSACTION));
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE((place << SEAL_BITS) | seal(orgId, place));
  return bytes;
};

/** The position behind a replay id of this org; undefined when the bytes are not one. */
export const fromReplayId = (orgId: string, bytes: Uint8Array): Position | undefined => {
  if (bytes.length !== 8) return undefined;
  const value = Buffer.from(bytes).readBigUInt64BE();
  const place = value >> SEAL_BITS;
  if ((value & ((1n << SEAL_BITS) - 1n)) !== seal(orgId, place)) return undefined;
  return { commitNumber: Number(place >> INDEX_BITS), index: Number(place & ((1n << INDEX_BITS) - 1n)) };
};
