/** Plain data, as it is written to the ledger or frozen into a request. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/**
 * One text for one value: keys sorted by code unit, no spaces, `undefined` members left out. The same value gives the
 * same bytes on every machine, which is what hashes, frozen requests and replay need (after RFC 8785).
 */
export const canonicalJson = (value: Json): string => {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new Error(`canonical JSON has no form for the number ${value}`);
    const text: string | undefined = JSON.stringify(value);
    // A type may have been asserted somewhere: what is not JSON is refused, never left out of a hash.
    if (text === undefined) throw new Error(`canonical JSON has no form for ${typeof value}`);
    return text;
  }
  // Text is put together as it comes: a decision's facts are tens of kilobytes, written down more than once.
  let text = '';
  if (isArray(value)) {
    for (const member of value) text += text === '' ? canonicalJson(member) : `,${canonicalJson(member)}`;
    return `[${text}]`;
  }
  // Without a function of its own `sort` orders by UTF-16 code units, as RFC 8785 wants.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
};

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
