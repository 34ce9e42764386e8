import { setTimeout as later } from 'node:timers/promises';
import { noTrace, type TracePoint } from '../agents/orchestration/trace-point.ts';
import { systemClock } from '../domain/values/clock.ts';
import { migrate, schemaProblem } from '../infrastructure/database/migrate.ts';
import { masterKeyFrom, SubjectKeys } from '../infrastructure/ledger/subject-keys.ts';
import { createLogger } from '../infrastructure/logging/logger.ts';
import { Metrics } from '../infrastructure/metrics/metrics.ts';
import { BullJobQueue } from '../infrastructure/queue/bull-job-queue.ts';
import { type Config, ConfigError } from './config.ts';
import { startHttp } from './http/server.ts';
import { ConnectedOrgs } from './connected-orgs.ts';
import { DecisionMirror } from './decisions/decision-mirror.ts';
import { learnBoundaries } from './decisions/learn-boundaries.ts';
import { tellFigures } from './decisions/tell-figures.ts';
import { governanceChores } from './governance/governance-chores.ts';
import { healthChores } from './intelligence/health/health-chores.ts';
import { propensityChores } from './intelligence/propensity/propensity-chores.ts';
import { ROLL_EVERY_MS, telemetryChores } from './intelligence/telemetry/telemetry-chores.ts';
import type { OpenOrg } from './open-org.ts';
import { seedDefaults } from './seed-defaults.ts';
import { Shutdown } from './shutdown.ts';
import { listenToOrg } from './subscriptions/org-changes.ts';
import { keepCheckpoints } from './workers/keep-checkpoints.ts';
import { runWork } from './workers/run-work.ts';
import { sweepApprovals } from './workers/approvals/mirror-approvals.ts';
import { renewEvidence } from './workers/renew-evidence.ts';
import { DealSweep } from './workers/sweep-deals.ts';
import { sweepInbox, sweepRequests } from './workers/sweep-inbox.ts';
import { version } from './version.ts';
import { vitalProblem } from './vital-problem.ts';
import { syncPortal } from './workers/sync-portal.ts';

export interface RunningService {
  /** Of its HTTP end points; empty when the role `http` is not this process's. */
  readonly url: string;
  readonly metrics: Metrics;
  /** Stops taking work, waits for what is at work, and lets go of everything. */
  stop(): Promise<void>;
}

const graceMs = 15_000;
const chore = 'chore:sync';

/** Starts the service in this process. An org that cannot be reached yet is tried again until it can. */
export const startService = async (config: Config, trace: TracePoint = noTrace): Promise<RunningService> => {
  const log = createLogger(config.logLevel);
  const shutdown = new Shutdown();
  const metrics = new Metrics({ processMetrics: true });
  await prepareDatabase(config);
  const queue = await BullJobQueue.open(config.redisUrl, (error) => log.warn({ error }, 'Redis'));
  const running: Promise<unknown>[] = [];
  const has = (role: Config['roles'][number]): boolean => config.roles.includes(role);
  const failed = (what: string) => (error: unknown) => log.error({ error }, what);

  const begin = async (open: OpenOrg, stopping: Shutdown): Promise<readonly Promise<unknown>[]> => {
    const { runtime, bus, topic } = open;
    await seedDefaults(runtime);
    const every = (ms: number, what: string, work: () => Promise<unknown>): Promise<void> =>
      stopping.repeat(() => ms, work, failed(what));
    return [
      ...(has('subscriber')
        ? [
            listenToOrg(runtime, bus, topic, stopping.signal),
            every(5_000, 'nobody could be told whether the org is heard', () =>
              runtime.vitals.tell(topic, bus.problem === null),
            ),
          ]
        : []),
      ...(has('worker') ? [every(1_000, 'the inbox could not be swept', () => sweepInbox(runtime))] : []),
      ...(has('sync')
        ? [
            ...chores(open, config, stopping, failed),
            every(ROLL_EVERY_MS, 'telemetry could not be added up', () => runtime.telemetry.roller.rollAll()),
          ]
        : []),
    ];
  };
  const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
  const connected = new ConnectedOrgs(
    config,
    { config, queue, keys, metrics, clock: systemClock, log, trace },
    shutdown,
    begin,
  );
  const orgs = connected.open;
  const http = has('http') ? await startHttp(config, { orgs, queue, metrics, log, clock: systemClock }) : null;
  if (has('worker'))
    queue.process(config.concurrency, async ({ org, id }) => {
      const open = orgs.get(org);
      if (open && !shutdown.signal.aborted) await runWork(open.runtime, id);
    });
  running.push(connected.keep(await connected.refresh()));

  return {
    url: http?.url ?? '',
    metrics,
    stop: async () => {
      shutdown.begin();
      await queue.close(graceMs);
      await Promise.race([Promise.allSettled(running), later(graceMs, undefined, { ref: false })]);
      await http?.stop();
      await connected.close();
      log.flush();
    },
  };
};

