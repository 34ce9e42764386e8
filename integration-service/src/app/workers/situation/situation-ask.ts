import type { Proposal } from '../../../domain/decisions/proposal.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import type { Gathered } from '../gather-context.ts';
import type { HeldWork } from '../held-work.ts';

/** What a fact of the situation is made from. All of it is read already; whoever must ask for more says why it is worth a call. */
export interface SituationAsk {
  readonly org: OrgRuntime;
  /** With what stood in PostgreSQL when the claim was made: stops, links, what was done today, approvals. */
  readonly held: HeldWork;
  /** With what was read from Salesforce for this request, the partner among it. */
  readonly facts: Gathered;
  readonly proposal: Proposal;
  /** ISO 8601 instant of the decision. */
  readonly now: string;
}
