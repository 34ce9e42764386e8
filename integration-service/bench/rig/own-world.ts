import type { WorldOptions } from '../../local/world/world.ts';

/** A world in which everything is our own, on any free ports, with AWS's quotas off. */
export const ownWorld = (dataDir: string): Omit<WorldOptions, 'pages'> => ({
  dataDir,
  settings: {
    databaseUrl: undefined,
    redisUrl: undefined,
    salesforce: undefined,
    aws: undefined,
    pagesPort: 0,
    servicePort: 0,
  },
  say: (line) => void process.stderr.write(`  ${line}\n`),
  quotas: false,
});
