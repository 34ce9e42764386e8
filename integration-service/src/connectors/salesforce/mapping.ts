import type { DealFacts, MappingRow } from '../../domain/referrals/draft.ts';
import { parseMappingRow, ruleIds } from '../../domain/referrals/draft.ts';
import type {
  ChangedDeal,
  CrmPartner,
  CrmPolicy,
  CrmReferral,
  CrmRequest,
  CrmSettings,
  FieldValue,
  ReferralFields,
  ReferralWrite,
  UnusableRow,
} from '../../ports/crm/crm.ts';
import type { CrmMaterial } from '../../ports/crm/language-settings.ts';
import type { Subrequest } from './client.ts';
import type { Namespace } from './namespace.ts';
import { shareSubrequest } from './own-shares.ts';
import {
  changedDealRecord,
  materialRecord,
  namedRecord,
  partnerRecord,
  policyRecord,
  referralRecord,
  requestRecord,
} from './wire.ts';

/** Records as read, namespace already off, to our nouns. A record of another shape is an error that names the field. */

export const toRequest = (record: unknown): CrmRequest => {
  const row = requestRecord.parse(record);
  return {
    id: row.Id,
    kind: row.Kind__c,
    state: row.State__c,
    opportunityId: row.Opportunity__c ?? row.Referral__r?.Opportunity__c ?? null,
    referralId: row.Referral__c,
    partnerId: row.Partner__c,
    subject: row.Subject__c,
    surface: row.Surface__c ?? 'api',
    clickedAt: row.ClickedAt__c,
    createdAt: row.CreatedDate ?? '',
    requestedBy: row.CreatedById,
    requestedByName: row.CreatedBy?.Name ?? row.CreatedById,
    input: row.Input__c,
  };
};

export const toReferral = (record: unknown): CrmReferral => {
  const row = referralRecord.parse(record);
  return {
    id: row.Id,
    key: row.Key__c,
    opportunityId: row.Opportunity__c,
    partnerKey: row.Partner__r?.Key__c ?? '',
    attempt: row.Attempt__c ?? 1,
    state: row.State__c,
    step: row.Step__c,
    steps: row.Steps__c,
    networkId: row.NetworkId__c,
    questionsAsked: row.QuestionsAsked__c ?? 0,
    editableNow: row.EditableNow__c,
    retryAllowed: row.RetryAllowed__c,
    requestedBy: row.RequestedBy__c,
    clickedAt: row.ClickedAt__c,
    correlationId: row.CorrelationId__c,
    answers: Object.fromEntries(
      row.Values__r.filter(({ SourceKind__c }) => SourceKind__c === 'person').map((value) => [
        value.Target__c,
        { value: value.Value__c ?? '', by: value.AnsweredBy__c, byName: value.AnsweredBy__r?.Name ?? null },
      ]),
    ),
    valueIds: Object.fromEntries(row.Values__r.map((value) => [value.Target__c, value.Id])),
  };
};

export const toChangedDeal = (record: unknown): ChangedDeal => {
  const { Opportunity__c: opportunityId, Opportunity__r: deal } = changedDealRecord.parse(record);
  return {
    opportunityId,
    changedAt: deal.LastModifiedDate ?? '',
    changedBy: deal.LastModifiedById ?? '',
    accountChangedAt: deal.Account?.LastModifiedDate ?? null,
    accountChangedBy: deal.Account?.LastModifiedById ?? null,
  };
};

export const toPartner = (record: unknown): CrmPartner => {
  const row = partnerRecord.parse(record);
  return {
    id: row.Id,
    key: row.Key__c,
    name: row.Name,
    network: row.Network__c ?? 'none',
    active: row.Active__c,
    tier: row.Tier__c,
    segment: row.Segment__c,
    health:
      row.HealthUpdatedAt__c === null
        ? null
        : {
            score: row.Health__c,
            usageSignal: row.UsageSignal__c,
            interactionSignal: row.InteractionSignal__c,
            updatedAt: row.HealthUpdatedAt__c,
          },
    grants: row.Grants__r.map((grant) => ({
      key: grant.Key__c,
      status: grant.Status__c,
      actions: grant.Actions__c,
      fields: grant.Fields__c,
      evidenceKind: grant.EvidenceKind__c,
      evidence: grant.Evidence__c ?? '',
      evidenceCheckedAt: grant.EvidenceCheckedAt__c,
      effectiveFrom: grant.EffectiveFrom__c,
      expiresAt: grant.ExpiresAt__c,
      revokedBy: grant.RevokedBy__c,
    })),
    modes: row.Modes__r.map((mode) => ({
      function: mode.Function__c,
      mode: mode.Mode__c,
      reason: mode.Reason__c ?? '',
    })),
  };
};

export const toPolicy = (record: unknown): CrmPolicy => {
  const row = policyRecord.parse(record);
  return {
    key: row.Key__c ?? '',
    function: row.Function__c,
    rule: row.Rule__c,
    scope: row.Scope__c ?? 'all',
    version: row.Version__c ?? 1,
    effectiveFrom: row.EffectiveFrom__c,
    settings: row.Settings__c ?? '{}',
    modifiedById: row.LastModifiedById,
  };
};

export const toMaterial = (record: unknown): CrmMaterial => {
  const row = materialRecord.parse(record);
  return {
    key: row.Key__c,
    kind: row.Kind__c ?? '',
    title: row.Title__c ?? '',
    body: row.Body__c ?? '',
    status: row.Status__c,
    version: row.Version__c ?? 0,
    partner: row.Partner__r?.Key__c ?? null,
    approver: row.ApprovedBy__r?.Name ?? null,
    modifiedById: row.LastModifiedById,
  };
};

