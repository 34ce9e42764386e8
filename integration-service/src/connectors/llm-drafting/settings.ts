import { z } from 'zod';
import { isSafeAddress } from '../kit/outbound-hosts.ts';

/** Providers that a model can be reached through. */
export const MODEL_PROVIDERS = ['anthropic', 'openai-compatible', 'amazon-bedrock'] as const;

const price = z.int().min(0).max(1_000_000_000);

/** How a language model is reached. Without it texts come from templates alone. */
export const llmDraftingSettings = z
  .strictObject({
    provider: z.enum(MODEL_PROVIDERS),
    /** The provider's name of the model. */
    model: z.string().min(1).max(200),
    /** Where it is reached; needed for openai-compatible, for the others the provider's own address unless given. */
    baseUrl: z.url().refine(isSafeAddress, 'must start with https://; http:// is for this machine alone').optional(),
    apiKey: z.string().min(1).optional().meta({ secret: true }),
    /** Amazon Bedrock: the region, and a key pair where none is given by the machine. */
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as us-east-1')
      .default('us-east-1'),
    accessKeyId: z.string().min(1).optional(),
    secretAccessKey: z.string().min(1).optional().meta({ secret: true }),
    /** Millionths of the budget's currency for 1,000 tokens read, and written. A price of 0 counts tokens alone. */
    priceIn: price.default(0),
    priceOut: price.default(0),
    /** How long one try may take. */
    timeoutMs: z.int().min(100).max(120_000).default(15_000),
  })
  .superRefine(({ provider, baseUrl, apiKey }, context) => {
    if (provider === 'openai-compatible' && baseUrl === undefined)
      context.addIssue({ code: 'custom', path: ['baseUrl'], message: 'is needed for an openai-compatible model' });
    if (provider === 'anthropic' && apiKey === undefined)
      context.addIssue({ code: 'custom', path: ['apiKey'], message: 'is needed for an Anthropic model' });
  });

export type LlmDraftingSettings = z.infer<typeof llmDraftingSettings>;

/** The only hosts that are called: that of the address given, or the provider's own. */
export const hostsOf = ({ provider, baseUrl, region }: LlmDraftingSettings): readonly string[] => {
  if (baseUrl !== undefined) return [new URL(baseUrl).hostname];
  return provider === 'anthropic' ? ['api.anthropic.com'] : [`bedrock-runtime.${region}.amazonaws.com`];
};
