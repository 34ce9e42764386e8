import { parseArgs } from 'node:util';
import { SalesforceClient } from '../../connectors/salesforce/client.ts';
import { Namespace } from '../../connectors/salesforce/namespace.ts';
import { PubSubClient } from '../../connectors/salesforce/pubsub-client.ts';
import { noTrace } from '../../agents/orchestration/trace-point.ts';
import { systemClock } from '../../domain/values/clock.ts';
import { PostgresConnections } from '../../infrastructure/database/connections.ts';
import { migrate, schemaProblem } from '../../infrastructure/database/migrate.ts';
import { openOrgDatabase } from '../../infrastructure/database/org-database.ts';
import { masterKeyFrom, SubjectKeys } from '../../infrastructure/ledger/subject-keys.ts';
import { createLogger } from '../../infrastructure/logging/logger.ts';
import { Metrics } from '../../infrastructure/metrics/metrics.ts';
import { BullJobQueue } from '../../infrastructure/queue/bull-job-queue.ts';
import { PostgresControl } from '../../infrastructure/database/control.ts';
import { type Config, readConfig } from '../config.ts';
import { openOrg, type OpenOrg } from '../open-org.ts';
import { loginOf, readConnections, type WantedOrg, wantedOrgs } from '../wanted-orgs.ts';
import { sweepInbox, sweepRequests } from '../workers/sweep-inbox.ts';
import { enqueue } from '../workers/run-work.ts';
import { examineOrg } from './doctor.ts';
import { findingLines } from './finding.ts';

const help = `tandem <command>

  migrate                       brings the database up to date, as the user of DATABASE_OWNER_URL; no other command does
  doctor                        looks at the connection from end to end; exit code 1 when something fails
  org add --role-arn ARN        keeps the org of the SALESFORCE_… settings in the connections table, with the AWS role that
                                is taken on for it; --external-id ID where the role asks for one
  org off --org 00D…            lets go of an org, in every process, within a minute; org on takes it up again
  stop [SCOPE] --reason WHY     stops all, function:co-selling or partner:aws from the next effect on, for every
                                process, without Salesforce; --org 00D… when there are several
  resume [SCOPE]                lets it work again
  sync status                   inbox, referrals and what is stopped
  sync sweep                    looks for requests that no event told of, and enqueues what is due
  queue retry [ID]              wakes dead rows of the inbox, or one of them
  ledger verify                 walks the chain; exit code 1 and the first entry that does not hold
`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs work on every org that is connected, and lets go of everything afterwards. */
const withOrgs = async (
  config: Config,
  work: (open: OpenOrg & { readonly wanted: WantedOrg }) => Promise<boolean>,
  given?: readonly WantedOrg[],
): Promise<boolean> => {
  const metrics = new Metrics();
  const log = createLogger('silent');
  const queue = await BullJobQueue.open(config.redisUrl, () => undefined);
  const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
  let good = true;
  try {
    for (const wanted of given ?? (await connected(config))) {
      const open = await openOrg(wanted, {
        config,
        queue,
        keys,
        metrics,
        clock: systemClock,
        log,
        trace: noTrace,
        pause,
      });
      try {
        good = (await work({ ...open, wanted })) && good;
      } finally {
        await open.close();
      }
    }
  } finally {
    await queue.close(1_000);
  }
  return good;
};

const bringUpToDate = async (config: Config): Promise<boolean> => {
  if (!config.databaseOwnerUrl)
    throw new Error('DATABASE_OWNER_URL is missing: the address of the database as the user who owns its tables.');
  const ran = await migrate(config.databaseOwnerUrl, config.databaseUrl);
  say(ran.length === 0 ? 'The database was up to date.' : `The database is up to date now: ${ran.join(', ')}.`);
  return true;
};

const connected = async (config: Config): Promise<readonly WantedOrg[]> => {
  const wanted = wantedOrgs(config.org, await readConnections(config));
  if (wanted.length === 0)
    throw new Error('No org is connected: give the SALESFORCE_… settings, or run "tandem org add".');
  return wanted;
};

const doctor = (config: Config): Promise<boolean> =>
  withOrgs(config, async ({ runtime, topic, wanted: org }) => {
    const {
      loginUrl,
      clientId,
      username,
      pubsubEndpoint,
      pubsubCertificateAuthority: certificateAuthority,
    } = org.settings;
    const client = new SalesforceClient({ loginUrl, clientId, username, privateKey: org.privateKey });
    const pubsub = new PubSubClient(
      { endpoint: pubsubEndpoint, ...(certificateAuthority ? { certificateAuthority } : {}) },
      () => client.session(),
    );
    const prefix = /^\/data\/(?:(\w+?)__)?TandemChannel__chn$/.exec(topic)?.[1] ?? '';
    const database = openOrgDatabase(runtime.org, { url: config.databaseUrl, maxConnections: 1 });
    const findings = await examineOrg({ runtime, client, pubsub, topic, database, namespace: new Namespace(prefix) });
    pubsub.close();
    await database.close();
    say(findingLines(findings));
    return findings.every((finding) => finding.holds);
  });

