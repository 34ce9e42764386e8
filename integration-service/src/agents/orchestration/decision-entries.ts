import { hash } from 'node:crypto';
import type { EffectOutcome, FrozenEffect } from '../../domain/decisions/effect.ts';
import type { AboutPerson, FivePartResult, Proposal } from '../../domain/decisions/proposal.ts';
import type { JudgeFacts } from '../../domain/guardrails/guardrail.ts';
import type { Verdict } from '../../domain/guardrails/verdict.ts';
import { recordDecision } from '../../domain/replay/record-decision.ts';
import { canonicalJson, type Json } from '../../domain/values/json.ts';
import type { LedgerEntryInput, SharedContent } from '../../ports/decision-ledger/decision-ledger.ts';

export const sha256Hex = (text: string): string => hash('sha256', text, 'hex');

/** Who and what an entry is about; the same for all entries of one decision. */
export interface DecisionFrame {
  readonly org: string;
  /** Groups the entries: what the work is about and for whom (`<referral key>#<request id>`). */
  readonly decision: string;
  readonly partner: string;
  readonly at: string;
  /** Whose key personal values are kept under that no person is named for: this deal. */
  readonly subject: string;
}

/**
 * The name under which a person's key is kept: the same for a record's 15 and 18 characters, and for an e-mail address
 * however it is written; another one in every org. Forgetting somebody means the subjects of the record and of its e-mail
 * address, because the network knows people by the latter.
 */
export const personSubject = (org: string, person: string): string => {
  const said = person.trim();
  const stable = said.includes('@') ? said.toLowerCase() : said.slice(0, 15);
  return `person:${sha256Hex(`${org}|${stable}`).slice(0, 32)}`;
};

/** Plain data of ours as JSON: its types say so, and `canonicalJson` refuses what is not. */
const asJson = (value: unknown): Json => value as Json;

type Personal = LedgerEntryInput['personal'];

/** Whose a personal value is: each person's part under that person, what is left under the deal. Nothing is nobody’s. */
const partsOf = (frame: DecisionFrame, path: string, value: Json, people: readonly AboutPerson[]): Personal => {
  if (isEmpty(value)) return [];
  const whole = people.find((one) => one.path === '');
  if (whole) return [{ path, subject: personSubject(frame.org, whole.person) }];
  const within = people
    .filter((one) => !isEmpty(memberAt(value, one.path)))
    .map((one) => ({ path: `${path}.${one.path}`, subject: personSubject(frame.org, one.person) }));
  return [...within, { path, subject: frame.subject }];
};

const isEmpty = (value: Json | undefined): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

const memberAt = (value: Json, path: string): Json | undefined =>
  path.split('.').reduce<unknown>((place, step) => (Object(place) as Record<string, unknown>)[step], value) as
    Json | undefined;

/** By the value itself: a mapping of tens of kilobytes is written down and hashed once, not for each decision. */
const contents = new WeakMap<object, SharedContent>();

const sharedContent = (value: Json): SharedContent => {
  const known = value !== null && typeof value === 'object' ? contents.get(value) : undefined;
  if (known) return known;
  const text = canonicalJson(asJson(value));
  const content = { hash: sha256Hex(text), text };
  if (value !== null && typeof value === 'object') contents.set(value, content);
  return content;
};

/**
 * Facts, proposal and verdict, as they are recorded before anything is done. The verdict's entry carries the record that
 * the decision is judged again from (`readDecision`): what the rules saw, and what they said. The two before it add what
 * no rule sees: the values themselves, where they came from, and why it was proposed.
 */
export const decisionEntries = (
  frame: DecisionFrame,
  proposal: Proposal,
  judgedOn: JudgeFacts,
  verdict: Verdict,
  fiveParts: readonly FivePartResult[],
): readonly LedgerEntryInput[] => {
  const { org, decision, at, partner: partnerOfRecord } = frame;
  const common = { org, decision, at, partnerOfRecord };
  const agent = `agent:${proposal.function}`;
  const { function: of, useCase, subject, partner, requestedBy, reasons, disclosed, facts } = proposal;
  return [
    {
      ...common,
      kind: 'facts',
      actor: agent,
      body: {
        facts: facts.map(({ people: _people, shared, value, ...fact }) => ({
          ...fact,
          value: shared ? { content: sharedContent(value).hash } : asJson(value),
        })),
      },
      shared: facts.flatMap(({ shared, value }) => (shared ? [sharedContent(value)] : [])),
      personal: facts.flatMap(({ personal, people, value }, index) =>
        personal ? partsOf(frame, `facts.${index}.value`, asJson(value), people ?? []) : [],
      ),
    },
    {
      ...common,
      kind: 'proposal',
      actor: agent,
      // Labels, fingerprints, steps and consent stand in the verdict's record; the bytes of an effect where it is frozen.
      body: asJson({
        function: of,
        useCase,
        org,
        subject,
        partner,
        requestedBy,
        reasons,
        disclosed: disclosed.map(({ target, value, source }) => ({ target, value, source })),
      }),
      personal: disclosed.flatMap(({ personal, person, value }, index) =>
        personal ? partsOf(frame, `disclosed.${index}.value`, asJson(value), wholeOf(person)) : [],
      ),
    },
    {
      ...common,
      kind: 'verdict',
      actor: 'agent:compliance',
      ...verdictBody(frame, proposal, judgedOn, verdict, fiveParts),
    },
  ];
};

