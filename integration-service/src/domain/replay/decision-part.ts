import { z } from 'zod';
import type { GuardrailCatalogue } from '../guardrails/catalogue.ts';
import type { JudgedProposal, JudgeFacts } from '../guardrails/guardrail.ts';
import type { Judgement, Verdict } from '../guardrails/verdict.ts';
import type { Result } from '../values/result.ts';
import { factsForm, type NotReplayable, proposalForm, readAs } from './recorded-decision.ts';

/** What some rules need of a recorded decision to be asked again, and how the decision came out. A whole one is one too. */
export interface DecisionPart {
  readonly id: string;
  readonly proposal: Pick<JudgedProposal, (typeof alwaysOfProposal)[number]> & Partial<JudgedProposal>;
  readonly facts: Pick<JudgeFacts, 'now' | 'policies'> & Partial<JudgeFacts>;
  readonly verdict: {
    readonly answer: Verdict['answer'];
    readonly judgements: readonly Pick<Judgement, 'rule' | 'answer' | 'reason'>[];
  };
}

export type ReadPart = Result<DecisionPart, NotReplayable>;

/** Makes a part of a record: looks at the members that are needed and at no others, which is most of what reading takes. */
export type PartReader = (record: unknown) => ReadPart;

const answer = z.enum(['allow', 'needs-approval', 'deny']);
const verdictForm = z.object({
  answer,
  judgements: z.array(z.object({ rule: z.string(), answer, reason: z.string() })),
});

/** Asked of every decision: what it is, what a policy is chosen by, and what a yes on file is told by. */
const alwaysOfProposal = ['function', 'useCase', 'subject', 'partner', 'requestedBy'] as const;
const alwaysOfFacts = ['now', 'policies', 'profile', 'approvals'] as const;

/** Reads what these rules look at and nothing else: a rule names it (`reads`, and the test of the catalogue holds it to that). */
export const partReaderFor = (rules: readonly string[], catalogue: GuardrailCatalogue): PartReader => {
  const reads = new Set(
    rules.flatMap((rule) => {
      const guardrail = catalogue.current(rule);
      return guardrail ? [...guardrail.reads, ...guardrail.needs] : [];
    }),
  );
  const form = z.object({
    id: z.string(),
    proposal: z.object(pick(proposalForm.shape, new Set([...alwaysOfProposal, ...reads]))),
    facts: z.object(pick(factsForm.shape, new Set([...alwaysOfFacts, ...reads]))),
    verdict: verdictForm,
  });
  // The forms are those of the types, and the members that a part always has are among those picked.
  return (record) => readAs(form as unknown as z.ZodType<DecisionPart>, record);
};

const pick = (shape: z.ZodRawShape, names: ReadonlySet<string>): z.ZodRawShape =>
  Object.fromEntries(Object.entries(shape).filter(([name]) => names.has(name)));
