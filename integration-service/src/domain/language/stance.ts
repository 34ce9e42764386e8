import type { Clause, Sentence } from './reading.ts';

/**
 * How a sentence stands to what it says. A text may say that we do not have something, forbid a phrase, or pass on what a
 * buyer asks; none of these makes the claim.
 */
const forbids =
  /\b(?:do not|don't|never|avoid|must not|may not|cannot|can't|can not|nothing we|would not|wouldn't|not)\b[^.;]{0,30}\b(?:say|said|claim|promise|position|speculate|guess|suggest|mention|use|write|bring (?:it|that|this) up|answer|present|offer|the words?|build the case)\b|\bavoid (?:the |")|\bit is not ours\b/i;
/** Words that make a denial a boast: "never fails", "nobody waits". */
const boasts =
  /\b(?:never|nobody|no one|nothing|none|zero|no (?:more|longer|need|effort|worries|gateway|training|extra|additional|charge|cost))\b|\b(?:won't|will not|can't|cannot) (?:go up|rise|fail|break|stop|change|slip|miss|need|have to|go wrong|be beaten|lose)\b/i;
const denies =
  /\b(?:we|it|i|they|that|rota|product|orrery|there|this|which|\w+) (?:do|does|did|is|are|was|has|have|had)(?: not|n't)\b|\b(?:will not|won't|cannot|can't)\b|\b(?:we|it|they|there) (?:have|has|is|are) (?:no|none)\b|\b(?:answer is|say) no\b|^no[,.]|\bno[,.]\s|[?]\s*no\b|\bnot (?:something|ours|a|one|for|part)\b|\b(?:sells?|changes|does|holds|closes) (?:no|nothing|none)\b|\bis not\b|\bdon't\b|\bdo not\b|\bdoesn't\b/i;

/** The sentence forbids or refuses to say something. */
export const isRefusal = ({ text }: Sentence | Clause): boolean => forbids.test(text);

/** The sentence says modestly that something is not so. */
export const isDenial = ({ text }: Sentence | Clause): boolean => denies.test(text) && !boasts.test(text);

export const isQuestion = ({ text }: Sentence | Clause): boolean => /\?["')\]]*$/.test(text);

/** Words inside double quotation marks that the sentence forbids or ascribes to somebody. */
export const isQuotedSpeech = ({ text }: Sentence | Clause): boolean =>
  /^"[^"]+"[.!?]*$/.test(text) ||
  /\b(?:if|when) (?:the |a )?(?:buyer|customer|they|prospect|somebody|someone|anyone) (?:says?|asks?|comes?)\b/i.test(
    text,
  );

/** Told as what happened between people, in the past. */
export const isNarrative = ({ text }: Sentence | Clause): boolean =>
  /\b[a-z]{3,}ed (?:us|them|him|her|it|me|you|both|all|my|our|their|everyone)\b/i.test(text) ||
  /\b(?:was|were|had|did|went|came|asked|said|told|took|gave|sent|met|agreed|called|wrote|raised|lost|won|held|received|found|heard|spent|shared|moved|wanted|liked)\b/i.test(
    text,
  );
