import type { Stretch } from './sentences.ts';
import type { ApprovedMaterial, ApprovedStatement, SourcedFact, TextTemplate } from './material.ts';
import { broken, ok, type Result } from '../values/result.ts';

/** Where the words of a composed text come from and where they stand in it, in order. */
export interface TracedPart extends Stretch {
  readonly place: string;
  readonly words: string;
  readonly source: string;
}

export interface ComposedText {
  readonly text: string;
  readonly template: { readonly key: string; readonly version: number; readonly approver: string };
  readonly parts: readonly TracedPart[];
}

const placePattern = /\{([A-Za-z][\w-]*)\}/g;

/**
 * Fills an approved template: a place takes a value with its source, or the approved statement of that key. A place that
 * has neither, or a value that nobody asked for, is refused; nothing is left open and nothing is invented. The text is
 * judged by the gate all the same, because a value of a record may say anything.
 */
export const composeText = (
  template: TextTemplate,
  values: Readonly<Record<string, SourcedFact>>,
  { valuePropositions, positioning }: ApprovedMaterial,
): Result<ComposedText, string> => {
  const statements = [...valuePropositions, ...positioning];
  const unasked = Object.keys(values).filter((name) => !template.variables.includes(name));
  if (unasked.length > 0)
    return broken(
      `The template "${template.key}" has no variable ${unasked.join(', ')}. Take the values out, or use another template.`,
    );
  const parts: TracedPart[] = [];
  let text = '';
  let after = 0;
  for (const match of template.text.matchAll(placePattern)) {
    const [written, place = ''] = match;
    const filled = fill(place, template, values, statements);
    if (!filled.ok) return filled;
    text += template.text.slice(after, match.index);
    parts.push({ place, ...filled.value, start: text.length, end: text.length + filled.value.words.length });
    text += filled.value.words;
    after = match.index + written.length;
  }
  text += template.text.slice(after);
  return ok({ text, template: { key: template.key, version: template.version, approver: template.approver }, parts });
};

const fill = (
  place: string,
  { key, variables }: TextTemplate,
  values: Readonly<Record<string, SourcedFact>>,
  statements: readonly ApprovedStatement[],
): Result<{ readonly words: string; readonly source: string }, string> => {
  if (variables.includes(place)) {
    const value = values[place];
    return value !== undefined && value.value.trim() !== ''
      ? ok({ words: value.value, source: value.source })
      : broken(`The template "${key}" needs a value for "${place}". Fill it from a record, or ask for it.`);
  }
  const statement = statements.find((one) => one.key === place);
  return statement
    ? ok({ words: statement.text, source: `approved statement ${statement.key}, version ${statement.version}` })
    : broken(
        `The template "${key}" names "${place}", which is neither a variable nor an approved statement. Have the template corrected.`,
      );
};
