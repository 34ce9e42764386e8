import formulon, { type FormulaNode } from 'formulon';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import type { FieldValue, Row } from './engine.ts';
import { OrgError } from './errors.ts';

/** What a formula may look at besides the record's own fields. */
export interface FormulaContext {
  /** The record before the save, absent while it is being created. */
  readonly before: Row | null;
  /** Values of `$User.…`, `$Profile.…`, `$Organization.…`, `$UserRole.…`. */
  readonly globals: Readonly<Record<string, FieldValue>>;
  /** Names of custom permissions that the user holds, for `$Permission.…`. */
  readonly permissions: ReadonlySet<string>;
  /** Values behind parent paths such as `Partner__r.Active__c`, with the parent's field. */
  readonly parents: ReadonlyMap<string, { readonly field: FieldSchema; readonly value: FieldValue }>;
}

interface Literal {
  readonly type: 'literal';
  readonly dataType: string;
  readonly value: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

const literal = (dataType: string, value: unknown, options: Record<string, unknown> = {}): Literal => ({
  type: 'literal',
  dataType,
  value,
  options,
});

const NULL = literal('null', null);
/** Stands for any value where only blankness is asked. */
const SOMETHING = literal('text', 'x', { length: 1 });

/** A formula made ready once: parsing one costs more than all the rest of a save. */
interface Prepared {
  readonly text: string;
  readonly calls: ReadonlyMap<string, RecordFunction>;
  readonly identifiers: readonly string[];
  /** Identifiers of which the formula only asks whether they are blank. */
  readonly blankOnly: ReadonlySet<string>;
  /** The same values give the same result: no function of the clock is in it. */
  readonly steady: boolean;
  readonly results: Map<string, FieldValue>;
}

const preparedFormulas = new Map<string, Prepared>();

/** Results kept per formula; a formula that sees more combinations of values starts over. */
const MAX_RESULTS = 1000;

const prepare = (formula: string): Prepared => {
  const known = preparedFormulas.get(formula);
  if (known !== undefined) return known;
  const { text, calls } = withoutRecordFunctions(formula);
  const identifiers = formulon.extract(text);
  const asked = new Map<string, boolean>();
  noteUses(formulon.ast(text), false, asked);
  const prepared: Prepared = {
    text,
    calls,
    identifiers,
    blankOnly: new Set(identifiers.filter((identifier) => asked.get(identifier) === true)),
    steady: !/\b(TODAY|NOW|TIMENOW)\b/i.test(text),
    results: new Map(),
  };
  preparedFormulas.set(formula, prepared);
  return prepared;
};

/** Notes for each identifier whether every use of it is the argument of ISBLANK. */
const noteUses = (node: FormulaNode, insideIsBlank: boolean, uses: Map<string, boolean>): void => {
  if (node.type === 'identifier' && node.name !== undefined)
    uses.set(node.name, insideIsBlank && uses.get(node.name) !== false);
  for (const argument of node.arguments ?? []) noteUses(argument, node.id === 'isblank', uses);
};

/** Parent paths of a formula, such as `Partner__r.Active__c`. */
export const parentPathsOf = (formula: string): string[] =>
  prepare(formula).identifiers.filter((identifier) => identifier.includes('.') && !identifier.startsWith('$'));

/**
 * Evaluates a formula over a record. Throws for a formula that cannot be evaluated, naming why: an unknown function
 * must stop a save rather than let it pass.
 */
export const evaluate = (formula: string, object: ObjectSchema, row: Row, context: FormulaContext): FieldValue => {
  const { text, calls, identifiers, blankOnly, steady, results } = prepare(formula);
  const values: Record<string, Literal> = {};
  for (const identifier of identifiers) {
    const call = calls.get(identifier);
    const value =
      call === undefined ? valueOf(identifier, object, row, context) : recordFunction(call, object, row, context);
    values[identifier] = blankOnly.has(identifier) && value.value !== null && value.value !== '' ? SOMETHING : value;
  }
  const key = JSON.stringify(Object.values(values).map((each) => [each.dataType, each.value]));
  const known = steady ? results.get(key) : undefined;
  if (known !== undefined) return known;
  const result = formulon.parse(text, values);
  // Arithmetic over a blank is blank in the org, where formulon calls it a wrong argument.
  const isBlank = result.type === 'error' && /received Null/i.test(result.message ?? '');
  if (result.type === 'error' && !isBlank)
    throw new OrgError('UNKNOWN_EXCEPTION', `The formula ${formula} cannot be evaluated here: ${result.message}`);
  const value = isBlank ? null : fieldValueOf(result);
  if (results.size >= MAX_RESULTS) results.clear();
  results.set(key, value);
  return value;
};

const fieldValueOf = (result: { dataType?: string; value?: unknown }): FieldValue => {
  const { value } = result;
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof Date)
    return result.dataType === 'date' ? value.toISOString().slice(0, 10) : value.toISOString().replace('Z', '+0000');
  if (typeof value === 'object') return Number(value);
  if (result.dataType === 'number') return Number(value);
  return value as FieldValue;
};