/** Only a service that was given the owner's address migrates; another one works with what it finds, or not at all. */
const prepareDatabase = async ({ databaseUrl, databaseOwnerUrl }: Config): Promise<void> => {
  if (databaseOwnerUrl) {
    await migrate(databaseOwnerUrl, databaseUrl);
    return;
  }
  const problem = await schemaProblem(databaseUrl);
  if (problem) throw new ConfigError(problem);
};

/** Chores that one process does for an org, whoever has the lease: reviews, lost requests, the sign of life, old rows. */
const chores = (
  { runtime, topic }: OpenOrg,
  config: Config,
  shutdown: Shutdown,
  failed: (what: string) => (error: unknown) => void,
): readonly Promise<unknown>[] => {
  const leading = async (work: () => Promise<unknown>): Promise<void> => {
    if (await runtime.subscriptions.acquire(chore)) await work();
  };
  const sync = { reviewEveryMs: config.reviewEveryMs, approvedEveryMs: 3_600_000, atMost: 50 };
  const deals = new DealSweep(runtime);
  const decisions = new DecisionMirror(runtime, config.decisionYears);
  const syncAll = async (): Promise<void> => {
    for (const portal of runtime.portals.values()) await syncPortal(runtime, portal, sync);
  };
  let said: string | null = null;
  let nextSign = Number.NEGATIVE_INFINITY;
  const signOfLife = async (): Promise<void> => {
    if (performance.now() < nextSign) return;
    const problem = vitalProblem(await runtime.vitals.read(topic));
    if (problem !== said) {
      if (problem) runtime.log.error({ problem }, 'no sign of life is given: sellers are told that nobody works');
      said = problem;
    }
    if (problem) return;
    const given = await runtime.crm.heartbeat(version, 'Working.');
    if (given.ok) nextSign = performance.now() + 59_000;
  };
  const every = (ms: number, what: string, work: () => Promise<unknown>): Promise<void> =>
    shutdown.repeat(
      () => ms,
      () => leading(work),
      failed(what),
    );
  return [
    every(Math.min(2_000, config.reviewEveryMs), 'reviews could not be followed', syncAll),
    // Asked for more often than it is given: a process that was just started soon has the lease of the one before it,
    // and nobody is told of a silence that there was not.
    every(3_000, 'the sign of life could not be given', signOfLife),
    every(3_600_000, 'the evidence of grants could not be renewed', () => renewEvidence(runtime)),
    every(30_000, 'approvals could not be looked after', () => sweepApprovals(runtime)),
    ...[
      ...governanceChores(runtime, config),
      ...telemetryChores(runtime),
      ...healthChores(runtime),
      ...propensityChores(runtime, config),
    ].map(({ everyMs, failed: what, work }) => every(everyMs, what, work)),
    every(3_000, 'decisions could not be shown', () => decisions.look()),
    every(300_000, 'figures of decisions could not be told', () => tellFigures(runtime)),
    every(3_600_000, 'boundaries could not be learned', () => learnBoundaries(runtime)),
    every(60_000, 'changed deals could not be looked for', () => deals.look()),
    every(300_000, 'lost requests could not be looked for', () => sweepRequests(runtime)),
    every(5_000, 'the ledger could not be signed', () => keepCheckpoints(runtime, config.checkpoints)),
    every(3_600_000, 'what is needed no more could not be forgotten', () => runtime.forgetOld()),
    every(3_600_000, 'old events could not be forgotten', () => runtime.subscriptions.forgetOldEvents()),
  ];
};
