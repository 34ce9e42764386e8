import type { FunctionDefinition } from '../agents/orchestration/function-definition.ts';
import { coSelling } from './co-selling/co-selling.ts';

/** The functions that are built. One that is not here has no rules, so whatever is proposed in its name is denied. */
export const FUNCTIONS: readonly FunctionDefinition[] = [coSelling];

/** The function of this id; null: it is not built. */
export const functionOf = (id: string): FunctionDefinition | null =>
  FUNCTIONS.find((definition) => definition.function === id) ?? null;
