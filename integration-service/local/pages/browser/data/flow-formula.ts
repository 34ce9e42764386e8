/** What a reference in a formula stands for. */
export type Lookup = (reference: string) => unknown;

type Token = { kind: 'text' | 'number' | 'reference' | 'name' | 'sign'; value: string };

const tokenPattern = /\s*(?:"((?:[^"]|"")*)"|\{!([\w.$]+)\}|(\d+(?:\.\d+)?)|([A-Za-z]\w*)|([&(),+]))/y;

const tokensOf = (formula: string): Token[] => {
  const tokens: Token[] = [];
  const trimmed = formula.trim();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < trimmed.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(trimmed);
    if (match === null)
      throw new Error(`The formula ${trimmed} is not understood from "${trimmed.slice(at, at + 20)}" on.`);
    const [, text, reference, number, name, sign] = match;
    if (text !== undefined) tokens.push({ kind: 'text', value: text.replaceAll('""', '"') });
    else if (reference !== undefined) tokens.push({ kind: 'reference', value: reference });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name.toUpperCase() });
    else tokens.push({ kind: 'sign', value: sign ?? '' });
  }
  return tokens;
};

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === '';

const functions: Record<string, (...values: unknown[]) => unknown> = {
  IF: (condition, then, otherwise) => (condition === true ? then : otherwise),
  ISBLANK: isBlank,
  BEGINS: (text, start) => String(text ?? '').startsWith(String(start)),
  NOT: (value) => value !== true,
  SUBSTITUTE: (text, part, other) => String(text ?? '').replaceAll(String(part), String(other)),
};

/**
 * The value of a flow formula: texts, numbers, references, `&`, and the functions above. Anything else is an error that
 * names what was not understood.
 */
export const evaluateFormula = (formula: string, lookup: Lookup): unknown => {
  const tokens = tokensOf(formula);
  let position = 0;
  const take = (): Token => {
    const token = tokens[position];
    if (token === undefined) throw new Error(`The formula ${formula} ends too early.`);
    position += 1;
    return token;
  };
  const isNext = (sign: string): boolean => tokens[position]?.kind === 'sign' && tokens[position]?.value === sign;

  const parts = (): unknown[] => {
    const values: unknown[] = [];
    while (!isNext(')')) {
      values.push(expression());
      if (isNext(',')) take();
    }
    take();
    return values;
  };
  const term = (): unknown => {
    const token = take();
    if (token.kind === 'text') return token.value;
    if (token.kind === 'number') return Number(token.value);
    if (token.kind === 'reference') return lookup(token.value);
    if (token.kind === 'sign' && token.value === '(') return parts()[0];
    if (token.kind === 'name' && isNext('(')) {
      const run = functions[token.value];
      if (run === undefined) throw new Error(`The function ${token.value} is not run by the local record pages.`);
      take();
      return run(...parts());
    }
    if (token.kind === 'name' && /^(?:TRUE|FALSE|NULL)$/.test(token.value)) {
      return token.value === 'NULL' ? null : token.value === 'TRUE';
    }
    throw new Error(`The formula ${formula} is not understood at "${token.value}".`);
  };
  const expression = (): unknown => {
    let value = term();
    while (isNext('&')) {
      take();
      const right = term();
      value = `${isBlank(value) ? '' : String(value)}${isBlank(right) ? '' : String(right)}`;
    }
    return value;
  };
  const value = expression();
  if (position < tokens.length) throw new Error(`The formula ${formula} goes on after its end.`);
  return value;
};
