import { hash } from 'node:crypto';
import type { EffectOutcome, FrozenEffect } from '../../domain/decisions/effect.ts';
import type { AboutPerson, FivePartResult, Proposal } from '../../domain/decisions/proposal.ts';
import type { Verdict } from '../../domain/guardrails/verdict.ts';
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

/** Facts, proposal and verdict, as they are recorded before anything is done. */
export const decisionEntries = (
  frame: DecisionFrame,
  proposal: Proposal,
  verdict: Verdict,
  fiveParts: readonly FivePartResult[],
): readonly LedgerEntryInput[] => {
  const { org, decision, at, partner: partnerOfRecord } = frame;
  const common = { org, decision, at, partnerOfRecord };
  const agent = `agent:${proposal.function}`;
  const { facts, effects, disclosed, consent, ...rest } = proposal;
  const prints = asJson(consent.fingerprints);
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
      // The bytes of an effect are recorded when it is frozen; here stands what was wanted.
      body: asJson({
        ...rest,
        consent,
        // The fingerprint of a personal value would let anybody who guesses the value know that it is the one.
        disclosed: disclosed.map(({ person: _person, fingerprint, ...value }) =>
          value.personal ? value : { ...value, fingerprint },
        ),
        effects: effects.map(({ step, port, operation }) => ({ step, port, operation })),
      }),
      personal: [
        ...disclosed.flatMap(({ personal, person, value }, index) =>
          personal
            ? partsOf(frame, `disclosed.${index}.value`, asJson(value), person ? [{ path: '', person }] : [])
            : [],
        ),
        ...partsOf(frame, 'consent.fingerprints', prints, []),
      ],
    },
    {
      ...common,
      kind: 'verdict',
      actor: 'agent:compliance',
      body: asJson({ ...verdict, fiveParts }),
      personal: [],
    },
  ];
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
