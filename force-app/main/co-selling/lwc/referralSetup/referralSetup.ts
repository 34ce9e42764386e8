import FIELD_MAPPING from '@salesforce/schema/FieldMapping__c';
import MAPPING_ACTIVE from '@salesforce/schema/FieldMapping__c.Active__c';
import MAPPING_ANSWER_HOME from '@salesforce/schema/FieldMapping__c.AnswerHome__c';
import MAPPING_KEY from '@salesforce/schema/FieldMapping__c.Key__c';
import MAPPING_LABEL from '@salesforce/schema/FieldMapping__c.Label__c';
import MAPPING_NETWORK from '@salesforce/schema/FieldMapping__c.Network__c';
import MAPPING_PERSONAL from '@salesforce/schema/FieldMapping__c.Personal__c';
import MAPPING_QUESTION from '@salesforce/schema/FieldMapping__c.Question__c';
import MAPPING_REASON from '@salesforce/schema/FieldMapping__c.Reason__c';
import MAPPING_REQUIREMENT from '@salesforce/schema/FieldMapping__c.Requirement__c';
import MAPPING_RULE from '@salesforce/schema/FieldMapping__c.Rule__c';
import MAPPING_SETTINGS from '@salesforce/schema/FieldMapping__c.Settings__c';
import MAPPING_SORT_ORDER from '@salesforce/schema/FieldMapping__c.SortOrder__c';
import MAPPING_SOURCE from '@salesforce/schema/FieldMapping__c.Source__c';
import MAPPING_TARGET from '@salesforce/schema/FieldMapping__c.Target__c';
import PARTNER from '@salesforce/schema/Partner__c';
import PARTNER_ACTIVE from '@salesforce/schema/Partner__c.Active__c';
import PARTNER_FIT_RULES from '@salesforce/schema/Partner__c.FitRules__c';
import PARTNER_KEY from '@salesforce/schema/Partner__c.Key__c';
import PARTNER_NAME from '@salesforce/schema/Partner__c.Name';
import PARTNER_NETWORK from '@salesforce/schema/Partner__c.Network__c';
import { jsonList, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { parseMappingRow } from 'c/referralDraft';
import type { FitRule, MappingRow } from 'c/referralDraft';

/** A partner that may be referred to; without a network nothing of ours reaches it. */
export interface Partner {
  id: string;
  key: string;
  name: string;
  network: string;
  fitRules: FitRule[];
}

const MAPPING_FIELDS = {
  Key__c: MAPPING_KEY,
  Network__c: MAPPING_NETWORK,
  Target__c: MAPPING_TARGET,
  Label__c: MAPPING_LABEL,
  Source__c: MAPPING_SOURCE,
  Rule__c: MAPPING_RULE,
  Settings__c: MAPPING_SETTINGS,
  Requirement__c: MAPPING_REQUIREMENT,
  Personal__c: MAPPING_PERSONAL,
  Question__c: MAPPING_QUESTION,
  Reason__c: MAPPING_REASON,
  AnswerHome__c: MAPPING_ANSWER_HOME,
  SortOrder__c: MAPPING_SORT_ORDER,
  Active__c: MAPPING_ACTIVE,
};
const PARTNER_FIELDS = { key: PARTNER_KEY, name: PARTNER_NAME, network: PARTNER_NETWORK, fitRules: PARTNER_FIT_RULES };

/** Partners in use and the field mapping: what changes rarely. */
export const SETUP_QUERY = uiApiQuery('referralSetup', '', [
  selectRows(
    'partners',
    PARTNER,
    PARTNER_FIELDS,
    `where: { ${PARTNER_ACTIVE.fieldApiName}: { eq: true } }, orderBy: { Name: { order: ASC } }, first: 200`,
  ),
  selectRows(
    'mapping',
    FIELD_MAPPING,
    MAPPING_FIELDS,
    `where: { ${MAPPING_ACTIVE.fieldApiName}: { eq: true } }, ` +
      `orderBy: { ${MAPPING_SORT_ORDER.fieldApiName}: { order: ASC } }, first: 1000`,
  ),
]);

/** The partners of a setup answer, in the order of their names. */
export function readPartners(data: unknown): Partner[] {
  return readRows(data, 'partners', PARTNER_FIELDS).map((row) => ({
    id: row.id,
    key: text(row.key),
    name: text(row.name),
    network: text(row.network),
    fitRules: readFitRules(row.fitRules),
  }));
}

/** The fit rules of a partner; a rule that cannot be read is left out. */
export function readFitRules(value: unknown): FitRule[] {
  return jsonList(value).filter(isFitRule);
}

function isFitRule(rule: unknown): rule is FitRule {
  const { field, op, reason, weight } = (rule ?? {}) as Partial<FitRule>;
  return (
    typeof field === 'string' &&
    ['gte', 'lte', 'eq', 'in', 'present'].includes(op ?? '') &&
    typeof reason === 'string' &&
    typeof weight === 'number'
  );
}

/** The mapping rows of a setup answer; rows that cannot be read are left out, as the service leaves them out. */
export function readMapping(data: unknown): MappingRow[] {
  return readRows(data, 'mapping', MAPPING_FIELDS)
    .map((row) => parseMappingRow(row))
    .filter((row) => row !== null);
}
