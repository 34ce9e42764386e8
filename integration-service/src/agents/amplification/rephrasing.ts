import { fold } from '../../domain/language/folding.ts';
import { functionWords } from '../../domain/language/lexicon/neutral.ts';
import { lexicon, wordsOf } from '../../domain/language/words.ts';

/** Words by which somebody speaks to a machine, not of a deal. A text that has one in it was not written by our template. */
const commands =
  /\b(?:ignor\w*|disregard\w*|instruct\w*|prompts?|system|assistant|jailbreak|override\w*|overrul\w*|bypass\w*|approv\w*|recipients?|forward\w*|bcc|cc|send\w*|e-?mail\w*|curl|https?|www|script|json|function|tool\w*|verdict|guardrail\w*|allow\w*)\b/i;

/** What two companies do about a deal; a rephrasing has need of no more. */
const commonWords = lexicon(
  'deal opportunity project work together jointly plan talk meet call discuss align agree introduce step partner team customer company like glad',
);

/** Small words that turn a sentence round, or say when or how many: the template has none of them. */
const turningWords = lexicon(`
  no not nor none never nobody nothing neither without against until off out down away less few dont doesnt didnt isnt arent wasnt werent wont cant couldnt
  wouldnt shouldnt havent hasnt don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't wouldn't shouldn't haven't hasn't cannot if unless
  instead otherwise else one two three four five six seven eight nine ten first second third last former latter today tomorrow yesterday soon later early
  late tonight asap must ought shall`);

const address = /[\w.+-]+@[\w-]|https?:|www\.|[<>{}[\]`|\\]|\b[\w-]+\.(?:com|net|org|io|ai|dev|example)\b/i;

/**
 * Whether a text only says in other words what was given. Every fact stands in it as it was given, outside of them there
 * is no word that neither the approved example nor plain English small words have, no address and no command, and nothing
 * that begins or ends the text but a sentence. Where a fact itself gives orders, no model's text is taken at all.
 */
export const isRephrasing = (
  text: string,
  { required, known }: { readonly required: readonly string[]; readonly known: readonly string[] },
): boolean => {
  if (required.some((fact) => commands.test(fact) || address.test(fact))) return false;
  let rest = text;
  for (const fact of [...required].sort((left, right) => right.length - left.length)) {
    const at = rest.indexOf(fact);
    if (at < 0) return false;
    rest = `${rest.slice(0, at)} ${rest.slice(at + fact.length)}`;
  }
  if (commands.test(rest) || address.test(rest) || /\d/.test(rest)) return false;
  // No line of its own, no alphabet of another kind: the same form as the template.
  if (/[\r\n]/.test(rest) || /[^\p{Script=Latin}\p{Script=Common}]/u.test(rest)) return false;
  const stems = new Set(
    known.flatMap((one) => wordsOf(fold(withoutFacts(one, required)).plain).map(({ stem }) => stem)),
  );
  return wordsOf(fold(rest).plain).every(
    ({ stem }) => stems.has(stem) || commonWords.has(stem) || (functionWords.has(stem) && !turningWords.has(stem)),
  );
};

/** The approved words alone: a fact's own words are no licence to use them elsewhere. */
const withoutFacts = (text: string, facts: readonly string[]): string =>
  facts.reduce((left, fact) => left.replaceAll(fact, ' '), text);
