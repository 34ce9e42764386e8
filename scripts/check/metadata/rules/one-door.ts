import { problemAt, type Problem, type Rule } from '../rule.ts';
import type { ParsedFile } from '../project.ts';
import { children, isTrue, textOf } from '../xml.ts';

/** The only set that may write what counts; the service's user alone has it. */
const SERVICE = 'TandemIntegration';

/** What people may do besides reading, by object and permission set (`*`: every set). Everything else is the service's. */
const PEOPLE_MAY: Record<string, Record<string, string[]>> = {
  Request__c: { '*': ['allowCreate'] },
  Partner__c: { TandemAdmin: ['allowCreate', 'allowEdit'] },
  FieldMapping__c: { TandemAdmin: ['allowCreate', 'allowEdit'] },
  PartnerGrant__c: { TandemAdmin: ['allowCreate', 'allowEdit'] },
  // Who answers disputes and looks after the rules has to see what was decided, whoever owns the row.
  Decision__c: { TandemAdmin: ['viewAllRecords'], TandemPartnerManager: ['viewAllRecords'] },
  Dispute__c: { TandemAdmin: ['viewAllRecords'], TandemPartnerManager: ['viewAllRecords'] },
  // After an escalation the admin answers too.
  Approval__c: { TandemAdmin: ['viewAllRecords'] },
  // Who looks after partners sees every partnership's decline, and what the telemetry says, whoever it was given to.
  Intervention__c: { TandemAdmin: ['viewAllRecords'], TandemPartnerManager: ['viewAllRecords'] },
  TelemetryInsight__c: { TandemAdmin: ['viewAllRecords'], TandemPartnerManager: ['viewAllRecords'] },
};

/** Fields that the service alone writes on records that people may write. */
const SERVICE_FIELDS = new Set([
  'Request__c.State__c',
  'Request__c.Message__c',
  'Request__c.Result__c',
  'Partner__c.Health__c',
  'Partner__c.HealthTrend__c',
  'Partner__c.HealthReasons__c',
  'Partner__c.HealthUpdatedAt__c',
  'Partner__c.UsageSignal__c',
  'Partner__c.InteractionSignal__c',
  'Partner__c.HealthBand__c',
  'Partner__c.HealthConfidence__c',
  'Partner__c.HealthSeries__c',
  'Partner__c.UsageTrend__c',
  'Partner__c.InteractionTrend__c',
  'Partner__c.HealthMissing__c',
  'Partner__c.HealthVersion__c',
  'Partner__c.Declining__c',
  'Partner__c.DecliningSince__c',
  'Partner__c.LastContactAt__c',
  'Partner__c.RevenueAtStake__c',
  'Partner__c.OpenDeals__c',
  'Opportunity.TandemTracked__c',
  'Opportunity.P2bScore__c',
  'Opportunity.P2bBand__c',
  'Opportunity.P2bReasons__c',
  'Opportunity.P2bScoredAt__c',
]);

const WRITES = ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords', 'viewAllRecords'];

export const oneDoor: Rule = {
  id: 'one-door',
  about:
    'People ask through Request__c, insert-only; the state that counts is written by the service alone, so that nobody can edit a way past a guardrail.',
  *check(project) {
    for (const file of project.ofType('PermissionSet')) {
      if (file.packaged && file.name.startsWith('Tandem') && file.name !== SERVICE) yield* peoplesSet(file);
    }
  },
};

function* peoplesSet(file: ParsedFile): Generator<Problem> {
  for (const permission of children(file.root, 'objectPermissions')) {
    const object = textOf(permission, 'object') ?? '';
    const allowed = [...(PEOPLE_MAY[object]?.['*'] ?? []), ...(PEOPLE_MAY[object]?.[file.name] ?? [])];
    for (const right of WRITES) {
      if (isTrue(permission, right) && !allowed.includes(right)) {
        yield problemAt(
          file,
          permission,
          `gives people ${right} on ${object}`,
          `only ${SERVICE} may have it; people ask through Request__c`,
        );
      }
    }
  }
  for (const permission of children(file.root, 'fieldPermissions')) {
    const field = textOf(permission, 'field') ?? '';
    if (isTrue(permission, 'editable') && SERVICE_FIELDS.has(field)) {
      yield problemAt(
        file,
        permission,
        `lets people edit ${field}, which the service writes`,
        'set <editable>false</editable>',
      );
    }
  }
}
