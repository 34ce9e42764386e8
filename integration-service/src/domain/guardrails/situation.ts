import { z } from 'zod';
import { FUNCTION_IDS } from '../framework/functions.ts';

const count = z.number().int().nonnegative();
const minor = z.number().int();
const instant = z.string();

/** Who controls a field or an action (M047, M049). */
export const ZONES = ['vendor-controlled', 'partner-controlled', 'jointly-managed'] as const;
export const zone = z.enum(ZONES);
export type Zone = z.infer<typeof zone>;

/** Why another party may have a better claim to the account or deal. */
export const CLAIM_KINDS = ['registration', 'direct-sale', 'named-account'] as const;

/** What the language gate found in a text that would leave the company. */
const finding = z.object({
  rule: z.string(),
  version: z.number(),
  /** Plain words: what is wrong. */
  why: z.string(),
  severity: z.enum(['block', 'ask']),
  /** Target of the disclosed value whose text it is; absent: the text is no value of its own. */
  target: z.string().exactOptional(),
});

/** How far a function has come, from recorded decisions. */
const progress = z.object({
  function: z.enum(FUNCTION_IDS),
  mode: z.enum(['off', 'assisted', 'led']),
  decisions: count,
  /** Share of answered proposals that people approved, in basis points. */
  approvedBps: count.max(10_000),
});

/**
 * Facts that only some rules look at. A rule names the ones it needs; when one was not looked up (absent) the rule is not
 * asked and the answer is a deny. Null says that somebody looked and there is none. Money is in minor units (cents).
 */
export const situationForm = z.object({
  /** How the partner stands with us; policies for a tier or a segment need it. */
  profile: z.object({ tier: z.string().nullable(), segment: z.string().nullable() }),
  /** Phase the company has opened, what its functions have shown, and recorded exceptions. */
  progress: z.object({
    openPhase: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    functions: z.array(progress),
    exceptions: z.array(z.object({ function: z.enum(FUNCTION_IDS), by: z.string(), until: instant })),
  }),
  /** The zone of the action, and of every field that the effects would write; null: nobody said. */
  ownership: z.object({
    action: zone.nullable(),
    writes: z.array(z.object({ field: z.string(), zone: zone.nullable() })),
  }),
  /** Claims of others to this account or deal; `by` is a partner key, or the company's own team. */
  claims: z.array(z.object({ by: z.string(), kind: z.enum(CLAIM_KINDS), label: z.string() })),
  /** Territories from wide to narrow, parted by `/` (`EMEA/DE/Bavaria`). */
  territory: z.object({ deal: z.string().nullable(), partner: z.array(z.string()) }),
  /** Health of the partner, 0–100, from two signals; a signal is null while it is missing. */
  health: z
    .object({
      score: z.number().nullable(),
      usageSignal: z.number().nullable(),
      interactionSignal: z.number().nullable(),
      updatedAt: instant,
    })
    .nullable(),
  /** Discounts of a quote, line by line, in basis points; null: blank or unreadable. */
  quote: z.object({ lines: z.array(z.object({ label: z.string(), discountBps: z.number().nullable() })) }),
  /** What this action is worth or commits. */
  amount: z.object({ minor, currency: z.string() }).nullable(),
  /** What was done today under the same function and partner, including what is under way. */
  doneToday: z.object({ actions: count, currency: z.string(), minor }),
  /** Records that this one decision touches. */
  batch: z.object({ items: count }),
  /** The clock on the recipient's wall. The service works it out, so that no time-zone table is needed to replay it. */
  recipientTime: z
    .object({ localMinute: count.max(1_439), offsetMinutes: z.number().int(), weekday: z.number().int().min(1).max(7) })
    .nullable(),
  /** The language gate's answer for every text of the proposal. */
  language: z.object({ gateVersion: z.number(), texts: count, findings: z.array(finding) }),
  /** Whom the proposal would reach: record ids, never addresses. */
  recipients: z.array(
    z.object({ id: z.string(), side: z.enum(['company', 'partner', 'unknown']), partner: z.string().nullable() }),
  ),
  /** Money spent in the budget's period, and what this action would add. */
  moneySpend: z.object({ currency: z.string(), spentMinor: minor, wantedMinor: minor }),
  /** Model tokens spent in the budget's period, and what this action would add at most. */
  tokenSpend: z.object({ spent: count, wanted: count }),
  /** When the org was last heard of; null: never. */
  contact: z.object({ heardAt: instant.nullable() }),
  /** Yeses of people to exceptions of exactly this proposal. */
  approvals: z.array(z.object({ rule: z.string(), policyVersion: z.number(), by: z.string(), at: instant })),
});

export type SituationFacts = z.infer<typeof situationForm>;
export type SituationFact = keyof SituationFacts;

/** What a person reads when a fact was not looked up. */
export const FACT_WORDS: Readonly<Record<SituationFact, string>> = {
  profile: 'the partner’s tier and segment',
  progress: 'how far the functions have come',
  ownership: 'who controls what would be changed',
  claims: 'other claims to this account',
  territory: 'the territories of deal and partner',
  health: 'the partner’s health',
  quote: 'the discounts of the quote',
  amount: 'the amount',
  doneToday: 'what was done today',
  batch: 'how many records this touches',
  recipientTime: 'the time of day at the recipient',
  language: 'the answer of the language gate',
  recipients: 'the recipients',
  moneySpend: 'the money spent so far',
  tokenSpend: 'the tokens spent so far',
  contact: 'when the org was last heard of',
  approvals: 'who approved what',
};
