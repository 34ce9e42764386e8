import type { FunctionId } from '../../domain/framework/functions.ts';
import type { RuleList } from '../compliance/rule-list.ts';

/** A function of partner work as a table of contents: its use cases, and the rules that judge what they propose. */
export interface FunctionDefinition extends RuleList {
  readonly function: FunctionId;
  readonly useCases: Readonly<Record<string, unknown>>;
}

/** Keeps the names of the use cases. A function without guardrails does not compile. */
export const defineFunction = <const Definition extends FunctionDefinition>(definition: Definition): Definition =>
  definition;