const wholeOf = (person: string | undefined): readonly AboutPerson[] => (person ? [{ path: '', person }] : []);

const verdictBody = (
  frame: DecisionFrame,
  proposal: Proposal,
  judgedOn: JudgeFacts,
  verdict: Verdict,
  fiveParts: readonly FivePartResult[],
): Pick<LedgerEntryInput, 'body' | 'shared' | 'personal'> => {
  const { record, personal } = recordDecision(frame.decision, proposal, judgedOn, verdict);
  const { policies, grant, mode, killSwitches, ...facts } = record.facts;
  const inCommon = { policies: sharedContent(asJson(policies)), grant: grant && sharedContent(asJson(grant)) };
  const about = [...new Set(proposal.disclosed.flatMap((one) => (one.personal ? [one.person] : [])))];
  return {
    body: asJson({
      answer: verdict.answer,
      fiveParts,
      record: {
        ...record,
        facts: {
          ...facts,
          // What the rules read of them, and no more: who threw a switch is nothing that a verdict rests on.
          mode: mode && { function: mode.function, mode: mode.mode },
          killSwitches: killSwitches.map(({ scope, reason }) => ({ scope, reason })),
          policies: { content: inCommon.policies.hash },
          grant: inCommon.grant && { content: inCommon.grant.hash },
        },
      },
    }),
    shared: [inCommon.policies, ...(inCommon.grant ? [inCommon.grant] : [])],
    personal: personal.flatMap((path) => {
      const index = /^proposal\.disclosed\.(\d+)\./.exec(path)?.[1];
      // The fingerprints that were shown are kept as a whole: under whom they are about, where that is one person.
      const person =
        index === undefined ? (about.length === 1 ? about[0] : undefined) : proposal.disclosed[Number(index)]?.person;
      const value = memberAt(asJson(record), path) ?? null;
      return partsOf(frame, `record.${path}`, value, wholeOf(person));
    }),
  };
};

/** An effect that is about to be sent: the hash of its bytes is in the chain, the bytes are kept beside it. */
export const intendedEntry = (frame: DecisionFrame, effect: FrozenEffect, actor: string): LedgerEntryInput => ({
  org: frame.org,
  decision: frame.decision,
  at: frame.at,
  partnerOfRecord: frame.partner,
  kind: 'effect-intended',
  actor,
  body: { key: effect.key, step: effect.step, operation: effect.operation, bytes: sha256Hex(effect.body) },
  personal: [],
});

/**
 * What an effect came to. What the far side says is data about the deal, and it quotes what it was sent, so it is kept
 * under the deal's key; in the clear stand which values it refused, and under which code.
 */
export const resultEntry = (frame: DecisionFrame, effect: FrozenEffect, outcome: EffectOutcome): LedgerEntryInput => {
  const problems = outcome.state === 'refused' ? outcome.problems : [];
  const said = outcome.state === 'done' ? (['answer'] as const) : (['message', 'problems'] as const);
  const body = asJson({
    key: effect.key,
    step: effect.step,
    ...outcome,
    ...(problems.length > 0 ? { refusedFor: problems.map(({ target, code }) => ({ target, code })) } : {}),
  });
  return {
    org: frame.org,
    decision: frame.decision,
    at: frame.at,
    partnerOfRecord: frame.partner,
    kind: 'effect-result',
    actor: `partner:${frame.partner}`,
    body,
    personal: said.filter((path) => !isEmpty(memberAt(body, path))).map((path) => ({ path, subject: frame.subject })),
  };
};

/**
 * The hash that the record shows for a decision: of what it was about and how it was judged. No personal value goes in,
 * or whoever guesses one could tell by the hash that it is right.
 */
export const decisionHash = (frame: DecisionFrame, proposal: Proposal, verdict: Verdict): string => {
  const { org, decision, at } = frame;
  const { function: of, useCase, subject, partner, requestedBy } = proposal;
  return sha256Hex(
    canonicalJson({
      org,
      decision,
      at,
      function: of,
      useCase,
      subject,
      partner,
      requestedBy,
      verdict: asJson(verdict),
    }),
  );
};
