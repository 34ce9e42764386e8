// `npm start`: the whole world on one machine, until Ctrl-C. See README, "Two commands".
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadHistory } from './seed/load-history.ts';
import { loadSample } from './seed/load-sample.ts';
import { accountIdsIn, loadTelemetry } from './seed/load-telemetry.ts';
import { refuseProduction } from './world/sign-in.ts';
import { forgetWorld, startWorld, type World } from './world/world.ts';
import { readWorldSettings, SettingError } from './world/world-settings.ts';

const help = `npm start -- [--reset] [--namespace NAME] [--data FOLDER]

  --reset            forget everything an earlier start kept
  --namespace NAME   install the package under a namespace, as a managed package is
  --data FOLDER      keep the data there (default .local)
`;

const stopWith = (message: string): never => {
  console.error(message);
  process.exit(2);
};

const options = (() => {
  try {
    return parseArgs({
      options: {
        reset: { type: 'boolean', default: false },
        namespace: { type: 'string', default: '' },
        data: { type: 'string', default: join(import.meta.dirname, '..', '..', '.local') },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return stopWith(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
})();
if (options.help) {
  console.log(help);
  process.exit(0);
}

const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
const say = (line: string): void => console.log(`${seconds().padStart(6)} s  ${line}`);

let world: World | undefined;
let ending = false;
/** Ends every process that was started, in reverse order; a second Ctrl-C does not wait. */
const end = async (code: number): Promise<void> => {
  if (ending) process.exit(130);
  ending = true;
  console.log('\nStopping …');
  await world?.stop();
  console.log('Stopped. The data is kept; "npm start" goes on with it.');
  process.exit(code);
};
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
});

try {
  const settings = readWorldSettings(process.env);
  if (options.reset) forgetWorld(options.data);
  const dataDir = options.namespace ? join(options.data, `namespace-${options.namespace}`) : options.data;
  const starting = startWorld({
    dataDir,
    settings,
    say,
    pages: true,
    company: true,
    namespace: options.namespace,
    reviewer: { inReviewAfterMs: 4_000, decideAfterMs: 12_000 },
  });
  // Interrupted while starting: wait until it is up or has failed, so that nothing is left running.
  world = await starting;
  if (world.org) {
    const today = new Date().toISOString().slice(0, 10);
    await loadSample(await world.signIn('sam.setup'), today, options.namespace);
    const history = await loadHistory(world.org, { today });
    const place = {
      org: world.org.orgId,
      databaseUrl: world.databaseUrl,
      masterKey: world.serviceEnvironment.TANDEM_MASTER_KEY ?? '',
    };
    const events = await loadTelemetry(place, accountIdsIn(world.org), new Date());
    say(history ? `sample company loaded, with ${history.deals.length} deals of two years` : 'sample company loaded');
    if (events > 0) say(`${events} events told of its partners`);
  } else {
    await refuseProduction(await world.signIn('')).catch((error: unknown) =>
      say(`note: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
  say('ready');
  console.log(
    world.pages
      ? `\n  Open ${world.pages.url}\n\n  You are Sally Seller; switch person in the header. Play AWS at ${world.ace?.url ?? 'AWS'} by the link on a referral.\n  Ctrl-C ends everything.\n`
      : `\n  The service runs against ${process.env.SALESFORCE_LOGIN_URL ?? 'the org'}: use Tandem there. Health: ${world.service?.url ?? ''}/health\n  Ctrl-C ends everything.\n`,
  );
  void world.service?.exited.then((code) => {
    if (ending) return;
    console.error(`The integration service ended with code ${code ?? 'none'}:\n${world?.service?.output() ?? ''}`);
    void end(1);
  });
  await interrupted;
  await end(0);
} catch (error) {
  await world?.stop();
  stopWith(
    error instanceof SettingError
      ? error.message
      : `It did not start: ${error instanceof Error ? error.message : String(error)}`,
  );
}
