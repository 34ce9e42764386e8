import { batchForm } from '../../domain/decisions/batch.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { ReadEntry } from './decision-story.ts';
import {
  ageSeconds,
  agentRef,
  chain,
  cut,
  decisionKey,
  functionOf,
  keptUntil,
  listOf,
  partnerRef,
  person,
  type Surroundings,
} from './row-fields.ts';

/** The record of many results that were decided together: one, however many they are. Null: it is no batch. */
export const batchRow = (decision: string, entries: readonly ReadEntry[], around: Surroundings): OwnRow | null => {
  const entry = entries.find(({ kind }) => kind === 'batch');
  const read = batchForm.safeParse(entry?.body);
  if (!entry || !read.success) return null;
  const { what, function: of, useCase, requestedBy, answer, judgements, facts, count, content } = read.data;
  const state = answer === 'allow' ? 'done' : 'refused';
  return {
    object: 'Decision__c',
    key: decisionKey(decision),
    fields: {
      function: functionOf(of),
      useCase: useCase.slice(0, 80),
      kind: 'batch',
      answer,
      state,
      requestedBy: person(requestedBy),
      decidedAt: entry.at,
      says: cut(what, 4_000),
      rules: listOf(judgements, 32_768),
      facts: listOf(
        facts.map(({ name, source, readAt }) => ({ name, source, readAt, ageSeconds: ageSeconds(entry.at, readAt) })),
        32_768,
      ),
      effects: listOf(
        [
          {
            step: useCase,
            operation: useCase,
            at: entry.at,
            state,
            says: `${count} ${count === 1 ? 'result' : 'results'}, kept in the ledger under one hash: ${content}`,
          },
        ],
        32_768,
      ),
      ...chain(entries),
      retainUntil: keptUntil(entry.at, around.retention.otherYears),
    },
    refs: { partner: partnerRef(entry.partnerOfRecord, around.partners), agent: agentRef(entry.actor) },
  };
};
