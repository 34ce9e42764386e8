import { type Bench, median } from './figure.ts';
import { dropAtRate, dropRule, layOutPartners, measureRule, ourRule } from './health/lead-time.ts';
import { SIMULATION, simulatePartners } from './health/simulated-partners.ts';

/**
 * How long before a partner is gone its decline is flagged, and how often somebody is called for nothing, on simulated
 * partners whose truth is known (`health/simulated-partners.ts`). The baseline is the rule anybody would write down first, at
 * the drop at which it raises as few false alarms as ours, and at 30 % as it is usually written.
 */
export const healthFigures: Bench = {
  names: ['health-lead-time', 'health-flagged-before-churn', 'health-false-alarms'],
  async run(print, { full }) {
    const partners = simulatePartners(full ? 5 * SIMULATION.partners : SIMULATION.partners);
    const { series } = layOutPartners(partners);
    const ours = measureRule(ourRule, partners, series);
    const drop = dropAtRate(ours.falseAlarms, partners, series);
    const simple = measureRule(dropRule(drop), partners, series);
    const usual = measureRule(dropRule(0.3), partners, series);
    const unseen = partners.filter(({ fate }) => fate === 'abrupt').length;
    const percent = (share: number): string => `${Math.round(100 * share)} %`;
    const baseline =
      `a signal’s four weeks ${percent(drop)} below the twelve before, ${simple.falseAlarms.toFixed(4)} false alarms a partner-month ` +
      `beside our ${ours.falseAlarms.toFixed(4)}`;
    print({
      name: 'health-lead-time',
      value: median(ours.days),
      unit: `days from flag to churn, median of ${ours.churners} simulated churners, 0 for one that was not flagged`,
      baseline,
      baselineValue: median(simple.days),
    });
    print({
      name: 'health-flagged-before-churn',
      value: ours.flagged,
      unit: `share of churners, ${percent(unseen / ours.churners)} of whom leave without a sign; ${percent(ours.dipsFlagged)} of falls that passed were flagged too`,
      baseline,
      baselineValue: simple.flagged,
    });
    print({
      name: 'health-false-alarms',
      value: ours.falseAlarms,
      unit: `flags in a partner-month without a decline, ${ours.falseFlags} in ${Math.round(ours.partnerMonths)}; chosen for 0.01`,
      baseline: `the same rule at 30 %, which flags ${percent(usual.flagged)} of churners, ${median(usual.days)} days before`,
      baselineValue: usual.falseAlarms,
    });
  },
};
