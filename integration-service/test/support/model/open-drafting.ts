import { llmDraftingSettings, openLlmDrafting } from '../../../src/connectors/llm-drafting/index.ts';
import type { Drafting } from '../../../src/ports/drafting/drafting.ts';
import type { ObeyingModel } from './obeying-model.ts';

/** The product's own connector, pointed at the model on this machine. */
export const openDraftingFor = (
  provider: 'anthropic' | 'openai-compatible' | 'amazon-bedrock',
  model: Pick<ObeyingModel, 'openAi' | 'anthropic' | 'bedrock'>,
): Drafting => {
  const baseUrl = { anthropic: model.anthropic, 'openai-compatible': model.openAi, 'amazon-bedrock': model.bedrock }[
    provider
  ];
  return openLlmDrafting(llmDraftingSettings.parse({ provider, model: 'obeys', baseUrl, apiKey: 'key' }));
};
