import type { DisclosedValue, Proposal } from '../../../domain/decisions/proposal.ts';
import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import { languageGate, languageGateVersion } from '../../../domain/language/check-language.ts';
import type { Finding, ViolationKind } from '../../../domain/language/finding.ts';
import { materialInForce } from '../../../domain/language/material-record.ts';
import type { DealContext } from '../../../domain/language/material.ts';
import { nearNames } from '../../../domain/language/near-names.ts';
import type { LanguageSettings } from '../../../ports/crm/language-settings.ts';
import type { OutboundText, PartnerPortal } from '../../../ports/partner-portal/partner-portal.ts';
import { heldByPartner, knownOfDeal, peopleNamed } from './language-facts.ts';

/** What the language gate made of a proposal. */
export interface LanguageAnswer {
  readonly fact: SituationFacts['language'];
  /** The very texts that were read: dispatch sends no other. */
  readonly read: ReadonlySet<string>;
}

export interface LanguageKnown {
  readonly portal: Pick<PartnerPortal, 'textsOf'>;
  readonly partner: { readonly key: string; readonly name: string };
  readonly language: LanguageSettings;
  /** Id of the integration user: a material that somebody else has written last counts for nothing. */
  readonly trusted: string;
}

/** A name or an address is no sentence: it can name who must not be named, and give away what is secret. */
const judgedInNames: ReadonlySet<ViolationKind> = new Set(['other-customer', 'confidential']);

/** A sentence in a finding is quoted no longer than this, so that the panel can show it. */
const longestQuote = 120;

/** Names change seldom and are many: indexed once for each list of them. */
const indexes = new WeakMap<readonly string[], ReturnType<typeof nearNames>>();

const namesNear = (names: readonly string[], text: string): readonly string[] => {
  const index = indexes.get(names) ?? nearNames(names);
  indexes.set(names, index);
  return index(text);
};

/**
 * Reads every text that the effects of a proposal carry to the partner, by the material in force and the facts of the deal.
 * What a record or a person says is a fact of the deal, with its source; what a template or model says is not, and has to
 * trace to one. A text that the partner's own record holds already is not told anew.
 */
export const languageSituation = (
  proposal: Pick<Proposal, 'effects' | 'disclosed' | 'facts'>,
  { portal, partner, language, trusted }: LanguageKnown,
): LanguageAnswer => {
  const texts = proposal.effects.flatMap(({ operation, body }) => portal.textsOf(operation, body));
  const held = heldByPartner(proposal);
  const fresh = texts.filter(({ text }) => !held.has(text));
  const deal = knownOfDeal(proposal, partner);
  const { material } = materialInForce(materialsFor(language, trusted), {
    company: language.company,
    otherCustomers: otherCustomersIn(fresh, language, deal),
    partner: partner.key,
  });
  const gate = languageGate(material, deal);
  const findings = fresh.flatMap(({ path, text, kind }) => {
    const { findings: found } = kind === 'prose' ? gate(text) : gate(text, [], judgedInNames);
    const strangers = found.flatMap(({ rule, words }) => (rule === 'personal-data' ? [words] : []));
    const unnamed = withoutPeople([...peopleNamed(deal), ...strangers]);
    const value = valueOf(proposal.disclosed, { path, text });
    return found.map((finding) => told(finding, value, unnamed));
  });
  return {
    // Where nothing is told anew, what counts is what the partner's record holds: it was read when it was sent.
    fact: { gateVersion: languageGateVersion, texts: texts.length > 0 ? texts.length : held.size, findings },
    read: new Set(texts.map(({ text }) => text)),
  };
};

/** Records that the service wrote last: those that somebody changed past the door count for nothing. */
export const materialsFor = (language: LanguageSettings, trusted: string): LanguageSettings['materials'] =>
  language.materials.filter(({ modifiedById }) => modifiedById.slice(0, 15) === trusted.slice(0, 15));

const otherCustomersIn = (
  texts: readonly OutboundText[],
  { otherCustomers }: LanguageSettings,
  { customer, partner }: DealContext,
): readonly string[] => {
  const parties = new Set([customer.name, partner.name, ...partner.alsoKnownAs].map((name) => name.toLowerCase()));
  const near = namesNear(otherCustomers, texts.map(({ text }) => text).join('\n'));
  return near.filter((name) => !parties.has(name.toLowerCase()));
};

/**
 * A finding in words for who wrote the text: where it stands, which words, what is wrong, what to do. It goes into the
 * ledger and onto records, so people are not named in it.
 */
const told = (
  finding: Finding,
  value: DisclosedValue | undefined,
  unnamed: (text: string) => string,
): SituationFacts['language']['findings'][number] => {
  const { rule, version, words, why, whatToDo } = finding;
  const aboutPerson = rule === 'personal-data' || value?.personal === true;
  const says = aboutPerson
    ? 'names or describes a person who is not cleared for this deal.'
    : unnamed(`says “${short(words)}”. ${why}`);
  return {
    rule,
    version,
    severity: severityOf(finding),
    why: `${value?.label ?? 'The text'} ${says} ${whatToDo}`,
    ...(value === undefined ? {} : { target: value.target }),
  };
};

/** A customer's name of one word may be a common one ("Target", "Oracle"): a person looks. */
const severityOf = ({ rule, severity, words }: Finding): Finding['severity'] =>
  rule === 'other-customer' && !/\s/.test(words.trim()) ? 'ask' : severity;

const short = (words: string): string => (words.length <= longestQuote ? words : `${words.slice(0, longestQuote)}…`);

const withoutPeople = (names: readonly string[]): ((text: string) => string) => {
  const words = new Set(
    names.flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}@.+'-]+/u)).filter((word) => word.length > 1),
  );
  return (text) =>
    text.replace(/[\p{L}\p{N}@.+'-]*[\p{L}\p{N}]/gu, (word) => (words.has(word.toLowerCase()) ? '…' : word));
};

const valueOf = (
  disclosed: readonly DisclosedValue[],
  { path, text }: Pick<OutboundText, 'path' | 'text'>,
): DisclosedValue | undefined =>
  disclosed.find(({ target, value }) => target === path && [value].flat().includes(text));
