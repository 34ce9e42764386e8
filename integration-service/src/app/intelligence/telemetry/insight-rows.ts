import type { UnshownInsight } from '../../../infrastructure/telemetry/telemetry-insights.ts';
import type { OwnRow } from '../../../ports/crm/own-rows.ts';

/** Lengths of `TelemetryInsight__c`. */
const saysLength = 255;
const evidenceLength = 8_000;
/** An account id of Salesforce; a key of the company's own is no lookup, and stands in the evidence. */
const accountId = /^001[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/;

/** An insight as its record. One that holds no more stays, with no weight, and says so. */
export const insightRow = ({ insight, over }: UnshownInsight): OwnRow => {
  const { key, partner, account, audience, kind, of, says, evidence, periodStart, periodEnd, weight } = insight;
  return {
    object: 'TelemetryInsight__c',
    key,
    refs: { partner: { object: 'Partner__c', key: partner } },
    fields: {
      ...(accountId.test(account) ? { account } : {}),
      audience,
      kind: `${of}:${kind}`,
      says: (over ? `No longer so: ${says}` : says).slice(0, saysLength),
      evidence: JSON.stringify({ version: 1, account: account || null, ...evidence }).slice(0, evidenceLength),
      periodStart,
      periodEnd,
      weight: over ? 0 : weight,
    },
  };
};
