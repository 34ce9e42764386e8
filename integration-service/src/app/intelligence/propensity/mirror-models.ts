import type { OrgRuntime } from '../../org-runtime.ts';
import { modelRow } from './model-card.ts';

/** Writes models on their records where those do not say what stands in PostgreSQL; gives how many. @throws what the CRM said */
export const mirrorModels = async ({ propensity, crm }: Pick<OrgRuntime, 'propensity' | 'crm'>): Promise<number> => {
  const waiting = await propensity.models.unmirrored();
  if (waiting.length === 0) return 0;
  const written = await crm.upsertRows(waiting.map(modelRow));
  if (!written.ok) throw new Error(`the models could not be shown: ${written.error.message}`);
  for (const [index, answer] of written.value.entries()) {
    const stored = waiting[index];
    if (!stored || answer.id === null)
      throw new Error(`the model ${answer.key} could not be shown: ${answer.problem ?? 'no id came back'}`);
    await propensity.models.mirrored(stored, answer.id);
  }
  return waiting.length;
};
