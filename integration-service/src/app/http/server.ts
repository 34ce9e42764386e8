import { createServer } from 'node:http';
import express from 'express';
import { isLoopback } from '../../connectors/kit/outbound-hosts.ts';
import type { Config } from '../config.ts';
import type { HttpPorts } from './http-ports.ts';
import { problem, problemHandler } from './problem-details.ts';
import { getHealth } from './routes/get-health.ts';
import type { ReadAccess } from './bearer.ts';
import { getLedgerCheckpoints } from './routes/get-ledger-checkpoints.ts';
import { getMetrics } from './routes/get-metrics.ts';
import { getOpenapi } from './routes/get-openapi.ts';
import { getPartnerInsights } from './routes/get-partner-insights.ts';
import { getReady } from './routes/get-ready.ts';
import { postNetworkNotice } from './routes/post-network-notice.ts';
import { postTelemetry } from './routes/post-telemetry.ts';

/** What names orgs and costs queries is, beyond this machine, for those who show its token. */
const accessBy = ({ host }: Config, token: string | null): ReadAccess =>
  token ? { token } : isLoopback(host) ? 'anybody' : 'nobody';

/** Starts the service's own end points; none of them is for the record pages. */
export const startHttp = async (config: Config, ports: HttpPorts): Promise<{ url: string; stop(): Promise<void> }> => {
  const app = express();
  app.disable('x-powered-by');
  app.use(getHealth(), getReady(config.roles, ports), getMetrics(accessBy(config, config.metricsToken), ports));
  app.use(getLedgerCheckpoints(accessBy(config, config.checkpoints.token), ports));
  app.use(postTelemetry(ports), getPartnerInsights(ports), getOpenapi());
  if (config.noticeSecret) app.use(postNetworkNotice(config.noticeSecret, ports));
  app.use((request, response) => problem(response, 404, 'Not found', `There is no ${request.method} ${request.path}.`));
  app.use(problemHandler(ports.log));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => resolve());
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw new Error(`PORT ${config.port} is taken: give another one.`);
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
      throw new Error(`TANDEM_HTTP_HOST is "${config.host}", which is no address of this machine.`);
    throw error;
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
