import { z } from 'zod';
import type { Json, JsonObject } from '../../domain/values/json.ts';
import type { OutboundText } from '../../ports/partner-portal/partner-portal.ts';

/**
 * What a string of a request is, where its form lets a sentence through. `prose`: somebody wrote it; `name`: it names a
 * person, a company or a place; `id`: told apart by it, one word without spaces; a list: one of these words, and anything
 * else is prose.
 */
export type TextUse = 'prose' | 'name' | 'id' | readonly string[];

/** The requests of a connector, by operation: the form of the body, and what each of its free texts is, by path. */
export type OperationForms = Readonly<
  Record<string, { readonly form: z.ZodType; readonly texts: Readonly<Record<string, TextUse>> }>
>;

/** A leaf whose form takes such a sentence can carry any text, whatever its name says. */
const SENTENCES = ['Nobody serves them better than we do', 'Ours is the best one'];

const takesSentences = (leaf: z.ZodType): boolean => SENTENCES.some((sentence) => leaf.safeParse(sentence).success);

const bare = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bare(schema.unwrap()) : schema;

/** The form of the string at a path; lists have no step of their own. Undefined: the request has no such place. */
const leafAt = (schema: unknown, path: readonly string[]): z.ZodType | undefined => {
  const form = bare(schema);
  if (form instanceof z.ZodArray) return leafAt(form.element, path);
  const [step, ...rest] = path;
  if (step === undefined) return form instanceof z.ZodType ? form : undefined;
  const shape: Readonly<Record<string, unknown>> = form instanceof z.ZodObject ? form.shape : {};
  return Object.hasOwn(shape, step) ? leafAt(shape[step], rest) : undefined;
};

/** Paths of all strings of a request that can carry a sentence, found in its form and not in a list kept by hand. */
export const freeTextPaths = (schema: unknown, at: readonly string[] = []): readonly string[] => {
  const form = bare(schema);
  if (form instanceof z.ZodArray) return freeTextPaths(form.element, at);
  if (form instanceof z.ZodObject)
    return Object.entries(form.shape).flatMap(([name, member]) => freeTextPaths(member, [...at, name]));
  return form instanceof z.ZodType && takesSentences(form) ? [at.join('.')] : [];
};

interface Found {
  readonly path: readonly string[];
  readonly text: string;
}

const stringsIn = (value: Json, path: readonly string[] = []): readonly Found[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((member: Json) => stringsIn(member, path));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value as JsonObject).flatMap(([name, member]) => stringsIn(member, [...path, name]));
};

const isId = (text: string): boolean => /^[\w.:/+=@%?&#~-]*$/.test(text);

const kindOf = (text: string, use: TextUse): OutboundText['kind'] | null => {
  if (use === 'prose' || use === 'name') return use;
  return (use === 'id' ? isId(text) : use.includes(text)) ? null : 'prose';
};

/** What a request has at a path: the form of the string there, whether a sentence fits it, and what it is used for. */
interface Place {
  readonly leaf: z.ZodType | undefined;
  readonly takesSentences: boolean;
  readonly use: TextUse;
}

/** Forms do not change while the service runs, and each of their paths is looked up for every request. */
const places = new WeakMap<OperationForms[string], Map<string, Place>>();

const placeAt = (known: OperationForms[string], name: string, path: readonly string[]): Place => {
  const found = places.get(known) ?? new Map<string, Place>();
  places.set(known, found);
  const place = found.get(name);
  if (place !== undefined) return place;
  const leaf = leafAt(known.form, path);
  const made = { leaf, takesSentences: leaf !== undefined && takesSentences(leaf), use: known.texts[name] ?? 'prose' };
  // Names that no form has come from outside and may be any number.
  if (leaf !== undefined) found.set(name, made);
  return made;
};

/**
 * The texts that a request carries. What the form does not know is prose, and so is every string of an operation that
 * nobody declared: a text is overlooked by no new field and no new operation.
 */
export const textsOf = (forms: OperationForms, operation: string, body: JsonObject): readonly OutboundText[] =>
  stringsIn(body).flatMap(({ path, text }): readonly OutboundText[] => {
    const known = Object.hasOwn(forms, operation) ? forms[operation] : undefined;
    const name = path.join('.');
    const prose = { path: name, text, kind: 'prose' as const };
    const place = known && placeAt(known, name, path);
    // A reference to an earlier answer is filled in when the effect is frozen, and looked at again then.
    if (path.at(-1) === '$from' && place?.leaf === undefined && isId(text)) return [];
    if (place?.leaf === undefined) return [prose];
    if (!place.takesSentences) return place.leaf.safeParse(text).success ? [] : [prose];
    const kind = kindOf(text, place.use);
    return kind === null || text.trim() === '' ? [] : [{ path: name, text, kind }];
  });
