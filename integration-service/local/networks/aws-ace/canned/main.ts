/** Runs the canned server in a process of its own: `node local/networks/aws-ace/canned/main.ts --port 0` prints `{"url":…}`. */
import { parseArgs } from 'node:util';
import { startCannedServer } from './canned-server.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`--port must be a number from 0 to 65535, not ${values.port}.\n`);
  process.exit(1);
}
const server = await startCannedServer({ port });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
