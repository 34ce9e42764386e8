import type { OwnObject, OwnRecord } from '../../ports/crm/own-rows.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { decisionKey } from './row-fields.ts';

type LinkingOrg = Pick<OrgRuntime, 'crm' | 'log'>;

/** An approval and the ledger's name of the decision it is about. */
interface OfDecision {
  readonly key: string;
  readonly decision: string;
}

/**
 * Approvals that were shown for the first time say which decision they are about, where its record is there already.
 * Either record may be the first: whoever writes one looks for the other afterwards, so the later of the two finds both.
 * @throws what the org said.
 */
export const linkShownApprovals = async (org: LinkingOrg, shown: readonly OfDecision[]): Promise<void> => {
  const there = await keysOf(
    org,
    'Decision__c',
    shown.map(({ decision }) => decisionKey(decision)),
  );
  await link(
    org,
    shown.filter(({ decision }) => there.has(decisionKey(decision))),
  );
};

/** The same from the other side: decisions were written, and these are their approvals. @throws what the org said. */
export const linkApprovalsOf = async (org: LinkingOrg, approvals: readonly OfDecision[]): Promise<void> => {
  const there = await keysOf(
    org,
    'Approval__c',
    approvals.map(({ key }) => key),
  );
  await link(
    org,
    approvals.filter(({ key }) => there.get(key)?.fields.decision === null),
  );
};

const keysOf = async (
  org: LinkingOrg,
  object: OwnObject,
  keys: readonly string[],
): Promise<ReadonlyMap<string, OwnRecord>> => {
  if (keys.length === 0) return new Map();
  const read = await org.crm.readRows(object, { keys: [...new Set(keys)] });
  if (!read.ok) throw new Error(`${object} could not be read: ${read.error.message}`);
  return new Map(read.value.map((record) => [record.key, record]));
};

const link = async (org: LinkingOrg, approvals: readonly OfDecision[]): Promise<void> => {
  if (approvals.length === 0) return;
  const written = await org.crm.upsertRows(
    approvals.map(({ key, decision }) => ({
      object: 'Approval__c',
      key,
      fields: {},
      refs: { decision: { object: 'Decision__c', key: decisionKey(decision) } },
    })),
  );
  if (!written.ok) throw new Error(`approvals could not name their decisions: ${written.error.message}`);
  for (const { key: approval, problem } of written.value)
    if (problem !== null) org.log.warn({ approval, problem }, 'an approval could not name its decision');
};
