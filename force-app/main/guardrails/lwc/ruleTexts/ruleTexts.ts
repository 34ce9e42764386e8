import { functionName } from 'c/partnerFunctions';
import { labels } from 'c/ruleLabels';
import { factOf, slotsOf } from 'c/ruleShapes';
import type { RuleShape, Settings } from 'c/ruleShapes';
import { fill } from 'c/textFormat';

/** Title and sentence of each rule; `{name}` in a sentence is the place of that number. */
const TEXTS: Readonly<Record<string, readonly [title: string, sentence: string]>> = {
  'kill-switch': [labels.killSwitch, labels.killSwitch_says],
  mode: [labels.mode, labels.mode_says],
  'phase-prerequisites': [labels.phasePrerequisites, labels.phasePrerequisites_says],
  'org-contact': [labels.orgContact, labels.orgContact_says],
  'sanctioned-environment': [labels.sanctionedEnvironment, labels.sanctionedEnvironment_says],
  'ownership-zone': [labels.ownershipZone, labels.ownershipZone_says],
  'data-sharing': [labels.dataSharing, labels.dataSharing_says],
  recipients: [labels.recipients, labels.recipients_says],
  duplicate: [labels.duplicate, labels.duplicate_says],
  conflict: [labels.conflict, labels.conflict_says],
  territory: [labels.territory, labels.territory_says],
  'partner-health': [labels.partnerHealth, labels.partnerHealth_says],
  freshness: [labels.freshness, labels.freshness_says],
  consent: [labels.consent, labels.consent_says],
  language: [labels.language, labels.language_says],
  'discount-bands': [labels.discountBands, labels.discountBands_says],
  'amount-per-action': [labels.amountPerAction, labels.amountPerAction_says],
  'amount-per-day': [labels.amountPerDay, labels.amountPerDay_says],
  'volume-per-day': [labels.volumePerDay, labels.volumePerDay_says],
  'batch-size': [labels.batchSize, labels.batchSize_says],
  'quiet-hours': [labels.quietHours, labels.quietHours_says],
  'money-spend': [labels.moneySpend, labels.moneySpend_says],
  'token-spend': [labels.tokenSpend, labels.tokenSpend_says],
  'separate-approver': [labels.separateApprover, labels.separateApprover_says],
};

/** A sentence for a number that only some policies carry. */
const OPTIONAL: Readonly<Record<string, string>> = { unknown: labels.amount_unknown };

/** What each number is called for whoever cannot see the sentence around it. */
const NAMES: Readonly<Record<string, string>> = {
  actUpTo: labels.actUpTo,
  reviewUpTo: labels.reviewUpTo,
  actFrom: labels.actFrom,
  reviewFrom: labels.reviewFrom,
  minimumDecisions: labels.minimumDecisions,
  minimumApprovedBps: labels.minimumApprovedBps,
  pauseAfterSeconds: labels.pauseAfterSeconds,
  evidenceMaxAgeDays: labels.evidenceMaxAgeDays,
  personalFields: labels.personalFields,
  registration: labels.registration,
  'direct-sale': labels.directSale,
  'named-account': labels.namedAccount,
  outside: labels.outside,
  unknown: labels.unknown,
  maxAgeDays: labels.maxAgeDays,
  maxAgeSeconds: labels.maxAgeSeconds,
  required: labels.required,
  gateFrom: labels.gateFrom,
  currency: labels.currency,
  from: labels.from,
  to: labels.to,
  days: labels.days,
  then: labels.then,
};

/** A stretch of a sentence: plain words, or the place of a number. */
export interface SentencePart {
  words: string;
  /** The number's name; empty for plain words. */
  slot: string;
}

/** The title of a rule; one that this page does not know is called by its id. */
export function ruleTitle(rule: string): string {
  return TEXTS[rule]?.[0] ?? rule;
}

/** The name of a number. */
export function slotName(slot: string): string {
  const fact = factOf(slot);
  return fact === '' ? (NAMES[slot] ?? slot) : fill(labels.factAge, fact);
}

/** A rule's sentences cut at its numbers. */
export function sentenceOf(shape: RuleShape, settings: Settings): SentencePart[] {
  const facts = Object.keys(slotsOf(shape, settings)).filter((slot) => factOf(slot) !== '');
  const perFact = facts.map((slot) =>
    labels.freshness_fact.replace('{name}', capital(factOf(slot))).replace('{value}', `{${slot}}`),
  );
  const carried = Object.keys(shape.optional ?? {}).filter((slot) => settings[slot] !== undefined);
  const optional = carried.map((slot) => OPTIONAL[slot] ?? '');
  const sentences = [TEXTS[shape.id]?.[1] ?? '', ...optional, ...perFact, ...needsOf(settings)];
  return sentences
    .join(' ')
    .split(/(\{[\w.-]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{') ? { words: '', slot: piece.slice(1, -1) } : { words: piece, slot: '' }));
}

/** "Onboarding also needs Training.": which function rests on which, where a policy of phases says so. */
function needsOf({ needs }: Settings): string[] {
  return (Array.isArray(needs) ? needs : []).map((need: { function?: string; other?: string }) =>
    fill(labels.phasePrerequisites_needs, functionName(need.function ?? ''), functionName(need.other ?? '')),
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
