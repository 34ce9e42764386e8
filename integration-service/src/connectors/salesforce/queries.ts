import type { SharedObject } from '../../ports/crm/own-rows.ts';
import type { Namespace } from './namespace.ts';
import { fieldPath, idLiteral, instantLiteral, literal } from './soql.ts';

const requestFields = [
  'Kind__c',
  'State__c',
  'Opportunity__c',
  'Referral__c',
  'Partner__c',
  'Subject__c',
  'Surface__c',
  'ClickedAt__c',
  'Input__c',
];
const referralFields = [
  'Key__c',
  'Opportunity__c',
  'Attempt__c',
  'State__c',
  'Step__c',
  'Steps__c',
  'NetworkId__c',
  'QuestionsAsked__c',
  'EditableNow__c',
  'RetryAllowed__c',
  'RequestedBy__c',
  'ClickedAt__c',
  'CorrelationId__c',
];
const partnerFields = [
  'Key__c',
  'Network__c',
  'Active__c',
  'Tier__c',
  'Segment__c',
  'Health__c',
  'UsageSignal__c',
  'InteractionSignal__c',
  'HealthUpdatedAt__c',
];
const grantFields = [
  'Key__c',
  'Status__c',
  'Actions__c',
  'Fields__c',
  'EvidenceKind__c',
  'Evidence__c',
  'EvidenceCheckedAt__c',
  'EffectiveFrom__c',
  'ExpiresAt__c',
  'RevokedBy__c',
];
const mappingFields = [
  'Key__c',
  'Network__c',
  'Target__c',
  'Label__c',
  'Source__c',
  'Rule__c',
  'Settings__c',
  'Requirement__c',
  'Personal__c',
  'Question__c',
  'Reason__c',
  'AnswerHome__c',
  'SortOrder__c',
  'Active__c',
];
const policyFields = ['Key__c', 'Function__c', 'Rule__c', 'Settings__c', 'Scope__c', 'EffectiveFrom__c', 'Version__c'];

const among = (ids: readonly string[]): string =>
  ids.length === 1 ? `= ${ids.map(idLiteral).join('')}` : `IN (${ids.map(idLiteral).join(', ')})`;

const list = (space: Namespace, object: string, fields: readonly string[]): string =>
  fields.map((field) => space.field(object, field)).join(', ');

/** `Opportunity.Account.Website` → `Account.Website`, each step in this org's names. */
const dealPath = (space: Namespace, path: string): string =>
  fieldPath(
    path
      .split('.')
      .map((step, index, steps) => space.field(index === 0 ? 'Opportunity' : (steps[index - 1] ?? ''), step))
      .join('.'),
  );

export const requestQuery = (space: Namespace, ids: readonly string[]): string =>
  `SELECT Id, CreatedDate, CreatedById, CreatedBy.Name, ${list(space, 'Request__c', requestFields)}, ` +
  `${space.field('Request__c', 'Referral__r')}.${space.field('Referral__c', 'Opportunity__c')} ` +
  `FROM ${space.object('Request__c')} WHERE Id ${among(ids)}`;

/**
 * Requests nobody has ended, of which an event may have been lost. One whose state is empty (made past its default) is new.
 * Pages go by date and id: many requests of one load are of the same second.
 */
export const missedRequestsQuery = (
  space: Namespace,
  limit: number,
  after?: { readonly id: string; readonly createdAt: string },
): string =>
  `SELECT Id, CreatedDate, CreatedById, ${list(space, 'Request__c', requestFields)}, ` +
  `${space.field('Request__c', 'Referral__r')}.${space.field('Referral__c', 'Opportunity__c')} ` +
  `FROM ${space.object('Request__c')} WHERE (${space.field('Request__c', 'State__c')} = NULL ` +
  `OR ${space.field('Request__c', 'State__c')} IN ('new', 'taken')) ` +
  (after
    ? `AND (CreatedDate > ${instantLiteral(after.createdAt)} OR (CreatedDate = ${instantLiteral(after.createdAt)} AND Id > ${idLiteral(after.id)})) `
    : '') +
  `ORDER BY CreatedDate, Id LIMIT ${limit}`;

/** Referrals that wait for answers, whose deal or account was changed after an instant. */
export const changedDealsQuery = (space: Namespace, after: string): string => {
  const deal = space.field('Referral__c', 'Opportunity__r');
  const fields = ['LastModifiedDate', 'LastModifiedById', 'Account.LastModifiedDate', 'Account.LastModifiedById'];
  const since = instantLiteral(after);
  return (
    `SELECT ${space.field('Referral__c', 'Opportunity__c')}, ${fields.map((field) => `${deal}.${field}`).join(', ')} ` +
    `FROM ${space.object('Referral__c')} WHERE ${space.field('Referral__c', 'State__c')} = 'needs-answers' ` +
    `AND (${deal}.LastModifiedDate > ${since} OR ${deal}.Account.LastModifiedDate > ${since}) LIMIT 2000`
  );
};

/** Who has the referrals of a deal and who asked for them, and who has the deal. */
export const ownersQuery = (space: Namespace, object: SharedObject, opportunityId: string): string =>
  `SELECT Id, ${list(space, object, ['Key__c', 'RequestedBy__c'])}, OwnerId, ` +
  `${space.field(object, 'Opportunity__r')}.OwnerId ` +
  `FROM ${space.object(object)} WHERE ${space.field(object, 'Opportunity__c')} ${among([opportunityId])}`;

