/**
 * A SOQL string literal. Backslash first: escaping quotes alone lets the value `x\` end the literal one character late
 * and take the rest of the query with it (jsforce's own `find()` does).
 */
export const literal = (value: string): string =>
  `'${value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')}'`;

/** The inside of `IN (…)`. An empty list matches nothing, which SOQL has no word for: the caller must not ask. */
export const literals = (values: readonly string[]): string => {
  if (values.length === 0) throw new Error('IN () is not SOQL: do not query for none of them');
  return values.map(literal).join(', ');
};

/** Names cannot be quoted in SOQL, so what is not a name or a path of names is refused. */
export const fieldPath = (path: string): string => {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*){0,5}$/.test(path))
    throw new Error(`"${path}" is not a field: letters, digits and underscores, at most five relationships deep`);
  return path;
};

/** An instant, which SOQL writes without quotes. */
export const instantLiteral = (instant: string): string => new Date(instant).toISOString();

/** 15- and 18-character ids. An id that is not one is refused before it is sent. */
export const idLiteral = (id: string): string => {
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(id)) throw new Error(`"${id}" is not a record id`);
  return `'${id}'`;
};
