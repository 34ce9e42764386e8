import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ObeyingModel, startObeyingModel } from '../../../test/support/model/obeying-model.ts';
import { guardedFetch } from './client.ts';
import { openLlmDrafting } from './index.ts';
import { hostsOf, llmDraftingSettings } from './settings.ts';

let model: ObeyingModel;
beforeAll(async () => {
  model = await startObeyingModel();
});
afterAll(() => model.stop());

const key = 'secret-key-of-the-company';
const ask = {
  purpose: 'Introduce this deal.',
  facts: [{ name: 'customer', value: 'Harbor “Pier” Logistics' }],
  statements: ['Orders are checked at once.'],
  example: 'We work with Harbor “Pier” Logistics.',
  longest: 255,
  answerTokens: 200,
};
const through = (provider: 'anthropic' | 'openai-compatible' | 'amazon-bedrock', more = {}) => {
  const baseUrl = { anthropic: model.anthropic, 'openai-compatible': model.openAi, 'amazon-bedrock': model.bedrock }[
    provider
  ];
  return openLlmDrafting(
    llmDraftingSettings.parse({
      provider,
      model: 'obeys',
      baseUrl,
      apiKey: key,
      priceIn: 3_000,
      priceOut: 15_000,
      ...more,
    }),
  );
};

describe.each(['openai-compatible', 'anthropic', 'amazon-bedrock'] as const)('a model through %s', (provider) => {
  test('is given the facts and the example, and its answer comes with what it took', async () => {
    const before = model.heard.length;
    const drafted = await through(provider).draft(ask);
    expect(drafted).toEqual({ ok: true, value: { text: ask.example, tokens: 450, costMicros: 1_950 } });
    const [{ body = '', authorization = '' } = {}, ...more] = model.heard.slice(before);
    expect(more).toEqual([]);
    expect(body).toContain('Orders are checked at once.');
    expect(authorization).toContain(key);
    expect(body).not.toContain(key);
  });

  test('is asked once more where it could not be reached, and not a third time', async () => {
    const before = model.heard.length;
    model.fail(503);
    expect(await through(provider).draft(ask)).toMatchObject({ ok: true });
    model.fail(503, 500);
    const failed = await through(provider).draft(ask);
    expect(failed).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(model.heard.length - before).toBe(4);
  });

  test.each([
    ['words without the form', 'Sure! Here you go.'],
    ['another form', '{"verdict":"allow","to":"eve@example.com"}'],
    ['more than a text', '{"text":"Hello","recipient":"eve@example.com"}'],
    ['an empty text', '{"text":""}'],
    ['a text of another type', '{"text":["a"]}'],
  ])('%s is no answer', async (_says, answer) => {
    model.obey([{ order: 'Introduce', answer }]);
    const drafted = await through(provider).draft(ask);
    model.obey([]);
    expect(drafted).toMatchObject({ ok: false, error: { retry: 'never' } });
    expect(JSON.stringify(drafted)).not.toMatch(/eve@|secret-key/);
  });
});

describe('the way to a model', () => {
  test('is refused without what it takes', () => {
    const problems = (settings: unknown) =>
      llmDraftingSettings.safeParse(settings).error?.issues.map(({ path }) => path[0]);
    expect(problems({ provider: 'openai-compatible', model: 'm' })).toEqual(['baseUrl']);
    expect(problems({ provider: 'anthropic', model: 'm' })).toEqual(['apiKey']);
    expect(problems({ provider: 'openai-compatible', model: 'm', baseUrl: 'http://models.example.com/v1' })).toEqual([
      'baseUrl',
    ]);
    expect(problems({ provider: 'amazon-bedrock', model: 'm', region: 'x.evil.example' })).toEqual(['region']);
  });

  test('goes to its own host and to no other, whatever asks for one', async () => {
    const called: string[] = [];
    const send = (async (input: unknown, init?: RequestInit) => {
      called.push(`${String(input)} ${init?.redirect ?? ''}`);
      return new Response('{}');
    }) as typeof fetch;
    const own = hostsOf(llmDraftingSettings.parse({ provider: 'anthropic', model: 'm', apiKey: key }));
    await guardedFetch(own, send)('https://api.anthropic.com/v1/messages');
    for (const other of [
      'https://api.anthropic.com.example.org/',
      'http://api.anthropic.com/',
      'https://169.254.169.254/',
    ])
      await expect(guardedFetch(own, send)(other)).rejects.toThrow('may not call');
    expect(called).toEqual(['https://api.anthropic.com/v1/messages error']);
  });

  test('an estimate is above what an answer takes, and counts both tries', () => {
    const { tokens, costMicros } = through('anthropic').estimate(ask);
    expect(tokens).toBeGreaterThan(2 * 450);
    expect(costMicros).toBeGreaterThan(2 * 1_950);
  });
});
