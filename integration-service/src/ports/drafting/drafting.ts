import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';

/** What a model is given: nothing but this leaves for it, and all of it may be told to the partner. */
export interface DraftingAsk {
  /** One sentence: what the text is for. */
  readonly purpose: string;
  /** Values that the grant allows and that the text may use, by a name in plain words. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Approved sentences that may be used. */
  readonly statements: readonly string[];
  /** The same text from the approved template: what the model may put in other words. */
  readonly example: string;
  /** Longest text, in characters. */
  readonly longest: number;
  /** Most tokens that the answer may have. */
  readonly answerTokens: number;
}

/** What a model wrote, and what it took. The text is a proposal: nothing in it is believed. */
export interface Drafted {
  readonly text: string;
  readonly tokens: number;
  /** In millionths of the budget's currency. */
  readonly costMicros: number;
}

/** A language model that puts facts into words. Where none is configured, texts come from templates alone. */
export interface Drafting {
  /** Provider and model, as they stand in the ledger (`anthropic:claude-…`). */
  readonly model: string;
  /** The most that this may take: reserved before it is asked. */
  estimate(ask: DraftingAsk): { readonly tokens: number; readonly costMicros: number };
  /** Asks once, and once more where the far side could not be reached. */
  draft(ask: DraftingAsk): Promise<Result<Drafted, PortError>>;
}

/** Whose spending it is: a budget belongs to one function with one partner. */
export interface DraftingAccount {
  readonly function: string;
  readonly partner: string;
}

/** A hard stop for each of both; what a model may still take of them in this month. */
export interface DraftingLimits {
  readonly tokens: number;
  readonly costMicros: number;
}

export interface DraftingSpend {
  readonly tokens: number;
  readonly costMicros: number;
}

/** What models may use, counted by calendar month (UTC) for all processes together. */
export interface DraftingBudget {
  /** Takes what may be needed before it is used; false: there is not so much left, and nothing is taken. */
  reserve(account: DraftingAccount, wanted: DraftingSpend, limits: DraftingLimits): Promise<boolean>;
  /** Gives back what was reserved and not used, or takes what was used above it. */
  settle(account: DraftingAccount, reserved: DraftingSpend, used: DraftingSpend): Promise<void>;
}
