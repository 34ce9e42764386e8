import { z } from 'zod';
import type { ChainedEntry, LedgerEntryInput, LedgerKind } from '../../ports/decision-ledger/decision-ledger.ts';

/** An entry as the ledger gives it. */
export type ReadEntry = LedgerEntryInput & ChainedEntry;

const answer = z.enum(['allow', 'needs-approval', 'deny']);

const judgementForm = z.object({
  rule: z.string(),
  ruleVersion: z.number().optional(),
  policyVersion: z.number().optional(),
  policyScope: z.string().optional(),
  answer,
  reason: z.string().catch(''),
  owner: z.string().optional(),
  approvedBy: z.string().optional(),
  read: z.array(z.string()).catch([]),
});

const partForm = z.object({ part: z.string(), held: z.boolean(), why: z.string().catch('') });

const verdictForm = z.looseObject({
  answer,
  fiveParts: z.array(partForm).catch([]),
  record: z
    .looseObject({
      proposal: z.looseObject({
        effects: z.array(z.looseObject({ step: z.string(), operation: z.string().catch('') })).catch([]),
        consent: z.looseObject({ by: z.string().catch(''), fields: z.array(z.string()).catch([]) }).optional(),
      }),
      facts: z.looseObject({
        mode: z.looseObject({ mode: z.string() }).nullish().catch(null),
        amount: z.looseObject({ minor: z.number(), currency: z.string() }).nullish().catch(null),
      }),
      verdict: z.looseObject({ judgements: z.array(judgementForm).catch([]) }),
    })
    .optional()
    .catch(undefined),
});

const proposalForm = z.looseObject({
  function: z.string(),
  useCase: z.string().catch(''),
  subject: z.looseObject({ kind: z.string(), id: z.string() }).optional().catch(undefined),
  partner: z.string().catch(''),
  requestedBy: z.string().catch(''),
});

const factsForm = z.looseObject({
  facts: z.array(z.looseObject({ name: z.string(), source: z.string().catch(''), readAt: z.string().catch('') })),
});
const approvalForm = z.looseObject({ answer: z.string() });
const intendedForm = z.looseObject({ step: z.string(), operation: z.string().catch('') });
const resultForm = z.looseObject({
  step: z.string(),
  state: z.string(),
  refusedFor: z.array(z.looseObject({ target: z.string(), code: z.string() })).catch([]),
  // Kept under the deal's key: of a forgotten one nothing is left.
  answer: z
    .looseObject({ networkId: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** One step that was sent, and what became of it; `sent`: nobody has answered yet. */
export interface StoryEffect {
  readonly step: string;
  readonly operation: string;
  readonly at: string;
  readonly state: string;
  readonly networkId: string | null;
  readonly refusedFor: readonly { readonly target: string; readonly code: string }[];
}

/** A decision that was judged, as its entries tell it: the last verdict counts, and everything that was done since the first. */
export interface Story {
  readonly entries: readonly ReadEntry[];
  readonly proposal: z.infer<typeof proposalForm>;
  readonly verdict: z.infer<typeof verdictForm>;
  readonly verdictAt: string;
  readonly facts: z.infer<typeof factsForm>['facts'];
  /** What people said, in order. */
  readonly answers: readonly { readonly answer: string; readonly by: string; readonly at: string }[];
  readonly effects: readonly StoryEffect[];
}

const of = (entries: readonly ReadEntry[], kind: LedgerKind): readonly ReadEntry[] =>
  entries.filter((entry) => entry.kind === kind);

/** Reads the story of a decision; null: it was not judged (an act of governance, or nothing yet). */
export const storyOf = (entries: readonly ReadEntry[]): Story | null => {
  const judged = of(entries, 'verdict').at(-1);
  const proposed = of(entries, 'proposal').at(-1);
  const verdict = verdictForm.safeParse(judged?.body);
  const proposal = proposalForm.safeParse(proposed?.body);
  if (!judged || !verdict.success || !proposal.success) return null;
  const facts = factsForm.safeParse(of(entries, 'facts').at(-1)?.body);
  return {
    entries,
    proposal: proposal.data,
    verdict: verdict.data,
    verdictAt: judged.at,
    facts: facts.success ? facts.data.facts : [],
    answers: of(entries, 'approval').flatMap(({ body, actor, at }) => {
      const said = approvalForm.safeParse(body);
      return said.success ? [{ answer: said.data.answer, by: actor, at }] : [];
    }),
    effects: effectsOf(entries),
  };
};

/** Sent more than once, a step is told once: as it ended. */
const effectsOf = (entries: readonly ReadEntry[]): readonly StoryEffect[] => {
  const effects = new Map<string, StoryEffect>();
  for (const { kind, body, at } of entries) {
    if (kind === 'effect-intended') {
      const sent = intendedForm.safeParse(body);
      if (!sent.success) continue;
      const { step, operation } = sent.data;
      effects.set(step, { step, operation, at, state: 'sent', networkId: null, refusedFor: [] });
    } else if (kind === 'effect-result') {
      const came = resultForm.safeParse(body);
      if (!came.success) continue;
      const { step, state, refusedFor, answer: said } = came.data;
      const operation = effects.get(step)?.operation ?? step;
      const networkId = said?.networkId ?? null;
      effects.set(step, { step, operation, at, state, networkId, refusedFor });
    }
  }
  return [...effects.values()];
};
