import type { OwnRecord } from '../../ports/crm/own-rows.ts';
import type { Json } from '../../domain/values/json.ts';
import type { LedgerDecision } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { replayBatch, type Replayed, replayDecision } from '../replay-ledger.ts';
import { policiesOf } from '../workers/policies.ts';
import type { GovernanceAsk } from './governance-handler.ts';

/** What is said of a decision that is not there, and of one that the person does not see: the same. */
export const NO_DECISION = 'There is no such decision, or you do not see it.';

/** The record of the decision that a request is about, if whoever asks sees it. @throws what the org said. */
export const decisionSeenBy = async (
  { org, person }: Pick<GovernanceAsk, 'org' | 'person'>,
  key: string | null,
): Promise<OwnRecord | null> => {
  if (key === null || key === '') return null;
  const row = await rowOf(org, 'Decision__c', { keys: [key] });
  if (row === null) return null;
  const seen = await org.crm.mayRead(person.id, row.id);
  if (!seen.ok) throw new Error(`whether the decision is seen could not be read: ${seen.error.message}`);
  return seen.value ? row : null;
};

/** One record of ours; null: there is none. @throws what the org said. */
export const rowOf = async (
  org: Pick<OrgRuntime, 'crm'>,
  object: 'Decision__c' | 'Dispute__c' | 'BoundaryProposal__c',
  query: Parameters<OrgRuntime['crm']['readRows']>[1],
): Promise<OwnRecord | null> => {
  const read = await org.crm.readRows(object, query);
  if (!read.ok) throw new Error(`${object} could not be read: ${read.error.message}`);
  return read.value[0] ?? null;
};

/** Writes one record. @throws what the org said. */
export const writeRow = async (
  org: Pick<OrgRuntime, 'crm'>,
  row: Parameters<OrgRuntime['crm']['upsertRows']>[0][number],
): Promise<string> => {
  const written = await org.crm.upsertRows([row]);
  if (!written.ok) throw new Error(`${row.object} could not be written: ${written.error.message}`);
  const [answer] = written.value;
  if (!answer || answer.problem !== null)
    throw new Error(`${row.object} ${row.key} could not be written: ${answer?.problem ?? 'no answer'}`);
  return answer.id ?? '';
};

/** What judging again showed, as `Decision__c.Replay__c` and `Dispute__c.ReplayResult__c` hold it. */
export interface ReplayTold {
  readonly at: string;
  readonly asOfThen: Replayed['asOfThen'];
  readonly today?: 'same' | 'different';
  readonly differences: readonly { readonly rule: string; readonly was: string; readonly is: string }[];
}

const replayLength = 8_000;

/**
 * Judges a decision again as of then and by today's rules; judged twice, as after an approval, its last verdict is the one.
 * Of a batch the results are looked at. Null: it was not judged by rules. @throws what the org or the database said.
 */
export const replayNow = async (org: OrgRuntime, decision: string): Promise<ReplayTold | null> => {
  let last: LedgerDecision | null = null;
  for await (const one of org.ledger.decisions(org.org, { decision })) last = one;
  if (last === null) {
    for await (const batch of org.ledger.batches(org.org, { decision })) return toldOf(org, replayBatch(batch));
    return null;
  }
  const settings = await org.crm.readSettings(0);
  if (!settings.ok) throw new Error(`today's policies could not be read: ${settings.error.message}`);
  return toldOf(org, replayDecision(last, await policiesOf(org, settings.value.policies)));
};

const toldOf = (org: OrgRuntime, { asOfThen, today, differences }: Replayed): ReplayTold => {
  const told = {
    at: org.clock.now(),
    asOfThen,
    ...(today === null ? {} : { today }),
    differences: differences.map(({ rule, was, is }) => ({ rule, was: was ?? '', is: is ?? '' })),
  };
  return JSON.stringify(told).length <= replayLength ? told : { ...told, differences: [] };
};

export const asJson = (told: ReplayTold): Json => told as unknown as Json;

/** What it showed, in one sentence. */
export const replaySays = ({ asOfThen, today }: ReplayTold): string => {
  if (asOfThen === 'erased')
    return 'It cannot be judged again: a person whose data it was about has been erased from the records.';
  if (asOfThen === 'unreadable') return 'It cannot be judged again: its record is not whole.';
  if (asOfThen === 'different') return 'Judged again as of then, it comes out differently. Tell your admin.';
  if (today === undefined) return 'Looked at again, it is what it was then, to the byte.';
  return `Judged again as of then, it comes out the same. Under today’s rules it ${today === 'different' ? 'would come out differently' : 'would come out the same too'}.`;
};
