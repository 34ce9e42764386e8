import { textsOf } from '../../../connectors/kit/free-text.ts';
import type { Proposal } from '../../../domain/decisions/proposal.ts';
import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import { type LanguageAnswer, languageSituation } from './language-gate.ts';
import type { SituationAsk } from './situation-ask.ts';

/** Of a network that has no connector every string is a text. */
const unknownPortal = {
  textsOf: (operation: string, body: Parameters<typeof textsOf>[2]) => textsOf({}, operation, body),
};

const answers = new WeakMap<Proposal, LanguageAnswer>();

/** What the language gate says of a proposal, and the texts it has read; judged once for each proposal. */
export const languageOf = ({
  org,
  facts,
  proposal,
}: Pick<SituationAsk, 'proposal'> & {
  readonly org: Pick<SituationAsk['org'], 'portals' | 'user'>;
  readonly facts: Pick<SituationAsk['facts'], 'partner' | 'language'>;
}): LanguageAnswer => {
  const known = answers.get(proposal);
  if (known) return known;
  const answer = languageSituation(proposal, {
    portal: org.portals.get(facts.partner.network) ?? unknownPortal,
    partner: facts.partner,
    language: facts.language,
    trusted: org.user,
  });
  answers.set(proposal, answer);
  return answer;
};

/** The fact that the rule `language` reads. */
export const language = (ask: SituationAsk): SituationFacts['language'] => languageOf(ask).fact;
