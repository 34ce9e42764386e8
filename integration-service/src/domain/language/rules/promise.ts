import type { LanguageRule, Mark } from '../finding.ts';
import { coverageOf } from '../coverage.ts';
import { notCommitting, promiseForms } from '../lexicon/promises.ts';
import { isQuestion, isRefusal } from '../stance.ts';

/** Commitments to dates, prices, fees, service levels, terms and outcomes; only a contract or an approved statement makes one. */
export const promise: LanguageRule = {
  id: 'promise',
  version: 1,
  find: ({ sentences }, known) =>
    sentences.flatMap((sentence) => {
      if (isRefusal(sentence) || isQuestion(sentence) || notCommitting.some((pattern) => pattern.test(sentence.text)))
        return [];
      return promiseForms.flatMap(({ what, pattern }): readonly Mark[] => {
        const match = pattern.exec(sentence.text);
        if (!match) return [];
        const at = sentence.start + match.index;
        const clause = sentence.clauses.find(({ start, end }) => at >= start && at < end) ?? sentence;
        const { statements } = coverageOf({ ...sentence, ...clause }, known);
        if (statements.some(({ text }) => pattern.test(text))) return [];
        return [
          {
            start: clause.start,
            end: clause.end,
            severity: 'ask',
            why: `“${match[0]}” commits the company to ${what}, and nothing approved does.`,
            whatToDo: 'Leave it to the contract, or have somebody with the authority say it.',
          },
        ];
      });
    }),
};
