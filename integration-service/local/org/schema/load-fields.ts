import { field } from './fields.ts';
import type { PackageNames } from './names.ts';
import { childrenOf, isTrue, numberOf, textOf, type SourceFile, type Xml } from './source-files.ts';
import type { FieldSchema, FieldType, PicklistSchema, ReferenceSchema } from './types.ts';

/** Metadata field type → describe type. What is absent is refused when the org starts. */
const TYPES: Readonly<Record<string, FieldType>> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Url: 'url',
  Email: 'email',
  Phone: 'phone',
  Lookup: 'reference',
  MasterDetail: 'reference',
  AutoNumber: 'string',
};

/** Lengths that the platform fixes. Sources: the field types page of the Object Reference. */
const FIXED_LENGTHS: Readonly<Record<string, number>> = {
  TextArea: 255,
  Url: 255,
  Email: 80,
  Phone: 40,
  Picklist: 255,
  MultiselectPicklist: 4099,
  Lookup: 18,
  MasterDetail: 18,
  AutoNumber: 30,
};

/** Reads one custom field; `valueSets` are the global value sets by name. */
export const loadField = (
  file: SourceFile,
  names: PackageNames,
  valueSets: ReadonlyMap<string, PicklistSchema>,
): FieldSchema => {
  const xml = file.root;
  const sourceType = textOf(xml, 'type') ?? '';
  const type = TYPES[sourceType];
  if (type === undefined)
    throw new Error(`${file.path}: fields of type ${sourceType || '(none)'} are not offered here.`);
  const name = names.inOrg(textOf(xml, 'fullName') ?? file.name);
  const formula = textOf(xml, 'formula');
  const defaultValue = textOf(xml, 'defaultValue');
  return field(name, textOf(xml, 'label') ?? file.name, type, {
    custom: true,
    length: FIXED_LENGTHS[sourceType] ?? numberOf(xml, 'length') ?? (formula === undefined ? undefined : 1300),
    precision: numberOf(xml, 'precision'),
    scale: numberOf(xml, 'scale'),
    required: isTrue(xml, 'required') || sourceType === 'MasterDetail',
    unique: isTrue(xml, 'unique'),
    caseSensitive: isTrue(xml, 'caseSensitive'),
    externalId: isTrue(xml, 'externalId'),
    picklist: type === 'picklist' || type === 'multipicklist' ? loadPicklist(file, valueSets) : undefined,
    reference: type === 'reference' ? loadReference(xml, sourceType, names) : undefined,
    formula: formula === undefined ? undefined : names.formulaInOrg(formula),
    formulaTreatBlanksAs: textOf(xml, 'formulaTreatBlanksAs') === 'BlankAsBlank' ? 'blank' : 'zero',
    autoNumber:
      sourceType === 'AutoNumber'
        ? { format: textOf(xml, 'displayFormat') ?? '{0}', start: numberOf(xml, 'startingNumber') ?? 1 }
        : undefined,
    defaultFormula: defaultValue === undefined ? undefined : names.formulaInOrg(defaultValue),
    description: textOf(xml, 'description'),
    inlineHelpText: textOf(xml, 'inlineHelpText'),
    visibleLines: numberOf(xml, 'visibleLines'),
    isHtml: sourceType === 'Html',
    tracked: isTrue(xml, 'trackHistory'),
  });
};

const loadReference = (xml: Xml, sourceType: string, names: PackageNames): ReferenceSchema => {
  const fullName = names.inOrg(textOf(xml, 'fullName') ?? '');
  const childName = textOf(xml, 'relationshipName');
  const masterDetail = sourceType === 'MasterDetail';
  const constraint = textOf(xml, 'deleteConstraint');
  const prefix = fullName.split('__').length === 3 ? `${names.namespace}__` : '';
  return {
    to: [names.inOrg(textOf(xml, 'referenceTo') ?? '')],
    relationshipName: fullName.replace(/__c$/, '__r'),
    childRelationshipName: childName === undefined ? undefined : `${prefix}${childName}__r`,
    onDelete:
      masterDetail || constraint === 'Cascade' ? 'cascade' : constraint === 'Restrict' ? 'restrict' : 'set-null',
    masterDetail,
    reparentable: isTrue(xml, 'reparentableMasterDetail'),
    writeRequiresMasterRead: isTrue(xml, 'writeRequiresMasterRead'),
  };
};

const loadPicklist = (file: SourceFile, valueSets: ReadonlyMap<string, PicklistSchema>): PicklistSchema => {
  const set = childrenOf(file.root, 'valueSet')[0];
  if (set === undefined) return { restricted: false, values: [] };
  const globalName = textOf(set, 'valueSetName');
  if (globalName !== undefined) {
    const values = valueSets.get(globalName);
    if (values === undefined)
      throw new Error(`${file.path}: the global value set ${globalName} is in none of the source folders.`);
    return values;
  }
  const definition = childrenOf(set, 'valueSetDefinition')[0] ?? {};
  return { restricted: isTrue(set, 'restricted'), values: childrenOf(definition, 'value').map(loadValue) };
};

/** A global value set is always restricted for the fields that use it. */
export const loadValueSet = (file: SourceFile): PicklistSchema => ({
  restricted: true,
  values: childrenOf(file.root, 'customValue').map(loadValue),
});

const loadValue = (xml: Xml): PicklistSchema['values'][number] => ({
  value: textOf(xml, 'fullName') ?? '',
  label: textOf(xml, 'label') ?? textOf(xml, 'fullName') ?? '',
  active: textOf(xml, 'isActive') !== 'false',
  isDefault: isTrue(xml, 'default'),
});
