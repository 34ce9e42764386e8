import { coverageOf, type Coverage } from '../coverage.ts';
import { impressionOf, traitsOf } from '../impression.ts';
import type { LanguageRule, Mark, Severity } from '../finding.ts';
import type { Known } from '../known.ts';
import {
  benefitPhrases,
  bringingFrames,
  generalities,
  performanceWords,
  praiseWords,
  productNouns,
  roleWords,
  speedPhrases,
} from '../lexicon/claims.ts';
import { peopleVerbs } from '../lexicon/neutral.ts';
import type { Clause, Reading, Sentence } from '../reading.ts';
import { isDenial, isNarrative, isQuestion, isQuotedSpeech, isRefusal } from '../stance.ts';

/** What speaks for a thought being a claim about us, and how strongly; a claim from `claimFrom` points on. */
const points = {
  name: 2,
  passing: 1,
  product: 1.5,
  weDo: 1.5,
  our: 0.5,
  frame: 1,
  benefit: 1.5,
  performance: 1,
  praise: 1,
  role: 0.5,
  outcome: 0.5,
  wordy: 0.5,
  enabled: 1.5,
} as const;
const against = { question: 1.5, narrative: 0.5, firstPerson: 0.5, advice: 0.5 } as const;
const claimFrom = 2;
/**
 * Impressions (see `impression.ts`) above the first send a sentence to a person, below the second overrule the points.
 * Chosen by five-fold cross-validation on the development and practice texts.
 */
const suspectFrom = 100;
const harmlessBelow = -100;

const advice =
  /^(?:please |always |then |first,? )?(?:ask|say|tell|show|bring|listen|look|start|begin|let|explain|draw|check|find|use|mention|think|remind|count|avoid|give|take|keep|send|call|put|point|open|lead|do|talk|dates?|next|action)\b/i;

const escaped = (name: string): string => name.replace(/[^a-z0-9]+/gi, '[\\s-]+');

/** How our company, products or available features are named in a thought: as the one that acts, in passing, or not. */
const namesUs = (
  { text }: Clause,
  { ourNames, commonNames, features }: Known,
): 'acting' | 'passing' | 'feature' | null => {
  for (const name of ourNames) {
    const common = commonNames.has(name);
    const pattern = new RegExp(
      `(\\b(?:from|at|of|by|via|and|to) )?(?<![a-z0-9@.])${escaped(name)}(?![a-z0-9]|\\.[a-z])`,
      'gi',
    );
    for (const match of text.matchAll(pattern)) {
      const word = match[0].slice(match[1]?.length ?? 0);
      // At the start of a sentence "Evidence is collected" speaks of evidence, "Rota reduces" of Rota.
      const acts = /^ (?!is\b|was\b|has\b)(?:[a-z]+s|will|can|does)\b/.test(text.slice(match.index + match[0].length));
      if (common && (!/^[A-Z]/.test(word) || (match.index === 0 && !acts))) continue;
      return match[1] === undefined ? 'acting' : 'passing';
    }
  }
  const lower = text.toLowerCase();
  return features.some(
    ({ status, names }) => status === 'available' && names.some((name) => name.includes(' ') && lower.includes(name)),
  )
    ? 'feature'
    : null;
};

/** "we" or "us" with something that people do not do. */
const weDoSomething = ({ words }: Clause): boolean =>
  words.some(({ lower }, at) => {
    if (lower !== 'we') return false;
    const verb = words
      .slice(at + 1, at + 5)
      .find(
        ({ lower: next }) =>
          !/^(?:will|would|can|could|may|might|should|shall|have|has|had|do|did|are|were|also|all|both|only|just|now|already|really|still|not|even|surely|typically|usually|often|always|never|then|so|each|to|be|been)$/.test(
            next,
          ),
      );
    return verb !== undefined && !peopleVerbs.has(verb.stem);
  });

const isIt = ({ text }: Clause): boolean =>
  /^(?:and |but |so |because |since |which |yes[:,] |honestly |basically |fyi |tell (?:them|him|her) )*(?:it|this|that|the (?:nice|good|best) (?:part|thing) is that)\b(?!'s|,? (?:you|we|they|he|she|i|the|a|is being|was|were|would|has been|will be|said|way|is (?:the|a|an|why|how|what|all|not|in|on|where|when|fine|normal|right|wrong|yours|theirs|ours))\b)/i.test(
    text,
  ) ||
  /^(?:works|plugs|runs|integrates|connects|installs|comes|goes|writes|reads|finds|learns|knows|lets|gives|makes|does|turns|keeps|takes|chews|handles|covers|plans|catches)\b/i.test(
    text,
  ) ||
  /\b(?:it|this) (?:even |also |basically |simply |just )?(?!(?:is|was|has|had|does|did|gets|seems|comes|goes|looks|depends|matters|takes|means|helps|belongs|went|came|takes|says|moves|slips|bears)\b)[a-z]+s\b/i.test(
    text,
  );

interface Weighed {
  readonly weight: number;
  readonly performance: boolean;
  readonly sure: boolean;
}

/** A multiple or a share that nothing approved has: "twice", "a third". */
const multiplies = ({ start, end }: Clause, { quantities }: Reading, known: Known): boolean =>
  quantities.some(
    (one) =>
      one.start >= start &&
      one.start < end &&
      (one.measure === 'times' || one.measure === 'share') &&
      !known.quantities.some(
        (other) => other.measure === one.measure && other.values.some((value) => one.values.includes(value)),
      ),
  );

