import type { SurfaceFactory } from './rest/services.ts';

/** The further wires that every started org speaks; one line each. */
export const standardSurfaces: readonly SurfaceFactory[] = [];
