import { ConfigError, readConfig } from './config.ts';
import { startService } from './service.ts';
import { traceFromEnvironment } from './trace.ts';

/** A process of the service: `TANDEM_ROLES` says which parts of it. Ends by SIGTERM or SIGINT, losing nothing. */
const main = async (): Promise<void> => {
  const service = await startService(readConfig(process.env), traceFromEnvironment(process.env));
  if (service.url) process.stdout.write(`tandem listens at ${service.url}\n`);
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void service.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
};

main().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof ConfigError ? `${sentence}\n` : `tandem could not start: ${sentence}\n`);
  process.exit(1);
});
