import type { Command } from '../command.ts';

/**
 * Every command by the words that call it, in the order of the help. Only the one that was typed is loaded: whoever stops
 * everything does not wait for what other commands need.
 */
export const commands: readonly (readonly [string, () => Promise<Command>])[] = [
  ['migrate', async () => (await import('./migrate.ts')).migrateCommand],
  ['doctor', async () => (await import('./doctor.ts')).doctorCommand],
  ['org add', async () => (await import('./org.ts')).orgAddCommand],
  ['org off', async () => (await import('./org.ts')).orgOffCommand],
  ['org on', async () => (await import('./org.ts')).orgOnCommand],
  ['stop', async () => (await import('./stop.ts')).stopCommand],
  ['resume', async () => (await import('./stop.ts')).resumeCommand],
  ['sync status', async () => (await import('./sync.ts')).syncStatusCommand],
  ['sync sweep', async () => (await import('./sync.ts')).syncSweepCommand],
  ['queue retry', async () => (await import('./queue.ts')).queueRetryCommand],
  ['policy list', async () => (await import('./policy.ts')).policyListCommand],
  ['policy simulate', async () => (await import('./policy.ts')).policySimulateCommand],
  ['ledger verify', async () => (await import('./ledger.ts')).ledgerVerifyCommand],
  ['ledger checkpoint', async () => (await import('./ledger-export.ts')).ledgerCheckpointCommand],
  ['ledger export', async () => (await import('./ledger-export.ts')).ledgerExportCommand],
  ['ledger replay', async () => (await import('./ledger-replay.ts')).ledgerReplayCommand],
  ['subject export', async () => (await import('./subject.ts')).subjectExportCommand],
  ['subject erase', async () => (await import('./subject.ts')).subjectEraseCommand],
  ['training export', async () => (await import('./training.ts')).trainingExportCommand],
  ['telemetry source add', async () => (await import('./telemetry.ts')).telemetrySourceAddCommand],
  ['telemetry source list', async () => (await import('./telemetry.ts')).telemetrySourceListCommand],
  ['telemetry source remove', async () => (await import('./telemetry.ts')).telemetrySourceRemoveCommand],
  ['telemetry import', async () => (await import('./telemetry.ts')).telemetryImportCommand],
];
