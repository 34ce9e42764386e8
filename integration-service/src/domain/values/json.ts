/** Plain data, as it is written to the ledger or frozen into a request. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/**
 * One text for one value: keys sorted by code unit, no spaces, `undefined` members left out. The same value gives the
 * same bytes on every machine, which is what hashes, frozen requests and replay need (after RFC 8785).
 */
export const canonicalJson = (value: Json): string => {
  // The engine's own writer is many times faster than ours, once the members stand in the order wanted. It moves keys
  // that look like array indices to the front, so what has such keys is spelled out here.
  const seen = { awkward: false };
  const ordered = inOrder(value, seen);
  return seen.awkward ? spelled(value) : JSON.stringify(ordered);
};

/** The same value with the members of every object in order. @throws for what is not JSON: never left out of a hash. */
const inOrder = (value: Json, seen: { awkward: boolean }): Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`canonical JSON has no form for the number ${value}`);
    return value;
  }
  if (typeof value !== 'object') throw new Error(`canonical JSON has no form for ${typeof value}`);
  if (isArray(value)) return value.map((member) => inOrder(member, seen));
  const ordered: Record<string, Json> = {};
  // Without a function of its own `sort` orders by UTF-16 code units, as RFC 8785 wants.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    const first = key.charCodeAt(0);
    if ((first >= 48 && first <= 57) || key === '__proto__') seen.awkward = true;
    ordered[key] = inOrder(member, seen);
  }
  return ordered;
};

const spelled = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  if (isArray(value)) {
    for (const member of value) text += text === '' ? spelled(member) : `,${spelled(member)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${spelled(member)}`;
  }
  return `{${text}}`;
};

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
