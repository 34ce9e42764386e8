// One process that takes telemetry over HTTP and adds it up, as the service does, without the rest of the service.
// Says as its first line where it is; ends with SIGTERM.
import { createServer } from 'node:http';
import express from 'express';
import { z } from 'zod';
import { postTelemetry } from '../../src/app/http/routes/post-telemetry.ts';
import { ROLL_EVERY_MS } from '../../src/app/intelligence/telemetry/telemetry-chores.ts';
import { Shutdown } from '../../src/app/shutdown.ts';
import { systemClock } from '../../src/domain/values/clock.ts';
import { ok } from '../../src/domain/values/result.ts';
import { openOrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { Metrics } from '../../src/infrastructure/metrics/metrics.ts';
import { openTelemetryRoom } from '../../src/infrastructure/telemetry/telemetry-room.ts';
import { benchOrg } from '../ledger/ledger-room.ts';

const [url = '', name = ''] = z.tuple([z.string(), z.string()]).parse(process.argv.slice(2));
const telemetry = openTelemetryRoom(openOrgDatabase(benchOrg, { url, maxConnections: 4 }), Buffer.alloc(32, 1));
const token = await telemetry.sources.add({ name, kinds: null, partners: null, partner: null });
const none = { items: [], cursor: null, more: false };
const crmTelemetry = {
  partnersSince: () => Promise.resolve(ok(none)),
  activitySince: () => Promise.resolve(ok(none)),
  grants: () => Promise.resolve(ok([])),
};
const orgs = new Map([[benchOrg, { runtime: { org: benchOrg, telemetry, crmTelemetry } }]]);
const app = express();
app.use(postTelemetry({ orgs, clock: systemClock, metrics: new Metrics() }));
app.get('/memory', (_request, response) => {
  response.json({ bytes: process.memoryUsage().rss });
});
const server = createServer(app);
// The sender pauses while the baseline is measured; a connection closed meanwhile would be no figure of ours.
server.keepAliveTimeout = 600_000;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
const address = server.address();
const shutdown = new Shutdown();
const rolling = shutdown.repeat(
  () => ROLL_EVERY_MS,
  () => telemetry.roller.rollAll(),
  (error) => process.stderr.write(`${String(error)}\n`),
);
process.stdout.write(
  `${JSON.stringify({ url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, token, pid: process.pid })}\n`,
);
process.once('SIGTERM', () => {
  shutdown.begin();
  server.close();
  server.closeAllConnections();
  void rolling.then(() => telemetry.close());
});