interface RecordFunction {
  readonly name: 'ISNEW' | 'ISCHANGED' | 'PRIORVALUE';
  readonly field: string;
}

/** ISNEW, ISCHANGED and PRIORVALUE look at the save, not at values: they become identifiers that we fill in. */
const withoutRecordFunctions = (formula: string): { text: string; calls: Map<string, RecordFunction> } => {
  const calls = new Map<string, RecordFunction>();
  const text = formula
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(
      /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\b(ISNEW|ISCHANGED|PRIORVALUE)\s*\(\s*([\w.]*)\s*\)/gi,
      (whole, name: string | undefined, field: string | undefined) => {
        if (name === undefined) return whole;
        const identifier = `Tandem_${name.toUpperCase()}_${field ?? ''}`;
        calls.set(identifier, { name: name.toUpperCase() as RecordFunction['name'], field: field ?? '' });
        return identifier;
      },
    );
  return { text, calls };
};

const recordFunction = (call: RecordFunction, object: ObjectSchema, row: Row, context: FormulaContext): Literal => {
  if (call.name === 'ISNEW') return literal('checkbox', context.before === null);
  const field = object.field(call.field);
  if (field === undefined)
    throw new OrgError('UNKNOWN_EXCEPTION', `Field ${call.field} does not exist on ${object.name}.`);
  const now = row[field.name] ?? null;
  const prior = context.before === null ? now : (context.before[field.name] ?? null);
  return call.name === 'ISCHANGED' ? literal('checkbox', now !== prior) : asLiteral(field, prior);
};

const valueOf = (identifier: string, object: ObjectSchema, row: Row, context: FormulaContext): Literal => {
  if (identifier.startsWith('$Permission.'))
    return literal('checkbox', context.permissions.has(identifier.slice('$Permission.'.length)));
  if (identifier.startsWith('$')) {
    const value = context.globals[identifier];
    if (value === undefined) throw new OrgError('UNKNOWN_EXCEPTION', `${identifier} is not offered here.`);
    return value === null ? NULL : literal('text', value, { length: String(value).length });
  }
  if (identifier.includes('.')) {
    const parent = context.parents.get(identifier);
    if (parent === undefined)
      throw new OrgError('UNKNOWN_EXCEPTION', `${identifier} leads nowhere from ${object.name}.`);
    return asLiteral(parent.field, parent.value);
  }
  const field = object.field(identifier);
  if (field === undefined)
    throw new OrgError('UNKNOWN_EXCEPTION', `Field ${identifier} does not exist on ${object.name}.`);
  return asLiteral(field, row[field.name] ?? null);
};

const asLiteral = (field: FieldSchema, value: FieldValue): Literal => {
  switch (field.type) {
    case 'boolean':
      return literal('checkbox', value === true);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent': {
      if (value === null) return NULL;
      const scale = field.scale ?? 0;
      const number = field.type === 'percent' ? Number(value) / 100 : Number(value);
      return literal('number', number, { length: (field.precision ?? 18) - scale, scale });
    }
    case 'date':
      return value === null ? NULL : literal('date', new Date(`${String(value)}T00:00:00Z`));
    case 'datetime':
      return value === null ? NULL : literal('datetime', new Date(String(value).replace('+0000', 'Z')));
    case 'picklist':
    case 'multipicklist': {
      const values = field.picklist?.values.map((each) => each.value) ?? [];
      return literal(field.type, value ?? '', { values: [...values, ...(value === null ? [''] : [String(value)])] });
    }
    default:
      // Blank text is the empty text to every function, as it is in the org.
      return literal('text', value ?? '', { length: String(value ?? '').length });
  }
};
