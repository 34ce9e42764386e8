// `npm run bench`: every performance figure as one JSON line on stdout, what is going on on stderr. A word after `--` runs
// only the benches one of whose figures' names holds it; `--full` adds the long ones.
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { approvalsInbox } from './approvals-inbox.bench.ts';
import { auditedDecisions } from './audited-decisions.bench.ts';
import { auditedTogether } from './audited-together.bench.ts';
import { clickToFiled } from './click-to-filed.bench.ts';
import { type Bench, figureLine } from './figure.ts';
import { guardrailDecisions } from './guardrail-decisions.bench.ts';
import { healthRescore } from './health-rescore.bench.ts';
import { healthFigures } from './health.bench.ts';
import { languageGateFigures } from './language-gate.bench.ts';
import { ledgerFigures } from './ledger.bench.ts';
import { ledgerTampering } from './ledger-tampering.bench.ts';
import { memoryGrowth } from './memory-growth.bench.ts';
import { policySimulate } from './policy-simulate.bench.ts';
import { propensityWrites } from './propensity.bench.ts';
import { sampleCompany } from './sample-company.bench.ts';
import { scoringFigures } from './scoring.bench.ts';
import { startWarm } from './start-warm.bench.ts';
import { stopLatency } from './stop-latency.bench.ts';
import { telemetryIngest } from './telemetry-ingest.bench.ts';
import { telemetryMemory } from './telemetry-memory.bench.ts';
import { telemetryRollupLag } from './telemetry-rollup-lag.bench.ts';
import { throughput } from './throughput.bench.ts';

const benches: readonly Bench[] = [
  clickToFiled,
  throughput,
  sampleCompany,
  memoryGrowth,
  startWarm,
  stopLatency,
  guardrailDecisions,
  policySimulate,
  approvalsInbox,
  languageGateFigures,
  auditedDecisions,
  auditedTogether,
  ledgerFigures,
  ledgerTampering,
  telemetryIngest,
  telemetryRollupLag,
  telemetryMemory,
  healthFigures,
  healthRescore,
  ...scoringFigures,
  propensityWrites,
];

const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const note = (line: string): void => void process.stderr.write(`${line}\n`);

const wanted = benches.filter(
  ({ names, long }) =>
    (values.full || !long) &&
    (positionals.length === 0 || positionals.some((word) => names.some((name) => name.includes(word)))),
);
if (wanted.length === 0) {
  note(
    `No figure's name holds ${positionals.map((word) => `"${word}"`).join(' or ')}. There are: ${benches.flatMap(({ names }) => names).join(', ')}.`,
  );
  process.exit(1);
}
note(
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
);
// Interrupted, it takes its servers along: they are ended when this process exits, in whatever way it does.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

for (const bench of wanted) {
  const began = performance.now();
  note(`${bench.names.join(', ')} …`);
  try {
    await bench.run((figure) => void process.stdout.write(`${figureLine(figure)}\n`), { full: values.full });
  } catch (error) {
    note(
      `${bench.names.join(', ')} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = 1;
  }
  note(`  ${((performance.now() - began) / 1_000).toFixed(1)} s`);
}
