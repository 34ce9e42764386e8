import type { VitalSigns } from '../infrastructure/database/vital-signs.ts';

/** A row that is due is taken within a second; a long line for AWS is not due. Five minutes are nobody's patience. */
const oldestDueSeconds = 300;

/** Why sellers would wait in vain, as a clause; null when they do not. */
export const vitalProblem = (signs: VitalSigns): string | null => {
  if (!signs.listening) return 'no process hears the org';
  if (signs.oldestDueSeconds > oldestDueSeconds)
    return `work has been due for ${Math.round(signs.oldestDueSeconds / 60)} minutes and nobody does it`;
  return null;
};
