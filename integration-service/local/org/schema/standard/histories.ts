import { standardObject, type ObjectDefinition } from '../definition.ts';
import { lookup, systemField } from '../fields.ts';
import type { FieldSchema } from '../types.ts';

const ofOpportunity = (children: string): FieldSchema =>
  lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'Opportunity', children, {
    required: true,
    createable: false,
    updateable: false,
    onDelete: 'cascade',
  });

/** What the platform writes and nobody else: seen by whoever sees the deal. */
const history = {
  sharing: 'parent',
  masterField: 'OpportunityId',
  owned: false,
  createable: false,
  updateable: false,
  deletable: false,
  historyOf: 'Opportunity',
} as const;

/**
 * One row for each time that stage, amount, probability or close date of a deal changed, with what all of them were from
 * then on (object reference, OpportunityHistory). Every org keeps it.
 */
const opportunityHistory = standardObject(
  'OpportunityHistory',
  '008',
  ['Opportunity History', 'Opportunity History'],
  [
    ofOpportunity('OpportunityHistories'),
    systemField('StageName', 'Stage', 'picklist', { length: 255 }),
    systemField('Amount', 'Amount', 'currency', { precision: 18, scale: 2 }),
    systemField('ExpectedRevenue', 'Expected Amount', 'currency', { precision: 18, scale: 2 }),
    systemField('CloseDate', 'Close Date', 'date'),
    systemField('Probability', 'Probability (%)', 'percent', { precision: 3, scale: 0 }),
    systemField('ForecastCategory', 'To ForecastCategory', 'picklist', { length: 40 }),
    systemField('PrevAmount', 'Previous Amount', 'currency', { precision: 18, scale: 2 }),
    systemField('PrevCloseDate', 'Previous Close Date', 'date'),
    systemField('SystemModstamp', 'System Modstamp', 'datetime'),
  ],
  history,
);

/** One row for each change of a tracked field (object reference, OpportunityFieldHistory), where tracking is switched on. */
const opportunityFieldHistory = standardObject(
  'OpportunityFieldHistory',
  '017',
  ['Opportunity Field History', 'Opportunity Field History'],
  [
    ofOpportunity('Histories'),
    systemField('Field', 'Changed Field', 'picklist', { length: 255 }),
    systemField('DataType', 'Datatype', 'picklist', { length: 40 }),
    systemField('OldValue', 'Old Value', 'anyType', { filterable: false }),
    systemField('NewValue', 'New Value', 'anyType', { filterable: false }),
  ],
  history,
);

/** What history rows call a field: a standard lookup by its parent's name (`Owner`), any other by its own. */
export const historyName = ({ name, custom, reference }: FieldSchema): string =>
  reference === undefined || custom ? name : name.replace(/Id$/, '');

/** The past of deals. */
export const historyObjects: readonly ObjectDefinition[] = [opportunityHistory, opportunityFieldHistory];
