import INSIGHT from '@salesforce/schema/TelemetryInsight__c';
import AUDIENCE from '@salesforce/schema/TelemetryInsight__c.Audience__c';
import EVIDENCE from '@salesforce/schema/TelemetryInsight__c.Evidence__c';
import KIND from '@salesforce/schema/TelemetryInsight__c.Kind__c';
import PARTNER_ID from '@salesforce/schema/TelemetryInsight__c.Partner__c';
import PERIOD_END from '@salesforce/schema/TelemetryInsight__c.PeriodEnd__c';
import PERIOD_START from '@salesforce/schema/TelemetryInsight__c.PeriodStart__c';
import SAYS from '@salesforce/schema/TelemetryInsight__c.Says__c';
import WEIGHT from '@salesforce/schema/TelemetryInsight__c.Weight__c';
import { numberOf } from 'c/healthWords';
import { evidenceLines } from 'c/interventionWords';
import type { EvidenceLine } from 'c/interventionWords';
import { readRows, selectRows, text } from 'c/recordQuery';

/** A `TelemetryInsight__c`: what stood out, for whom, with the figures. */
export interface Insight {
  id: string;
  /** `company` for the vendor's own team, `partner` for what the partner may read too. */
  audience: string;
  kind: string;
  says: string;
  evidence: EvidenceLine[];
  /** ISO dates; empty where it is not about a time. */
  from: string;
  to: string;
  weight: number;
}

const FIELDS = {
  audience: AUDIENCE,
  kind: KIND,
  says: SAYS,
  evidence: EVIDENCE,
  from: PERIOD_START,
  to: PERIOD_END,
  weight: WEIGHT,
};

/** The connection of one partner's insights, the newest first, for a query that declares `$recordId`. */
export const PARTNER_INSIGHTS = selectRows(
  'insights',
  INSIGHT,
  FIELDS,
  `where: { ${PARTNER_ID.fieldApiName}: { eq: $recordId } }, ` +
    `orderBy: { ${PERIOD_END.fieldApiName}: { order: DESC, nulls: LAST } }, first: 100`,
);

/** The insights of an answer, the newest first and the weightiest first among those of one time. */
export function readInsights(data: unknown): Insight[] {
  return readRows(data, 'insights', FIELDS)
    .map((row) => ({
      id: row.id,
      audience: text(row.audience),
      kind: text(row.kind),
      says: text(row.says),
      evidence: evidenceLines(row.evidence),
      from: text(row.from),
      to: text(row.to),
      weight: numberOf(row.weight) ?? 0,
    }))
    .sort((one, other) => other.to.localeCompare(one.to) || other.weight - one.weight);
}
