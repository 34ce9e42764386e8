import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AGENTS } from '../../domain/framework/agents.ts';
import { FUNCTION_IDS } from '../../domain/framework/functions.ts';
import { parseReferralKey } from '../../domain/referrals/referral-key.ts';
import type { ReferralFields } from '../../ports/crm/crm.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { ReadEntry, Story } from './decision-story.ts';
import { decisionSays, effectSays, stateOf } from './decision-words.ts';

/** What the org knows of a decision's surroundings. */
export interface Surroundings {
  /** Names of partners by key. */
  readonly partners: ReadonlyMap<string, string>;
  /** Owners of referrals, who own their deals, by key. */
  readonly referrals: ReadonlyMap<string, { readonly ownerId: string | null }>;
  readonly retention: Retention;
}

/** For how many years a record says that it must be kept. */
export interface Retention {
  readonly referralYears: number;
  readonly otherYears: number;
}

export const RETENTION: Retention = { referralYears: 7, otherYears: 1 };

const keyLength = 160;

/** `Decision__c.Key__c`: the ledger's own name; one that is too long is cut, with what tells it from others like it. */
export const decisionKey = (decision: string): string =>
  decision.length <= keyLength
    ? decision
    : `${decision.slice(0, 119)}~${createHash('sha256').update(decision).digest('hex').slice(0, 40)}`;

/** The referral that a decision is about, by the decision's name. */
export const referralOf = (
  decision: string,
): { readonly key: string; readonly deal: string; readonly attempt: number } | null => {
  const key = decision.slice(0, decision.lastIndexOf('#'));
  const parsed = parseReferralKey(key);
  return parsed.ok ? { key, deal: parsed.value.opportunity, attempt: parsed.value.attempt } : null;
};

