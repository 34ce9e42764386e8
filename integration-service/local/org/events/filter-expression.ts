/** A value as an event carries it: dates as `YYYY-MM-DD`, times as ISO 8601, a missing or empty field as null. */
export type EventValue = string | number | boolean | null;

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type FilterNode =
  | { readonly kind: 'compare'; readonly field: string; readonly operator: Comparison; readonly value: EventValue }
  | { readonly kind: 'like'; readonly field: string; readonly pattern: string }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly EventValue[]; readonly negated: boolean }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly FilterNode[] };

/** A filter of a channel member, parsed. */
export interface Filter {
  readonly text: string;
  /** Every field named, as written: record fields, or `ChangeEventHeader.<scalar>`. */
  readonly fields: readonly string[];
  matches(read: (field: string) => EventValue): boolean;
}

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'date' | 'symbol';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s*(?:(?<string>'(?:[^'\\]|\\.)*')|(?<date>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w.]*)|(?<symbol><=|>=|!=|<>|[=<>(),]))/y;

const tokens = (text: string): Token[] => {
  const found: Token[] = [];
  const scan = new RegExp(TOKEN);
  while (text.slice(scan.lastIndex).trim() !== '') {
    const at = scan.lastIndex;
    const match = scan.exec(text);
    if (!match?.groups) throw new Error(`Filter "${text}": cannot read "${text.slice(at).trim()}"`);
    const [kind, value] = Object.entries(match.groups).find(([, group]) => group !== undefined) ?? ['symbol', ''];
    found.push({ kind: kind as Token['kind'], text: value ?? '', at });
  }
  return found;
};

/** Recursive descent over the grammar SOQL's WHERE clause shares with channel filters. */
class Parser {
  readonly fields: string[] = [];
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokens(text);
  }

  parse(): FilterNode {
    const node = this.combination();
    if (this.next < this.tokens.length) this.fail(`"${this.tokens[this.next]?.text}" was not expected`);
    return node;
  }

  private fail(problem: string): never {
    throw new Error(`Filter "${this.text}": ${problem}`);
  }

  private take(): Token {
    const token = this.tokens[this.next++];
    return token ?? this.fail('ends too early');
  }

  private keyword(word: string): boolean {
    const token = this.tokens[this.next];
    if (token?.kind !== 'word' || token.text.toUpperCase() !== word) return false;
    this.next += 1;
    return true;
  }

  private symbol(text: string): boolean {
    if (this.tokens[this.next]?.kind !== 'symbol' || this.tokens[this.next]?.text !== text) return false;
    this.next += 1;
    return true;
  }

  private combination(): FilterNode {
    const nodes = [this.term()];
    let kind: 'and' | 'or' | undefined;
    for (;;) {
      const found = this.keyword('AND') ? 'and' : this.keyword('OR') ? 'or' : undefined;
      if (!found) break;
      if (kind && kind !== found) this.fail('AND and OR need brackets around one of them');
      kind = found;
      nodes.push(this.term());
    }
    return kind ? { kind, nodes } : (nodes[0] ?? this.fail('is empty'));
  }

  private term(): FilterNode {
    if (this.keyword('NOT')) return { kind: 'not', node: this.term() };
    if (!this.symbol('(')) return this.condition();
    const node = this.combination();
    if (!this.symbol(')')) this.fail('a closing bracket is missing');
    return node;
  }

  private condition(): FilterNode {
    const name = this.take();
    if (name.kind !== 'word') this.fail(`"${name.text}" stands where a field belongs`);
    this.fields.push(name.text);
    const field = name.text;
    if (this.keyword('LIKE')) {
      const pattern = this.value();
      return typeof pattern === 'string' ? { kind: 'like', field, pattern } : this.fail('LIKE needs a text');
    }
    const negated = this.keyword('NOT');
    if (this.keyword('IN')) return { kind: 'in', field, negated, values: this.list() };
    const operator = this.take();
    if (negated || operator.kind !== 'symbol' || !/^(=|!=|<>|<=?|>=?)$/.test(operator.text))
      this.fail(`"${operator.text}" is not an operator of a channel filter`);
    return {
      kind: 'compare',
      field,
      operator: operator.text === '<>' ? '!=' : (operator.text as Comparison),
      value: this.value(),
    };
  }

  private list(): EventValue[] {
    if (!this.symbol('(')) this.fail('IN needs a list in brackets');
    const values = [this.value()];
    while (this.symbol(',')) values.push(this.value());
    if (!this.symbol(')')) this.fail('a closing bracket is missing');
    return values;
  }

  private value(): EventValue {
    const token = this.take();
    if (token.kind === 'string') return token.text.slice(1, -1).replace(/\\(.)/g, '$1');
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'date') return token.text;
    const word = token.text.toLowerCase();
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    return this.fail(`"${token.text}" is not a value; texts stand in single quotes`);
  }
}

const TIME = /^\d{4}-\d\d-\d\d(T|$)/;

/** Texts compare without case, as everywhere in the org; times by the moment they name. */
const comparable = (value: EventValue): string | number | null => {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return value;
  return TIME.test(value) && !Number.isNaN(Date.parse(value)) ? Date.parse(value) : value.toLowerCase();
};

const compare = (actual: EventValue, operator: Comparison, wanted: EventValue): boolean => {
  const [left, right] = [comparable(actual), comparable(wanted)];
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (left === null || right === null || typeof left !== typeof right) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
};

const likeExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    'is',
  );

const evaluate = (node: FilterNode, read: (field: string) => EventValue): boolean => {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((inner) => evaluate(inner, read));
    case 'or':
      return node.nodes.some((inner) => evaluate(inner, read));
    case 'not':
      return !evaluate(node.node, read);
    case 'like': {
      const actual = read(node.field);
      return typeof actual === 'string' && likeExpression(node.pattern).test(actual);
    }
    case 'in':
      return node.values.some((value) => compare(read(node.field), '=', value)) !== node.negated;
    case 'compare':
      return compare(read(node.field), node.operator, node.value);
  }
};

/**
 * Reads the `filterExpression` of a channel member. Throws with the expression and the place when it cannot be read.
 * A field that an event does not carry reads as null, so a filter on an unchanged, not enriched field does not match.
 */
export const parseFilter = (text: string): Filter => {
  const parser = new Parser(text);
  const root = parser.parse();
  return { text, fields: [...new Set(parser.fields)], matches: (read) => evaluate(root, read) };
};