/** Names of records, those that have one. */
export const toNames = (records: readonly unknown[]): readonly string[] =>
  records.flatMap((record) => namedRecord.parse(record).Name?.trim() || []);

/** The rows that can be used, and what is wrong with the active ones that cannot. */
export const toMapping = (records: readonly unknown[]): Pick<CrmSettings, 'mapping' | 'unusable'> => {
  const mapping: MappingRow[] = [];
  const unusable: UnusableRow[] = [];
  for (const record of records) {
    const fields = Object(record) as Record<string, unknown>;
    const row = parseMappingRow(fields);
    if (row) mapping.push(row);
    else if (fields.Active__c !== false)
      unusable.push({
        key: String(fields.Key__c),
        network: String(fields.Network__c),
        why: whatIsWrong(fields),
      });
  }
  return { mapping, unusable };
};

const whatIsWrong = ({ Target__c: target, Rule__c: rule }: Record<string, unknown>): string => {
  if (typeof target !== 'string' || target === '') return 'it has no target';
  if (typeof rule === 'string' && rule !== '' && !ruleIds.includes(rule)) return `there is no rule "${rule}"`;
  return 'its settings are not a JSON object';
};

const rowsOf = (value: unknown): readonly Record<string, unknown>[] => {
  const records: unknown = Object(value).records;
  return Array.isArray(records) ? (records as Record<string, unknown>[]) : [];
};

/** The deal as the shared draft module reads it: line items as a list, contacts by role with the primary one first. */
export const toDealFacts = (record: Record<string, unknown>): DealFacts => {
  const { OpportunityContactRoles: roles, OpportunityLineItems: items, ...opportunity } = record;
  return {
    Opportunity: { ...opportunity, OpportunityLineItems: rowsOf(items) },
    Contacts: rowsOf(roles).map((role) => ({ ...(Object(role.Contact) as object), Id: role.ContactId })),
  };
};

/** A value as text in the form its field takes: the REST API reads no number and no truth from a string. */
export const inFieldType = (value: FieldValue, type: string | undefined): FieldValue => {
  if (typeof value !== 'string') return value;
  if (type === 'double' || type === 'currency' || type === 'percent' || type === 'int') {
    const number = Number(value.replaceAll(',', '').trim());
    return value.trim() !== '' && Number.isFinite(number) ? number : value;
  }
  return type === 'boolean' ? value === 'true' : value;
};

/** `reviewStatus` → `ReviewStatus__c` (STYLE section 5: mechanical on purpose). */
export const fieldName = (noun: string): string =>
  noun.includes('__') || /^[A-Z]/.test(noun) ? noun : `${noun.charAt(0).toUpperCase()}${noun.slice(1)}__c`;

export const toRecord = (space: Namespace, object: string, fields: ReferralFields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([noun, value]) => [space.field(object, fieldName(noun)), value]));

/**
 * One composite call for one set of changes. The referral is made or changed by its key, so repeating the call changes
 * nothing; its values refer to it by `@{referral.id}`.
 */
export const toSubrequests = (space: Namespace, write: ReferralWrite): readonly Subrequest[] => {
  const subrequests: Subrequest[] = [];
  const { referral, request, kept } = write;
  if (referral) {
    const { identity } = referral;
    const object = space.object('Referral__c');
    subrequests.push({
      method: 'PATCH',
      path: `/sobjects/${object}/${space.field('Referral__c', 'Key__c')}/${encodeURIComponent(referral.key)}`,
      referenceId: 'referral',
      body: {
        ...toRecord(space, 'Referral__c', {
          ...(identity
            ? {
                Opportunity__c: identity.opportunityId,
                Partner__c: identity.partnerId,
                direction: 'outbound',
                attempt: identity.attempt,
                RequestedBy__c: identity.requestedBy,
                clickedAt: identity.clickedAt,
                correlationId: identity.correlationId,
              }
            : {}),
          ...referral.fields,
        }),
        ...(identity?.ownerId ? { OwnerId: identity.ownerId } : {}),
      },
    });
    if (identity?.sharedWith) subrequests.push(shareSubrequest(space, '@{referral.id}', identity.sharedWith));
    if (referral.values.length > 0) {
      subrequests.push({
        method: 'PATCH',
        path: `/composite/sobjects/${space.object('ReferralValue__c')}/${space.field('ReferralValue__c', 'Key__c')}`,
        referenceId: 'values',
        body: {
          allOrNone: true,
          records: referral.values.map((value) => ({
            attributes: { type: space.object('ReferralValue__c') },
            ...toRecord(space, 'ReferralValue__c', {
              ...value,
              answeredBy: value.answeredBy ?? null,
              key: `${referral.key}:${value.target}`,
              Referral__c: '@{referral.id}',
            }),
          })),
        },
      });
    }
  }
  if (request) {
    subrequests.push({
      method: 'PATCH',
      path: `/sobjects/${space.object('Request__c')}/${request.id}`,
      referenceId: 'request',
      body: toRecord(space, 'Request__c', {
        state: request.state,
        message: request.message.slice(0, 4_000),
        // A click that made a referral stands on the referral's page with everything asked of it later.
        ...(referral?.identity ? { Referral__c: '@{referral.id}' } : {}),
      }),
    });
  }
  for (const [index, { record, id, fields }] of kept.entries()) {
    subrequests.push({
      method: 'PATCH',
      path: `/sobjects/${record}/${id}`,
      referenceId: `kept${index}`,
      body: toRecord(space, record, fields),
    });
  }
  return subrequests;
};
