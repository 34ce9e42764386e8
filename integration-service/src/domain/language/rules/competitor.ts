import type { LanguageRule, Mark } from '../finding.ts';
import { dealWords, functionWords } from '../lexicon/neutral.ts';
import { disparagingWords, hints, presenceWords, rivalPhrases } from '../lexicon/rivals.ts';
import { meaningOf, type Known } from '../known.ts';
import type { Sentence } from '../reading.ts';
import { isDenial, isRefusal } from '../stance.ts';

type Competitor = Known['competitors'][number];

const findNames = (
  { text, start }: Sentence,
  { names }: Competitor,
): readonly { readonly start: number; readonly end: number }[] =>
  names.flatMap((name) => {
    const pattern = new RegExp(`(?<![a-z0-9])${name.replace(/[^a-z0-9]+/g, '[\\s-]?')}(?![a-z0-9])`, 'gi');
    return [...text.matchAll(pattern)].map((match) => ({
      start: start + match.index,
      end: start + match.index + match[0].length,
    }));
  });

/** Says no more of a competitor than an approved statement, or than that it is there. */
const saysOnlyWhatMayBeSaid = (
  { words }: Sentence,
  competitor: Competitor,
  { dealStems, ourNames }: Known,
): boolean => {
  const names = new Set([...competitor.names, ...ourNames].flatMap((name) => name.split(/[\s-]+/)));
  const rest = words.filter(
    ({ lower, stem }) => !names.has(lower) && !functionWords.has(stem) && !dealStems.has(meaningOf(lower)),
  );
  if (
    competitor.approved.some(({ stems }) =>
      rest.every(({ lower, stem }) => stems.has(meaningOf(lower)) || stems.has(stem)),
    )
  )
    return true;
  return rest.every(({ stem }) => presenceWords.has(stem) || (dealWords.has(stem) && !disparagingWords.has(stem)));
};

const namedIn = (sentence: Sentence, competitor: Competitor, known: Known): readonly Mark[] =>
  findNames(sentence, competitor).flatMap((place): readonly Mark[] => {
    if (!competitor.mayBeNamed)
      return [
        {
          ...place,
          severity: 'block',
          why: `${competitor.name} may not be named to a partner (guideline ${competitor.key}, version ${competitor.version}).`,
          whatToDo: 'Say what we do, without the name.',
        },
      ];
    if (saysOnlyWhatMayBeSaid(sentence, competitor, known)) return [];
    return [
      {
        start: sentence.start,
        end: sentence.end,
        severity: 'ask',
        why: `This says more of ${competitor.name} than the approved statements do (guideline ${competitor.key}, version ${competitor.version}).`,
        whatToDo: `Use an approved statement: ${competitor.statements.map((text) => `“${text}”`).join(' ') || 'there is none yet.'}`,
      },
    ];
  });

const runsDown = (sentence: Sentence): readonly Mark[] => {
  const rival = rivalPhrases.map((pattern) => pattern.exec(sentence.text)).find((match) => match !== null);
  if (!rival) return [];
  const hint = hints.map((pattern) => pattern.exec(sentence.text)?.[0]).find((found) => found !== undefined);
  const plainly =
    isRefusal(sentence) || isDenial(sentence)
      ? undefined
      : sentence.words.find(({ stem, start }) => disparagingWords.has(stem) && start !== sentence.start + rival.index)
          ?.as;
  const word = hint ?? plainly;
  if (word === undefined) return [];
  return [
    {
      start: sentence.start,
      end: sentence.end,
      severity: 'ask',
      why: `“${word}” is said of somebody who is in the same business.`,
      whatToDo: 'Say what we do, and leave the others out.',
    },
  ];
};

/** Competitors are named only where the guidelines allow it, and never run down, with a name or without. */
export const competitor: LanguageRule = {
  id: 'competitor',
  version: 1,
  find: ({ sentences }, known) =>
    sentences.flatMap((sentence) => [
      ...known.competitors.flatMap((one) => namedIn(sentence, one, known)),
      ...runsDown(sentence),
    ]),
};
