/** Functions the package uses; a formula with another is refused until it has been looked up and added. */
const FUNCTIONS = new Set([
  'AND',
  'BEGINS',
  'BLANKVALUE',
  'CONTAINS',
  'IF',
  'ISBLANK',
  'ISCHANGED',
  'ISNEW',
  'ISPICKVAL',
  'LEN',
  'NOT',
  'OR',
  'PRIORVALUE',
  'REGEX',
  'SUBSTITUTE',
  'TEXT',
]);
const LITERALS = new Set(['TRUE', 'FALSE', 'NULL']);
const TEXT = /"(?:[^"\\]|\\.)*"/g;

/** What is wrong with the writing of a formula, in one sentence and what to do. */
export interface FormulaFault {
  what: string;
  fix: string;
}

/** The formula without the content of its texts, so that brackets and names in them do not count. */
const withoutTexts = (formula: string): string => formula.replace(TEXT, '""');

/** Checks the writing of a formula: texts, brackets, functions. What its names refer to is for the caller. */
export function* checkFormula(formula: string): Generator<FormulaFault> {
  const code = withoutTexts(formula);
  if (/""\s*"/.test(code) || (code.match(/"/g) ?? []).length % 2 === 1) {
    yield {
      what: 'a text in the formula ends too early or not at all',
      fix: 'put a backslash before a quote inside a text; doubling it does not work in Salesforce',
    };
  }
  if ((code.match(/\(/g) ?? []).length !== (code.match(/\)/g) ?? []).length) {
    yield { what: 'the brackets of the formula do not match', fix: 'close every bracket' };
  }
  for (const [, name = ''] of code.matchAll(/\b([A-Za-z]\w*)\s*\(/g)) {
    if (!FUNCTIONS.has(name))
      yield {
        what: `the formula calls ${name}, which is not known here`,
        fix: 'correct it, or look it up and add it to formula.ts',
      };
  }
}

/** Names a formula reads, without functions, literals and merge fields in braces. */
export const namesIn = (formula: string): string[] =>
  [
    ...withoutTexts(formula)
      .replace(/\{![^}]*\}/g, '')
      .matchAll(/([$A-Za-z][\w.$]*)(\s*\()?/g),
  ]
    .filter(([, name = '', bracket]) => bracket === undefined && !LITERALS.has(name.toUpperCase()))
    .map(([, name = '']) => name);
