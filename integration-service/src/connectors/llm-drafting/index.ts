import type { Drafting } from '../../ports/drafting/drafting.ts';
import { openModelClient } from './client.ts';
import { LlmDrafting } from './llm-drafting.ts';
import type { LlmDraftingSettings } from './settings.ts';

export { llmDraftingSettings, type LlmDraftingSettings } from './settings.ts';

/** Opens the drafting port to a language model. */
export const openLlmDrafting = (settings: LlmDraftingSettings): Drafting =>
  new LlmDrafting(openModelClient(settings), settings);
