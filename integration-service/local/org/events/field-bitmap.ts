/**
 * Change event headers name fields by their place in the Avro schema: a number whose bit n stands for field n, written
 * as upper-case hex with a leading `0x`. The fields inside a compound one follow as `<place of the compound>-<bits>`
 * (developer.salesforce.com/docs/platform/pub-sub-api/guide/event-deserialization-considerations).
 */
export interface FieldOrder {
  /** Top-level fields in schema order, the header first. */
  readonly fields: readonly string[];
  /** Fields inside each compound field, in schema order, by the compound's name. */
  readonly compounds: ReadonlyMap<string, readonly string[]>;
}

const hex = (places: readonly number[]): string =>
  `0x${places
    .reduce((bits, place) => bits | (1n << BigInt(place)), 0n)
    .toString(16)
    .toUpperCase()}`;

const places = (names: readonly string[], order: readonly string[]): number[] => {
  const wanted = new Set(names);
  return order.flatMap((name, place) => (wanted.has(name) ? [place] : []));
};

/**
 * Bitmaps of the given names. A field of a compound is written `Compound.Field`; names that are not in the order are
 * left out, as an org leaves out fields that its events do not carry. No names: an empty list.
 */
export const toBitmaps = (names: readonly string[], order: FieldOrder): string[] => {
  const top = places(names, order.fields);
  const nested = order.fields.flatMap((compound, place) => {
    const prefix = `${compound}.`;
    const inside = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    const bits = places(inside, order.compounds.get(compound) ?? []);
    return bits.length > 0 ? [`${place}-${hex(bits)}`] : [];
  });
  return [...(top.length > 0 ? [hex(top)] : []), ...nested];
};

/** The names behind bitmaps made by {@link toBitmaps}; throws on anything that is not such a bitmap. */
export const fromBitmaps = (bitmaps: readonly string[], order: FieldOrder): string[] =>
  bitmaps.flatMap((bitmap) => {
    const match = /^(?:(\d+)-)?(0x[0-9A-Fa-f]+)$/.exec(bitmap);
    if (!match) throw new Error(`"${bitmap}" is not a field bitmap: expected hex such as 0x1A or 4-0x3`);
    const compound = match[1] === undefined ? undefined : order.fields[Number(match[1])];
    const names = compound === undefined ? order.fields : (order.compounds.get(compound) ?? []);
    const bits = BigInt(match[2] ?? '0x0');
    return names
      .filter((_, place) => (bits >> BigInt(place)) & 1n)
      .map((name) => (compound === undefined ? name : `${compound}.${name}`));
  });