/** All attempts of the deals, the newest of each first. */
export const referralsQuery = (space: Namespace, opportunityIds: readonly string[]): string =>
  `SELECT Id, ${list(space, 'Referral__c', referralFields)}, ${space.field('Referral__c', 'Partner__r')}.${space.field('Partner__c', 'Key__c')}, ` +
  `(SELECT Id, ${list(space, 'ReferralValue__c', ['Target__c', 'Value__c', 'SourceKind__c', 'AnsweredBy__c'])}, ` +
  `${space.field('ReferralValue__c', 'AnsweredBy__r')}.Name FROM ${space.children('Values')}) ` +
  `FROM ${space.object('Referral__c')} WHERE ${space.field('Referral__c', 'Opportunity__c')} ${among(opportunityIds)} ` +
  `ORDER BY ${space.field('Referral__c', 'Attempt__c')} DESC`;

/** One partner with its grants and modes, or all active ones. */
export const partnersQuery = (space: Namespace, id: string | null): string =>
  `SELECT Id, Name, ${list(space, 'Partner__c', partnerFields)}, ` +
  `(SELECT ${list(space, 'PartnerGrant__c', grantFields)} FROM ${space.children('Grants')}), ` +
  `(SELECT ${list(space, 'FunctionMode__c', ['Function__c', 'Mode__c', 'Reason__c'])} FROM ${space.children('Modes')}) ` +
  `FROM ${space.object('Partner__c')} WHERE ${id === null ? `${space.field('Partner__c', 'Active__c')} = TRUE` : `Id = ${idLiteral(id)}`}`;

/** Active grants that rest on a network's own terms. */
export const platformGrantsQuery = (space: Namespace, network: string): string =>
  `SELECT ${list(space, 'PartnerGrant__c', ['Key__c', 'EvidenceCheckedAt__c'])} FROM ${space.object('PartnerGrant__c')} ` +
  `WHERE ${space.field('PartnerGrant__c', 'Status__c')} = 'active' ` +
  `AND ${space.field('PartnerGrant__c', 'EvidenceKind__c')} = 'platform-terms' ` +
  `AND ${space.field('PartnerGrant__c', 'Partner__r')}.${space.field('Partner__c', 'Network__c')} = ${literal(network)}`;

export const mappingQuery = (space: Namespace): string =>
  `SELECT ${list(space, 'FieldMapping__c', mappingFields)} FROM ${space.object('FieldMapping__c')} LIMIT 2000`;

export const policiesQuery = (space: Namespace): string =>
  `SELECT LastModifiedById, ${list(space, 'GuardrailPolicy__c', policyFields)} FROM ${space.object('GuardrailPolicy__c')} LIMIT 2000`;

const materialFields = ['Key__c', 'Kind__c', 'Title__c', 'Body__c', 'Status__c', 'Version__c'];

/** Texts that people have approved; the others count for nothing. */
export const materialsQuery = (space: Namespace): string =>
  `SELECT LastModifiedById, ${list(space, 'LanguageMaterial__c', materialFields)}, ` +
  `${space.field('LanguageMaterial__c', 'Partner__r')}.${space.field('Partner__c', 'Key__c')}, ` +
  `${space.field('LanguageMaterial__c', 'ApprovedBy__r')}.Name FROM ${space.object('LanguageMaterial__c')} ` +
  `WHERE ${space.field('LanguageMaterial__c', 'Status__c')} = 'approved' LIMIT 2000`;

export const companyQuery = 'SELECT Name FROM Organization';

/** Companies that have bought: their names may not be told to a partner of another deal. */
export const customersQuery =
  'SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE IsWon = TRUE) ' +
  'ORDER BY LastModifiedDate DESC LIMIT 2000';

export const editAccessQuery = (userId: string, recordIds: readonly string[]): string =>
  `SELECT RecordId, HasEditAccess FROM UserRecordAccess WHERE UserId = ${idLiteral(userId)} AND RecordId ${among(recordIds)}`;

export const readAccessQuery = (userId: string, recordId: string): string =>
  `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = ${idLiteral(userId)} AND RecordId ${among([recordId])}`;

/**
 * The deals with everything that the mapping reads, in one query: paths of the deal and its parents, its line items, and
 * the contacts in their roles, the primary one first (`Contacts[0]`).
 */
export const dealQuery = (
  space: Namespace,
  opportunityIds: readonly string[],
  sourcePaths: readonly string[],
): string => {
  const fields = new Set([
    'Id',
    'Name',
    'OwnerId',
    'AccountId',
    'Account.OwnerId',
    space.field('Opportunity', 'TandemTracked__c'),
  ]);
  const items = new Set<string>();
  const contacts = new Set<string>();
  for (const path of sourcePaths) {
    const item = /^Opportunity\.OpportunityLineItems\[\d*\]\.(.+)$/.exec(path)?.[1];
    const contact = /^Contacts\[\d*\]\.(.+)$/.exec(path)?.[1];
    if (item) items.add(fieldPath(item));
    else if (contact) contacts.add(`Contact.${fieldPath(contact)}`);
    else if (path.startsWith('Opportunity.')) fields.add(dealPath(space, path.slice('Opportunity.'.length)));
    else throw new Error(`the mapping reads ${path}, which is neither of the deal nor of its contacts`);
  }
  if (contacts.size > 0) contacts.add('ContactId');
  const children = [
    ...(items.size > 0 ? [`(SELECT ${[...items].join(', ')} FROM OpportunityLineItems)`] : []),
    ...(contacts.size > 0
      ? [
          `(SELECT ${[...contacts].join(', ')} FROM OpportunityContactRoles ORDER BY IsPrimary DESC, CreatedDate LIMIT 5)`,
        ]
      : []),
  ];
  return `SELECT ${[...fields, ...children].join(', ')} FROM Opportunity WHERE Id ${among(opportunityIds)}`;
};