const weigh = (clause: Clause, sentence: Sentence, coverage: Coverage, reading: Reading, known: Known): Weighed => {
  const { untraced, statements } = coverage;
  const { text } = clause;
  const unapproved = (patterns: readonly RegExp[]): boolean =>
    patterns.some((pattern) => pattern.test(text) && !statements.some((one) => pattern.test(one.text)));
  const named = namesUs(clause, known);
  const product = named === 'feature' || clause.words.some(({ stem }) => productNouns.has(stem)) || isIt(clause);
  const benefit = unapproved(benefitPhrases);
  const quick = unapproved(speedPhrases);
  const fast = untraced.some(({ lower }) => performanceWords.has(lower));
  const multiple = multiplies(clause, reading, known);
  const praise = untraced.some(({ lower }) => praiseWords.has(lower));
  const beginning = clause.words.slice(0, 4);
  const customer = known.deal.customer.name.toLowerCase().split(' ');
  const role = beginning.some(({ stem, lower }) => roleWords.has(stem) || customer.includes(lower));
  const loaded = benefit || quick || fast || multiple || praise;
  const says = untraced.length > 0 || loaded;
  let weight = 0;
  if (named === 'acting' && says) weight += points.name;
  else if (product && says) weight += points.product;
  else if (named === 'passing' && says) weight += points.passing;
  if (weDoSomething(clause) && says) weight += points.weDo;
  else if (/\b(?:our|us|ours)\b/i.test(text) && says) weight += points.our;
  if (says && bringingFrames.some((pattern) => pattern.test(sentence.text))) weight += points.frame;
  if (benefit || quick) weight += points.benefit;
  if (quick || fast) weight += points.performance;
  if (multiple) weight += points.performance;
  if (praise) weight += points.praise;
  if (role && loaded) weight += points.role;
  if (
    role &&
    says &&
    !isQuestion(sentence) &&
    /\b(?:will (?:be able to|soon|finally|never|always)|can (?:now|finally)|gets? to|no longer)\b/i.test(text)
  )
    weight += points.enabled;
  if (role && loaded && generalities.test(text)) weight += points.performance;
  if (says && /\b(?:will|can|could|would|'ll|gets?|becomes?)\b/i.test(text)) weight += points.outcome;
  if (untraced.length >= 3) weight += points.wordy;
  if (isQuestion(sentence)) weight -= against.question;
  if (isNarrative(clause)) weight -= against.narrative;
  if (/\b(?:i|i'm|i'd|i've|my)\b/i.test(text)) weight -= against.firstPerson;
  if (advice.test(text) && named !== 'acting') weight -= against.advice;
  const performance =
    quick || fast || multiple || (benefit && /\d|half|twice|time|day|week|month|year|hour|back\b/i.test(text));
  return { weight, performance, sure: named === 'acting' || weight >= claimFrom + 1 };
};

interface Claim {
  readonly clause: Clause;
  readonly coverage: Coverage;
  readonly weighed: Weighed;
}

const claimsIn = (reading: Reading, known: Known): readonly Claim[] =>
  reading.sentences.flatMap((sentence) => {
    const impression = impressionOf(traitsOf(sentence, sentence, reading, known));
    const spelled =
      isRefusal(sentence) || isDenial(sentence) || isQuotedSpeech(sentence) || impression < harmlessBelow
        ? []
        : sentence.clauses.flatMap((clause): readonly Claim[] => {
            const coverage = coverageOf(clause, known);
            const weighed = weigh(clause, sentence, coverage, reading, known);
            return weighed.weight >= claimFrom ? [{ clause, coverage, weighed }] : [];
          });
    if (spelled.length > 0 || impression < suspectFrom) return spelled;
    const coverage = coverageOf(sentence, known);
    if (coverage.untraced.length === 0 && coverage.shared >= 3) return [];
    return [{ clause: sentence, coverage, weighed: { weight: 0, performance: false, sure: false } }];
  });

const marks = (kind: 'performance' | 'other', reading: Reading, known: Known): readonly Mark[] =>
  claimsIn(reading, known)
    .filter(({ weighed }) => weighed.performance === (kind === 'performance'))
    .map(({ clause, coverage, weighed }) => {
      const severity: Severity = weighed.sure ? 'block' : 'ask';
      const words = coverage.untraced.map(({ as }) => as).join(', ');
      const nearest = coverage.statements[0];
      return {
        start: clause.start,
        end: clause.end,
        severity,
        why: `${kind === 'performance' ? 'This says how well or how fast something gets with us' : 'This says what we or our product do'}, and no approved statement says so${words === '' ? '' : ` (${words})`}.`,
        whatToDo: nearest
          ? `Say what is approved: “${nearest.text}” (${nearest.source}).`
          : 'Leave it out, or have it approved as a value proposition or documented claim first.',
      };
    });

/** A claim that says how much, how fast or how well, without a document that supports it. */
export const performanceClaim: LanguageRule = {
  id: 'performance-claim',
  version: 1,
  find: (reading, known) => marks('performance', reading, known),
};

/** Any other claim about the company or its products that nothing approved makes. */
export const unapprovedClaim: LanguageRule = {
  id: 'unapproved-claim',
  version: 1,
  find: (reading, known) => marks('other', reading, known),
};
