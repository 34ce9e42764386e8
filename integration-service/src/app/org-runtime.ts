import type { Logger } from 'pino';
import type { TracePoint } from '../agents/orchestration/trace-point.ts';
import type { ApprovalDeadlines } from '../domain/decisions/approval.ts';
import type { Clock } from '../domain/values/clock.ts';
import type { PostgresApprovals } from '../infrastructure/database/approvals.ts';
import type { PostgresDecisionMirrors } from '../infrastructure/database/decision-mirrors.ts';
import type { PostgresControl } from '../infrastructure/database/control.ts';
import type { PostgresEffectLog } from '../infrastructure/database/effects.ts';
import type { PostgresRecordedPolicies } from '../infrastructure/ledger/recorded-policies.ts';
import type { PostgresCheckpoints } from '../infrastructure/ledger/postgres-checkpoints.ts';
import type { PostgresInbox } from '../infrastructure/database/inbox.ts';
import type { PostgresRollout } from '../infrastructure/database/rollout.ts';
import type { PostgresSwitches } from '../infrastructure/database/switches.ts';
import type { PostgresReferralLinks } from '../infrastructure/database/referral-links.ts';
import type { PostgresSubscriptions } from '../infrastructure/database/subscriptions.ts';
import type { PostgresVitalSigns } from '../infrastructure/database/vital-signs.ts';
import type { PostgresRateBudget } from '../infrastructure/database/budgets.ts';
import type { PostgresHealth } from '../infrastructure/health/postgres-health.ts';
import type { PropensityParts } from './intelligence/propensity/propensity-parts.ts';
import type { TelemetryRoom } from '../infrastructure/telemetry/telemetry-room.ts';
import type { Crm } from '../ports/crm/crm.ts';
import type { DecisionLedger } from '../ports/decision-ledger/decision-ledger.ts';
import type { JobQueue } from '../ports/job-queue/job-queue.ts';
import type { CrmTelemetry } from '../ports/telemetry/crm-telemetry.ts';
import type { PartnerBook } from '../ports/partner-book/partner-book.ts';
import type { PartnerPortal, PortalSolution } from '../ports/partner-portal/partner-portal.ts';
import type { Metrics } from '../infrastructure/metrics/metrics.ts';

/** Solutions of ours at a network, with when they were read. */
export interface KnownSolutions {
  readonly readAt: string;
  readonly value: readonly PortalSolution[];
}

/** Everything the service has for one org. Built in `open-org.ts`, in one place. */
export interface OrgRuntime {
  readonly org: string;
  /** The integration user's id: who the service is in the org. */
  readonly user: string;
  readonly crm: Crm;
  readonly portals: ReadonlyMap<string, PartnerPortal>;
  readonly inbox: PostgresInbox;
  readonly effects: PostgresEffectLog;
  readonly approvals: PostgresApprovals;
  readonly ledger: DecisionLedger;
  readonly decisions: PostgresDecisionMirrors;
  readonly recordedPolicies: PostgresRecordedPolicies;
  readonly checkpoints: PostgresCheckpoints;
  readonly links: PostgresReferralLinks;
  readonly control: PostgresControl;
  readonly switches: PostgresSwitches;
  readonly rollout: PostgresRollout;
  readonly budget: PostgresRateBudget;
  readonly subscriptions: PostgresSubscriptions;
  readonly vitals: PostgresVitalSigns;
  readonly telemetry: TelemetryRoom;
  readonly propensity: PropensityParts;
  readonly crmTelemetry: CrmTelemetry;
  readonly health: PostgresHealth;
  readonly partnerBook: PartnerBook;
  readonly queue: JobQueue;
  /** Lets go of what the work needs no more. */
  readonly forgetOld: () => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly trace: TracePoint;
  /** Resolves after so many milliseconds; rejects when the service stops. */
  readonly pause: (ms: number) => Promise<void>;
  /** How often a claim is renewed while the work goes on; well below the lease. */
  readonly renewEveryMs: number;
  /** How long a write whose answer was lost may still be on its way. */
  readonly unknownSettlesMs: number;
  /** How long a person can take back what they answered to an approval, in milliseconds. */
  readonly approvalUndoMs: number;
  /** How long approvals wait for an answer. */
  readonly approvalDeadlines: ApprovalDeadlines;
  /** How old mapping and policies may be; a change that is heard of is read at once. */
  readonly settingsMaxAgeMs: number;
  readonly solutions: (network: string) => Promise<KnownSolutions>;
}
