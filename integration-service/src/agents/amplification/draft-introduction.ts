import type { Fact } from '../../domain/decisions/proposal.ts';
import type { LanguageGate } from '../../domain/language/check-language.ts';
import { composeText, type ComposedText } from '../../domain/language/compose-text.ts';
import type { ApprovedMaterial, SourcedFact, TextTemplate } from '../../domain/language/material.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type {
  Drafting,
  DraftingAccount,
  DraftingAsk,
  DraftingBudget,
  DraftingLimits,
} from '../../ports/drafting/drafting.ts';
import { isRephrasing } from './rephrasing.ts';

/** What an introduction may say of a deal: values that the grant lets cross, each with its source. */
export type IntroductionFacts = Readonly<Partial<Record<'customer' | 'title' | 'nextStep', SourcedFact>>>;

export interface IntroductionAsk {
  readonly facts: IntroductionFacts;
  readonly material: ApprovedMaterial;
  /** The gate for this deal, which knows the facts. */
  readonly gate: LanguageGate;
  readonly account: DraftingAccount;
  /** Hard stops from the policies `token-spend` and `money-spend`; null: the company has none, so no model is asked. */
  readonly limits: DraftingLimits | null;
  /** Longest text that the network takes, in characters. */
  readonly longest: number;
  /** ISO 8601 instant. */
  readonly now: string;
}

/** A language model and its budget; null: none is configured. */
export interface Model {
  readonly drafting: Drafting;
  readonly budget: DraftingBudget;
}

/** Why the words are those of the template although a model is configured. */
export type TemplateReason = 'no-model' | 'no-budget' | 'no-answer' | 'not-a-rephrasing' | 'stopped-by-gate';

export interface Introduction {
  readonly text: string;
  readonly by: 'template' | 'model';
  readonly why: TemplateReason | null;
  /** The text and where it comes from, kept with the decision: a model is never asked again at replay. */
  readonly fact: Fact;
}

/** The first whose values are there is taken: the one that says more stands first. */
const templates = ['introduction', 'introduction-short'] as const;

/** A text of 255 characters has about 80 tokens; the form around it some more. */
const answerTokens = 200;

/**
 * Amplification: introduces a deal to the partner. The approved template always; in a model's words only where one is
 * configured, its budget has room, it did nothing but rephrase, and the language gate finds nothing at all in its text.
 * A text that somebody wrote is not replaced, and this one is for a person to see before it goes out.
 */
export const draftIntroduction = async (
  ask: IntroductionAsk,
  model: Model | null,
): Promise<Result<Introduction, string>> => {
  const composed = compose(ask);
  if (!composed.ok) return composed;
  const { text, template, parts } = composed.value;
  const kept = (by: Introduction['by'], words: string, why: TemplateReason | null): Introduction => {
    const source =
      by === 'model' && model !== null
        ? `model:${model.drafting.model}`
        : `template:${template.key} version ${template.version}, approved by ${template.approver}`;
    return {
      text: words,
      by,
      why,
      fact: {
        name: 'introduction',
        source,
        readAt: ask.now,
        value: {
          text: words,
          by,
          why,
          template: `${template.key} version ${template.version}`,
          sources: parts.map(({ place, source: from }) => ({ place, source: from })),
        },
        // A next step may name a person.
        personal: true,
      },
    };
  };
  if (model === null) return ok(kept('template', text, 'no-model'));
  const answered = await askModel(ask, composed.value, model);
  return ok(answered.ok ? kept('model', answered.value, null) : kept('template', text, answered.error));
};

/** The fullest template that the facts fill, short enough, and in which the gate finds nothing. */
const compose = ({ facts, material, gate, longest }: IntroductionAsk): Result<ComposedText, string> => {
  let problem = 'No template for an introduction is approved. Propose one, or approve the one that is proposed.';
  for (const key of templates) {
    const template = material.templates.find((one) => one.key === key);
    if (template === undefined) continue;
    const composed = composeText(template, valuesFor(template, facts), material);
    if (!composed.ok) problem = composed.error;
    else if ([...composed.value.text].length > longest) problem = `The text of the template "${key}" is too long.`;
    else {
      const { answer, findings } = gate(composed.value.text, composed.value.parts);
      if (answer === 'send') return composed;
      problem = findings.map(({ why }) => why).join(' ');
    }
  }
  return broken(problem);
};

const valuesFor = ({ variables }: TextTemplate, facts: IntroductionFacts): Readonly<Record<string, SourcedFact>> => {
  const known: Readonly<Record<string, SourcedFact | undefined>> = facts;
  return Object.fromEntries(
    variables.flatMap((name) => {
      const fact = known[name];
      return fact === undefined ? [] : [[name, fact] as const];
    }),
  );
};

const askModel = async (
  { account, limits, longest, material, gate }: IntroductionAsk,
  { text: example, parts }: ComposedText,
  { drafting, budget }: Model,
): Promise<Result<string, TemplateReason>> => {
  const question: DraftingAsk = {
    purpose: 'Introduce this deal to the partner company.',
    facts: parts.map(({ place, words }) => ({ name: place, value: words })),
    statements: [...material.valuePropositions, ...material.positioning].map(({ text }) => text),
    example,
    longest,
    answerTokens,
  };
  const wanted = drafting.estimate(question);
  if (limits === null || !(await budget.reserve(account, wanted, limits))) return broken('no-budget');
  const drafted = await drafting.draft(question);
  // What a lost answer took nobody knows: what was reserved for it stays taken.
  if (!drafted.ok) return broken('no-answer');
  await budget.settle(account, wanted, drafted.value);
  const text = drafted.value.text.trim();
  const known = [example, ...question.statements];
  if ([...text].length > longest || !isRephrasing(text, { required: parts.map(({ words }) => words), known }))
    return broken('not-a-rephrasing');
  return gate(text).answer === 'send' ? ok(text) : broken('stopped-by-gate');
};
