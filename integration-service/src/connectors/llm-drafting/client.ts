import type { LanguageModel } from 'ai';
import { z } from 'zod';
import { isAllowedHost, isSafeAddress } from '../kit/outbound-hosts.ts';
import { hostsOf, type LlmDraftingSettings } from './settings.ts';

/** What a model must answer: a text and nothing else. Whatever more it wants to say is not read. */
export const answerForm = z.strictObject({ text: z.string().min(1).max(4_000) });

/** A model's answer as the SDK hands it over. */
export interface ModelAnswer {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ModelQuestion {
  readonly instructions: string;
  readonly prompt: string;
  readonly answerTokens: number;
}

/** The door to a model: one question, one answer. @throws what the SDK or the network said. */
export interface ModelClient {
  ask(question: ModelQuestion): Promise<ModelAnswer>;
}

/** Refuses every host but the model's own, and follows no redirect: a key is sent nowhere else. */
export const guardedFetch =
  (hosts: readonly string[], send: typeof fetch = fetch): typeof fetch =>
  (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!isSafeAddress(url) || !isAllowedHost(new URL(url).hostname, hosts))
      return Promise.reject(new Error(`the model's connector may not call ${new URL(url).hostname}`));
    return send(input, { ...init, redirect: 'error' });
  };

/** The SDK and the one provider are loaded when a model is configured, and not before. */
const modelOf = async (settings: LlmDraftingSettings): Promise<LanguageModel> => {
  const { provider, model, baseUrl, apiKey, region, accessKeyId, secretAccessKey } = settings;
  const common = { fetch: guardedFetch(hostsOf(settings)), ...(apiKey === undefined ? {} : { apiKey }) };
  switch (provider) {
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic({ ...common, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) })(model);
    }
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({
        ...common,
        name: 'model',
        baseURL: baseUrl ?? '',
        supportsStructuredOutputs: true,
      })(model);
    }
    case 'amazon-bedrock': {
      const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
      return createAmazonBedrock({
        ...common,
        region,
        ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
        ...(accessKeyId === undefined || secretAccessKey === undefined ? {} : { accessKeyId, secretAccessKey }),
      })(model);
    }
  }
};

/** Opens the way to the model of these settings; the first question loads what it takes. */
export const openModelClient = (settings: LlmDraftingSettings): ModelClient => {
  let opened: Promise<LanguageModel> | null = null;
  return {
    ask: async ({ instructions, prompt, answerTokens }) => {
      const { generateText, Output } = await import('ai');
      const { output, usage } = await generateText({
        model: await (opened ??= modelOf(settings)),
        instructions,
        prompt,
        output: Output.object({ schema: answerForm }),
        maxOutputTokens: answerTokens,
        temperature: 0,
        // Repeats are ours: the SDK would try three times within one time limit.
        maxRetries: 0,
        abortSignal: AbortSignal.timeout(settings.timeoutMs),
      });
      return {
        text: answerForm.parse(output).text,
        inputTokens: usage.inputTokens ?? 0,
        outputTokens: usage.outputTokens ?? 0,
      };
    },
  };
};
