import type { FlowModel } from './flow-model.ts';

/** The package's flows by name. */
export const readFlows = (_sourceFolders: readonly string[], _namespace: string): Record<string, FlowModel> => ({});
