import { createServer } from 'node:http';
import express from 'express';
import type { Config } from '../config.ts';
import type { HttpPorts } from './http-ports.ts';
import { problem, problemHandler } from './problem-details.ts';
import { getHealth } from './routes/get-health.ts';
import { getMetrics } from './routes/get-metrics.ts';
import { getReady } from './routes/get-ready.ts';
import { postNetworkNotice } from './routes/post-network-notice.ts';

/** Starts the service's own end points; none of them is for the record pages. */
export const startHttp = async (config: Config, ports: HttpPorts): Promise<{ url: string; stop(): Promise<void> }> => {
  const app = express();
  app.disable('x-powered-by');
  app.use(getHealth(), getReady(ports), getMetrics(ports));
  if (config.noticeSecret) app.use(postNetworkNotice(config.noticeSecret, ports));
  app.use((request, response) => problem(response, 404, 'Not found', `There is no ${request.method} ${request.path}.`));
  app.use(problemHandler(ports.log));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, () => resolve());
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`PORT ${config.port} is taken: give another one.`) : error;
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