const user = /^005[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/;
const agentKeys: ReadonlySet<string> = new Set(AGENTS.map(({ key }) => key));
const functions: ReadonlySet<string> = new Set(FUNCTION_IDS);

const person = (actor: string): string | null => (user.test(actor) ? actor : null);
const functionOf = (id: string): string | null => (functions.has(id) ? id : null);
const agentRef = (key: string): NonNullable<OwnRow['refs']>[string] =>
  agentKeys.has(key) ? { object: 'Agent__c', key } : null;
const partnerRef = (key: string, partners: Surroundings['partners']): NonNullable<OwnRow['refs']>[string] =>
  partners.has(key) ? { object: 'Partner__c', key } : null;

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** As many members as the field holds, so that what is there is JSON. */
const listOf = (members: readonly object[], length: number): string => {
  let fitting = members;
  while (JSON.stringify(fitting).length > length) fitting = fitting.slice(0, Math.floor(fitting.length * 0.9));
  return JSON.stringify(fitting);
};

const keptUntil = (at: string, years: number): string => {
  const until = new Date(at);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  return until.toISOString().slice(0, 10);
};

const chain = (entries: readonly ReadEntry[]): ReferralFields => ({
  hash: entries.at(-1)?.hash ?? null,
  ledgerFrom: entries[0]?.sequence ?? null,
  ledgerTo: entries.at(-1)?.sequence ?? null,
});

/** The record of a decision that was judged. */
export const judgedRow = (decision: string, story: Story, around: Surroundings): OwnRow => {
  const { proposal, verdict, verdictAt, facts, effects, entries } = story;
  const referral = referralOf(decision);
  const known = referral ? around.referrals.get(referral.key) : undefined;
  const partner = around.partners.get(proposal.partner) ?? proposal.partner;
  const amount = verdict.record?.facts.amount ?? null;
  const deal = proposal.subject?.kind === 'Opportunity' ? proposal.subject.id : (referral?.deal ?? null);
  const owner = known?.ownerId ?? null;
  return {
    object: 'Decision__c',
    key: decisionKey(decision),
    fields: {
      ...(deal === null ? {} : { opportunity: deal }),
      function: functionOf(proposal.function),
      useCase: proposal.useCase.slice(0, 80),
      kind: 'action',
      answer: verdict.answer,
      state: stateOf(story),
      requestedBy: person(proposal.requestedBy),
      decidedAt: verdictAt,
      says: cut(decisionSays(story, partner), 4_000),
      rules: listOf(verdict.record?.verdict.judgements ?? [], 32_768),
      facts: listOf(
        facts.map(({ name, source, readAt }) => ({ name, source, readAt, ageSeconds: ageSeconds(verdictAt, readAt) })),
        32_768,
      ),
      effects: listOf(
        effects.map((effect) => {
          const { step, operation, at, state } = effect;
          const says = effectSays(effect, partner);
          return { step, operation, at, state, ...(says === null ? {} : { says }) };
        }),
        32_768,
      ),
      fiveParts: listOf(verdict.fiveParts, 4_000),
      ...chain(entries),
      amount: amount === null ? null : amount.minor / 100,
      partnerOfRecord: partner.slice(0, 80),
      attribution: attributionOf(referral?.attempt ?? null, partner),
      retainUntil: keptUntil(verdictAt, referral ? around.retention.referralYears : around.retention.otherYears),
    },
    refs: {
      ...(known && referral ? { referral: { object: 'Referral__c', key: referral.key } } : {}),
      partner: partnerRef(proposal.partner, around.partners),
      agent: agentRef(`agent:${proposal.function}`),
    },
    ...(owner === null ? {} : { ownerId: owner }),
  };
};

const ageSeconds = (at: string, readAt: string): number | null => {
  const age = Math.round((Date.parse(at) - Date.parse(readAt)) / 1_000);
  return Number.isFinite(age) ? Math.max(0, age) : null;
};

/** Deal, partner and attempt make a referral one of its kind, so whoever asked for it asked first. */
const attributionOf = (attempt: number | null, partner: string): string | null => {
  if (attempt === null) return null;
  const which = attempt === 1 ? 'first to refer this deal to' : `attempt ${attempt} to refer this deal to`;
  return cut(`Whoever asked: ${which} ${partner}`, 255);
};

type Kind = 'policy' | 'mode' | 'control' | 'stop' | 'approval' | 'material' | 'batch';

/** Which acts have a record of their own; of a dispute and of judging again there are other records. */
const KINDS: Readonly<Record<string, Kind>> = {
  'change-policy': 'policy',
  'adopt-boundary': 'policy',
  'decline-boundary': 'policy',
  'change-mode': 'mode',
  'open-phase': 'mode',
  'allow-exception': 'mode',
  'pause-led': 'mode',
  'go-on-led': 'mode',
  'change-control': 'control',
  stop: 'stop',
  resume: 'stop',
  'test-stop': 'stop',
  'answer-approval': 'approval',
  'undo-approval': 'approval',
  'propose-material': 'material',
  'approve-material': 'material',
  'withdraw-material': 'material',
};

/** The act that a decision's name tells of. */
export const actOf = (
  decision: string,
): { readonly kind: string; readonly subject: string; readonly request: string } | null => {
  const [, kind, subject, request] = /^([a-z-]+):(.*)#([^#]*)$/s.exec(decision) ?? [];
  return kind === undefined || subject === undefined || request === undefined ? null : { kind, subject, request };
};

/** Acts of which one request may ask for many at once. */
export const isOneOfMany = (kind: string): boolean => kind === 'answer-approval' || kind === 'undo-approval';

const controlForm = z.looseObject({ what: z.string() });

/** The record of an act of governance, or of all that one request asked for; null: it has none. */
export const actRow = (
  decisions: readonly string[],
  entries: readonly ReadEntry[],
  around: Surroundings,
): OwnRow | null => {
  const [first] = entries;
  const act = actOf(decisions[0] ?? '');
  const kind = act ? KINDS[act.kind] : undefined;
  const body = controlForm.safeParse(first?.body);
  if (!first || !act || kind === undefined || !body.success) return null;
  const many = decisions.length > 1;
  const function_ =
    act.subject
      .split(':')
      .map(functionOf)
      .find((id) => id !== null) ?? null;
  const says = many
    ? `${act.kind === 'answer-approval' ? 'Answered' : 'Took back the answers to'} ${decisions.length} approvals at once.`
    : body.data.what;
  return {
    object: 'Decision__c',
    key: decisionKey(many ? `${act.kind}:many#${act.request}` : (decisions[0] ?? '')),
    fields: {
      function: function_,
      useCase: act.kind.slice(0, 80),
      kind: many ? 'batch' : kind,
      answer: 'allow',
      state: 'done',
      requestedBy: person(first.actor),
      decidedAt: first.at,
      says: cut(says, 4_000),
      rules: '[]',
      facts: '[]',
      effects: listOf(
        many
          ? entries.map(({ at, body: said, decision }) => ({
              step: actOf(decision)?.subject ?? '',
              operation: act.kind,
              at,
              state: 'done',
              says: whatOf(said),
            }))
          : [],
        32_768,
      ),
      ...chain(entries),
      retainUntil: keptUntil(first.at, around.retention.otherYears),
    },
    refs: {
      partner: partnerRef(first.partnerOfRecord, around.partners),
      agent: agentRef(first.actor),
    },
  };
};

const whatOf = (body: unknown): string => {
  const read = controlForm.safeParse(body);
  return read.success ? read.data.what : '';
};
