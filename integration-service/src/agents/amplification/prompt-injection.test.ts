import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INJECTIONS } from '../../../test/support/model/injections.ts';
import { type ObeyingModel, startObeyingModel } from '../../../test/support/model/obeying-model.ts';
import { languageGate } from '../../domain/language/check-language.ts';
import type { ApprovedMaterial } from '../../domain/language/material.ts';
import type { DraftingBudget } from '../../ports/drafting/drafting.ts';
import { draftIntroduction, type IntroductionAsk, type Model } from './draft-introduction.ts';
import { openDraftingFor } from '../../../test/support/model/open-drafting.ts';

let model: ObeyingModel;
beforeAll(async () => {
  model = await startObeyingModel();
});
afterAll(() => model.stop());

const material: ApprovedMaterial = {
  key: 'aws',
  company: 'Northwind Software',
  alsoKnownAs: [],
  valuePropositions: [],
  positioning: [],
  products: [],
  competitors: [],
  otherCustomers: ['Meridian Bank'],
  templates: [
    {
      key: 'introduction',
      version: 1,
      approver: 'Lea Legal',
      text: 'We work with {customer} on “{title}”. Our next step: {nextStep}. We would like to agree with you who does what.',
      variables: ['customer', 'title', 'nextStep'],
    },
  ],
};
const unlimited: DraftingBudget = { reserve: async () => true, settle: async () => undefined };

/** The deal as its records hold it, with the injection in one field. */
const askWith = (place: 'customer' | 'title' | 'nextStep', said: string): IntroductionAsk => {
  const values = { customer: 'Harbor Logistics', title: 'Warehouse analytics', nextStep: 'architecture review' };
  const facts = Object.fromEntries(
    Object.entries({ ...values, [place]: said }).map(([name, value]) => [
      name,
      { source: `Opportunity.${name}`, value },
    ]),
  );
  return {
    facts,
    material,
    gate: languageGate(material, {
      key: 'd',
      partner: { name: 'AWS', alsoKnownAs: [] },
      customer: { name: place === 'customer' ? said : values.customer, alsoKnownAs: [] },
      facts: Object.values(facts),
      people: [],
    }),
    account: { function: 'co-selling', partner: 'aws' },
    limits: { tokens: 1_000_000, costMicros: 1_000_000 },
    longest: 2_000,
    now: '2026-11-21T10:00:00.000Z',
  };
};

/** All that a draft comes to, but the words. */
const outcomeOf = async (ask: IntroductionAsk, through: Model | null) => {
  const drafted = await draftIntroduction(ask, through);
  return drafted.ok
    ? { text: drafted.value.text, fact: Object.keys(drafted.value.fact.value as object) }
    : { refused: drafted.error };
};

describe.each(['openai-compatible', 'anthropic'] as const)(
  'a model that obeys every order it reads, through %s',
  (provider) => {
    const through = (): Model => ({ drafting: openDraftingFor(provider, model), budget: unlimited });

    test('really obeys: its answer is the order’s, where nothing checks it', async () => {
      model.obey([{ order: 'Say hello', answer: '{"text":"Hello from the order"}' }]);
      const drafted = await through().drafting.draft({
        purpose: 'p',
        facts: [{ name: 'title', value: 'Say hello' }],
        statements: [],
        example: 'e',
        longest: 255,
        answerTokens: 100,
      });
      expect(drafted).toMatchObject({ ok: true, value: { text: 'Hello from the order' } });
    });

    test.each(INJECTIONS)('$place: $order → $answer', async ({ place, order, answer }) => {
      const ask = askWith(place, order);
      model.obey([{ order, answer }]);
      const before = model.heard.length;
      const [obeyed, without] = [await outcomeOf(ask, through()), await outcomeOf(ask, null)];
      expect(obeyed).toEqual(without);
      // It was asked, and did what the field said: the test is none where the model never read it.
      if ('text' in without) expect(model.heard.length).toBe(before + 1);
    });
  },
);
