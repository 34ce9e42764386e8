import type { Config } from '../../config.ts';
import { loginOf, readConnections, type WantedOrg } from '../../wanted-orgs.ts';
import { type Command, say } from '../command.ts';
import { withConnections } from '../with-databases.ts';
import { withOrgs } from '../with-orgs.ts';

/** Connects an org for good. The same login may have been another org before (a refreshed sandbox): that one is let go. */
export const orgAddCommand: Command = {
  words: 'org add',
  usage: 'org add --role-arn ARN',
  help: [
    'keeps the org of the SALESFORCE_… settings in the connections table, with the AWS role that',
    'is taken on for it; --external-id ID where the role asks for one',
  ],
  options: { 'role-arn': 'text', 'external-id': 'text' },
  run({ config, text }) {
    const own = config.org;
    const roleArn = text('role-arn');
    const externalId = text('external-id');
    if (!own) throw new Error('Give the org as SALESFORCE_… settings.');
    if (!roleArn)
      throw new Error(
        'Give the AWS role that is taken on for this org: --role-arn arn:aws:iam::123456789012:role/name.',
      );
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
  },
};

export const orgOffCommand: Command = {
  words: 'org off',
  usage: 'org off --org 00D…',
  help: ['lets go of an org, in every process, within a minute; org on takes it up again'],
  run: ({ config, text }) => turnOrg(config, text('org'), 'off'),
};

export const orgOnCommand: Command = {
  words: 'org on',
  usage: 'org on --org 00D…',
  help: ['takes it up again'],
  run: ({ config, text }) => turnOrg(config, text('org'), 'on'),
};

const turnOrg = async (config: Config, org: string | undefined, status: 'on' | 'off'): Promise<boolean> => {
  if (!org) throw new Error(`Say which org: tandem org ${status} --org 00D….`);
  const there = await withConnections(config, org, (connections) => connections.turn(status));
  say(there ? `${org} is ${status}; every process notices within a minute.` : `${org} was never connected.`);
  return there;
};