/** Connects an org for good. The same login may have been another org before (a refreshed sandbox): that one is let go. */
const addOrg = async (
  config: Config,
  roleArn: string | undefined,
  externalId: string | undefined,
): Promise<boolean> => {
  const own = config.org;
  if (!own) throw new Error('Give the org as SALESFORCE_… settings.');
  if (!roleArn)
    throw new Error('Give the AWS role that is taken on for this org: --role-arn arn:aws:iam::123456789012:role/name.');
  const network = { ...own.settings.network, roleArn, ...(externalId ? { externalId } : {}) };
  const settings = { ...own.settings, network };
  const wanted: WantedOrg = { settings, privateKey: own.privateKey, expected: null, ofEnvironment: false };
  return withOrgs(
    config,
    async ({ runtime, kind }) => {
      const { org } = runtime;
      for (const before of await readConnections(config))
        if (before.org !== org && loginOf(before.settings) === loginOf(settings))
          await withConnections(config, before.org, (connections) => connections.turn('off'));
      await withConnections(config, org, (connections) =>
        connections.put({ org, kind, status: 'on', settings, secrets: { privateKey: own.privateKey } }),
      );
      say(`${org} (${kind}) is kept; its SALESFORCE_… settings may be taken away.`);
      return true;
    },
    [wanted],
  );
};

const withConnections = async <Said>(
  config: Config,
  org: string,
  work: (connections: PostgresConnections) => Promise<Said>,
): Promise<Said> => {
  const database = openOrgDatabase(org, { url: config.databaseUrl, maxConnections: 1 });
  try {
    return await work(new PostgresConnections(database, masterKeyFrom(config.masterKey)));
  } finally {
    await database.close();
  }
};

const turnOrg = async (config: Config, org: string | undefined, status: 'on' | 'off'): Promise<boolean> => {
  if (!org) throw new Error(`Say which org: tandem org ${status} --org 00D….`);
  const there = await withConnections(config, org, (connections) => connections.turn(status));
  say(there ? `${org} is ${status}; every process notices within a minute.` : `${org} was never connected.`);
  return there;
};

/** Needs PostgreSQL and nothing else: it must work when everything else is in trouble. */
const control = async (
  config: Config,
  org: string | undefined,
  work: (control: PostgresControl) => Promise<string>,
): Promise<boolean> => {
  const orgs = org ? [org] : await withConnections(config, '*', (connections) => connections.ids());
  if (orgs.length === 0) throw new Error('No org has been connected to this database yet: say which, --org 00D….');
  for (const one of orgs) {
    const database = openOrgDatabase(one, { url: config.databaseUrl, maxConnections: 1 });
    try {
      say(`${one}: ${await work(new PostgresControl(database))}`);
    } finally {
      await database.close();
    }
  }
  return true;
};

const main = async (): Promise<boolean> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      org: { type: 'string' },
      reason: { type: 'string' },
      by: { type: 'string' },
      'role-arn': { type: 'string' },
      'external-id': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [command = '', ...rest] = positionals;
  if (values.help || command === '') {
    say(help);
    return command !== '' || values.help === true;
  }
  const config = readConfig(process.env);
  // Stopping must work with whatever database there is; every other command first asks whether it is the one it knows.
  const problem = ['migrate', 'stop', 'resume'].includes(command) ? null : await schemaProblem(config.databaseUrl);
  if (problem) throw new Error(problem);
  const scope = rest[0] ?? 'all';
  switch (`${command} ${['org', 'sync', 'queue', 'ledger'].includes(command) ? (rest[0] ?? '') : ''}`.trim()) {
    case 'migrate':
      return bringUpToDate(config);
    case 'doctor':
      return doctor(config);
    case 'org add':
      return addOrg(config, values['role-arn'], values['external-id']);
    case 'org on':
    case 'org off':
      return turnOrg(config, values.org, rest[0] === 'on' ? 'on' : 'off');
    case 'stop': {
      const { reason } = values;
      if (!reason) throw new Error('Say why: tandem stop all --reason "…". The people who are stopped read it.');
      return control(config, values.org, async (switches) => {
        await switches.stop(scope, reason, values.by ?? process.env.USER ?? 'operator');
        return `${scope} is stopped; an effect that has not started does not start.`;
      });
    }
    case 'resume':
      return control(config, values.org, async (switches) =>
        (await switches.resume(scope)) ? `${scope} works again.` : `${scope} was not stopped.`,
      );
    case 'sync status':
      return withOrgs(config, async ({ runtime, topic, kind }) => {
        const [inbox, referrals, stops, events] = await Promise.all([
          runtime.inbox.counts(),
          runtime.links.counts(),
          runtime.control.stops(),
          runtime.subscriptions.status(topic),
        ]);
        say(JSON.stringify({ org: runtime.org, kind, inbox, referrals, stops, events }, null, 2));
        return true;
      });
    case 'sync sweep':
      return withOrgs(config, async ({ runtime }) => {
        say(`${await sweepRequests(runtime)} requests found, ${await sweepInbox(runtime)} rows enqueued.`);
        return true;
      });
    case 'queue retry':
      return withOrgs(config, async ({ runtime }) => {
        const jobs = await runtime.inbox.retryDead(rest[1]);
        await enqueue(runtime, jobs);
        say(`${jobs.length} rows woken.`);
        return true;
      });
    case 'ledger verify':
      return withOrgs(config, async ({ runtime }) => {
        const { entries, firstBad } = await runtime.ledger.verify(runtime.org);
        say(
          firstBad
            ? `entry ${firstBad.sequence} does not hold: ${firstBad.why}`
            : `${entries} entries, all of them hold.`,
        );
        return firstBad === null;
      });
    default:
      say(`There is no command "${positionals.join(' ')}".\n\n${help}`);
      return false;
  }
};

main().then(
  (good) => {
    process.exitCode = good ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
