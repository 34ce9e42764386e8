import { setupObject, standardObject, type ObjectDefinition } from '../definition.ts';
import { field, lookup, picklist, systemField, text } from '../fields.ts';

const product = standardObject(
  'Product2',
  '01t',
  ['Product', 'Products'],
  [
    text('Name', 'Product Name', 255, { required: true, isNameField: true }),
    text('ProductCode', 'Product Code', 255),
    field('Description', 'Product Description', 'textarea', { length: 4000 }),
    field('IsActive', 'Active', 'boolean'),
    picklist('Family', 'Product Family', ['None']),
    field('DisplayUrl', 'Display URL', 'url', { length: 1000 }),
    text('StockKeepingUnit', 'Product SKU', 180),
  ],
  { sharing: 'read-write', owned: false },
);

const pricebook = standardObject(
  'Pricebook2',
  '01s',
  ['Price Book', 'Price Books'],
  [
    text('Name', 'Price Book Name', 255, { required: true, isNameField: true }),
    field('Description', 'Description', 'textarea', { length: 255 }),
    field('IsActive', 'Active', 'boolean'),
    systemField('IsStandard', 'Is Standard Price Book', 'boolean'),
  ],
  { sharing: 'read-write', owned: false },
);

const pricebookEntry = standardObject(
  'PricebookEntry',
  '01u',
  ['Price Book Entry', 'Price Book Entries'],
  [
    systemField('Name', 'Product Name', 'string', { length: 255, isNameField: true }),
    lookup('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Pricebook2', 'PricebookEntries', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    lookup('Product2Id', 'Product ID', 'Product2', 'Product2', 'PricebookEntries', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    field('UnitPrice', 'List Price', 'currency', { precision: 18, scale: 2, required: true }),
    field('IsActive', 'Active', 'boolean'),
    field('UseStandardPrice', 'Use Standard Price', 'boolean'),
    systemField('ProductCode', 'Product Code', 'string', { length: 255 }),
  ],
  { sharing: 'read-write', owned: false },
);

const lineItem = standardObject(
  'OpportunityLineItem',
  '00k',
  ['Opportunity Product', 'Opportunity Products'],
  [
    systemField('Name', 'Opportunity Product Name', 'string', { length: 376, isNameField: true }),
    lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'Opportunity', 'OpportunityLineItems', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    lookup('PricebookEntryId', 'Price Book Entry ID', 'PricebookEntry', 'PricebookEntry', 'OpportunityLineItems', {
      updateable: false,
      onDelete: 'restrict',
    }),
    lookup('Product2Id', 'Product ID', 'Product2', 'Product2', 'OpportunityLineItems', {
      permissionable: false,
      updateable: false,
      onDelete: 'restrict',
    }),
    field('Quantity', 'Quantity', 'double', { precision: 12, scale: 2, required: true }),
    field('UnitPrice', 'Sales Price', 'currency', { precision: 18, scale: 2 }),
    field('Discount', 'Line Discount', 'percent', { precision: 5, scale: 2 }),
    systemField('TotalPrice', 'Total Price', 'currency', { precision: 18, scale: 2, permissionable: true }),
    systemField('ListPrice', 'List Price', 'currency', { precision: 18, scale: 2, permissionable: true }),
    systemField('ProductCode', 'Product Code', 'string', { length: 255 }),
    field('ServiceDate', 'Date', 'date'),
    text('Description', 'Line Description', 255),
  ],
  { sharing: 'parent', masterField: 'OpportunityId', owned: false },
);

/** The stages behind `Opportunity.StageName`; read-only here. */
const stage = setupObject(
  'OpportunityStage',
  '01J',
  ['Opportunity Stage', 'Opportunity Stages'],
  [
    systemField('MasterLabel', 'Master Label', 'string', { length: 255, isNameField: true }),
    systemField('ApiName', 'API Name', 'string', { length: 255 }),
    systemField('IsActive', 'Is Active', 'boolean'),
    systemField('IsClosed', 'Closed', 'boolean'),
    systemField('IsWon', 'Won', 'boolean'),
    systemField('DefaultProbability', 'Probability (%)', 'percent', { precision: 3, scale: 0 }),
    systemField('ForecastCategoryName', 'Forecast Category', 'string', { length: 40 }),
    systemField('SortOrder', 'Order', 'int', { precision: 9 }),
  ],
  { createable: false, updateable: false, deletable: false },
);

/** Products, prices and the lines of a deal. */
export const productObjects: readonly ObjectDefinition[] = [product, pricebook, pricebookEntry, lineItem, stage];
