import { parseArgs } from 'node:util';
import { startPostgres } from '../services/postgres.ts';
import { startOrg } from './start-org.ts';

const USAGE = `The local org alone: a Salesforce at the wire, on a port of this machine.

  npm run org -- --source FOLDER… [--port N] [--namespace NAME] [--data FOLDER] [--user USERNAME]

  --source     folder of metadata in source format; may be repeated
  --port       default 8080
  --namespace  installs the packaged folders under this namespace
  --data       folder that keeps the org's data; default .local/org
  --user       whose access token is printed; default sam.setup@tandem.example.com
  DATABASE_URL is used instead of an own PostgreSQL when set.`;

const { values } = parseArgs({
  options: {
    source: { type: 'string', multiple: true },
    port: { type: 'string', default: '8080' },
    namespace: { type: 'string' },
    data: { type: 'string', default: '.local/org' },
    user: { type: 'string', default: 'sam.setup@tandem.example.com' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help || values.source === undefined) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(values.help ? 0 : 2);
}

const given = process.env.DATABASE_URL;
const postgres = given === undefined ? await startPostgres({ dataDir: values.data }) : undefined;
const databaseUrl = given ?? (await postgres?.createDatabase('dev_org')) ?? '';
const org = await startOrg({
  databaseUrl,
  sourceFolders: values.source,
  port: Number(values.port),
  localSignIn: true,
  ...(values.namespace === undefined ? {} : { namespace: values.namespace }),
});
process.stdout.write(
  [
    `org           ${org.url}  (${org.orgId})`,
    ...Object.entries(org.endpoints).map(([name, address]) => `${name.padEnd(13)} ${address}`),
    `user          ${values.user}`,
    `access token  ${await org.tokenFor(values.user)}`,
    '',
  ].join('\n'),
);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await org.stop();
  await postgres?.stop();
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
