import type { LanguageRule, Mark } from '../finding.ts';
import { meaningOf } from '../known.ts';
import { credentialPatterns, secretPhrases } from '../lexicon/secrets.ts';
import { wordsOf } from '../words.ts';

/** Limits, margins, unpublished decisions, whispered remarks and credentials. */
export const confidential: LanguageRule = {
  id: 'confidential',
  version: 1,
  find: ({ plain, sentences }, { approvedStems }) => [
    ...credentialPatterns.flatMap((pattern) =>
      [...plain.matchAll(pattern)].map((match): Mark => ({
        start: match.index,
        end: match.index + match[0].length,
        severity: 'block',
        why: 'This looks like a password or key.',
        whatToDo: 'Take it out, and have it replaced: it has been written where it does not belong.',
      })),
    ),
    ...sentences.flatMap((sentence) =>
      secretPhrases.flatMap((pattern): readonly Mark[] => {
        const match = pattern.exec(sentence.text);
        // A word of the trade (an acquirer, in payments) is no secret where the approved material uses it.
        if (
          !match ||
          wordsOf(match[0]).every(({ lower, stem }) => approvedStems.has(meaningOf(lower)) || approvedStems.has(stem))
        )
          return [];
        return [
          {
            start: sentence.start,
            end: sentence.end,
            severity: 'block',
            why: `“${match[0]}” marks something that stays inside the company or was told in confidence.`,
            whatToDo: 'Leave the sentence out.',
          },
        ];
      }),
    ),
  ],
};
