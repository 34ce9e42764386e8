import type { Json } from '../../domain/values/json.ts';
import type { ChainedEntry, LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/** An act of governance: somebody changed what agents may do, or asked for it. */
export interface ControlAct {
  /** `change-policy`, `stop`: the kind of request that asked for it. */
  readonly kind: string;
  /** The key of what it is about. */
  readonly subject: string;
  /** The request that asked for it; another name of the occasion where there is none. Nothing is recorded twice under one. */
  readonly request: string;
  /** The user's id, or an agent's key. */
  readonly actor: string;
  readonly body: ControlBody;
  /** The partner it concerns; absent: all of them. */
  readonly partner?: string;
  /** What people wrote, by its path in the body, and under whose key it is kept: never in the clear. */
  readonly personal?: LedgerEntryInput['personal'];
}

export interface ControlBody {
  /** One sentence: what was done. */
  readonly what: string;
  readonly before: Json;
  readonly after: Json;
  /** The reason that was given; empty where none was asked for. */
  readonly why: string;
  readonly [more: string]: Json;
}

/** Under which name the ledger keeps an act. */
export const controlDecision = ({ kind, subject, request }: Pick<ControlAct, 'kind' | 'subject' | 'request'>): string =>
  `${kind}:${subject}#${request}`;

/** The entry of an act, for whoever appends it in the transaction of what it changes. */
export const controlEntry = (org: string, at: string, act: ControlAct): LedgerEntryInput => ({
  org,
  kind: 'control',
  decision: controlDecision(act),
  at,
  actor: act.actor,
  partnerOfRecord: act.partner ?? 'none',
  body: { ...act.body },
  personal: act.personal ?? [],
});

/** An act as it stands in the ledger. */
export interface RecordedControl extends ChainedEntry {
  readonly decision: string;
  readonly at: string;
  /** True where an earlier try had recorded it. */
  readonly again: boolean;
  /** What was recorded: of the earlier try where there was one. */
  readonly body: Json;
}

/**
 * Records an act before it is done in Salesforce. Asked again for the same request it gives what was recorded then, so that
 * the rest is done by those very words.
 */
export const recordControl = async (
  org: Pick<OrgRuntime, 'org' | 'ledger' | 'clock'>,
  act: ControlAct,
): Promise<RecordedControl> => {
  const decision = controlDecision(act);
  const known = await recordedControl(org, decision);
  if (known) return known;
  const entry = controlEntry(org.org, org.clock.now(), act);
  const [chained] = await org.ledger.append([entry]);
  if (!chained) throw new Error(`the ledger did not answer for ${decision}`);
  return { ...chained, decision, at: entry.at, again: false, body: entry.body };
};

/** What was recorded of an act; null: nothing yet. */
export const recordedControl = async (
  org: Pick<OrgRuntime, 'org' | 'ledger'>,
  decision: string,
): Promise<RecordedControl | null> => {
  const entry = (await org.ledger.read(org.org, decision)).find(({ kind }) => kind === 'control');
  if (!entry) return null;
  const { sequence, hash, at, body } = entry;
  return { org: org.org, sequence, hash, decision, at, again: true, body };
};
