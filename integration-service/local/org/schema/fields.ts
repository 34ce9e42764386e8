import type { FieldSchema, FieldType, PicklistSchema, ReferenceSchema } from './types.ts';

type Options = Partial<Omit<FieldSchema, 'name' | 'label' | 'type'>>;

const UNFILTERABLE: readonly FieldType[] = ['address', 'anyType'];

/** A field with the platform's usual properties for its type; `options` overrides them. */
export const field = (name: string, label: string, type: FieldType, options: Options = {}): FieldSchema => {
  const longText = type === 'textarea' && (options.length ?? 0) > 255;
  const derived = options.formula !== undefined || options.autoNumber !== undefined || type === 'address';
  const required = options.required ?? false;
  const masterDetail = options.reference?.masterDetail ?? false;
  return {
    name,
    label,
    type,
    custom: false,
    length: undefined,
    precision: undefined,
    scale: undefined,
    required,
    unique: false,
    caseSensitive: false,
    externalId: false,
    picklist: undefined,
    reference: undefined,
    formula: undefined,
    formulaTreatBlanksAs: 'zero',
    autoNumber: undefined,
    defaultFormula: undefined,
    compound: undefined,
    createable: !derived,
    updateable: !derived && (!masterDetail || options.reference?.reparentable === true),
    filterable: !longText && !UNFILTERABLE.includes(type),
    sortable: !longText && !UNFILTERABLE.includes(type) && type !== 'multipicklist',
    permissionable: !required && !masterDetail,
    isNameField: false,
    description: undefined,
    inlineHelpText: undefined,
    visibleLines: undefined,
    isHtml: false,
    tracked: false,
    ...options,
  };
};

/** A field that the platform sets itself: readable with its object, written by nobody. */
export const systemField = (name: string, label: string, type: FieldType, options: Options = {}): FieldSchema =>
  field(name, label, type, { createable: false, updateable: false, permissionable: false, ...options });

export const text = (name: string, label: string, length: number, options: Options = {}): FieldSchema =>
  field(name, label, 'string', { length, ...options });

/** Unrestricted, as the standard picklists are. The first value marked `*` is the default. */
export const picklist = (
  name: string,
  label: string,
  values: readonly string[],
  options: Options & { restricted?: boolean } = {},
): FieldSchema => {
  const { restricted, ...rest } = options;
  return field(name, label, 'picklist', { length: 255, picklist: picklistOf(values, restricted ?? false), ...rest });
};

const picklistOf = (values: readonly string[], restricted: boolean): PicklistSchema => ({
  restricted,
  values: values.map((value) => {
    const isDefault = value.startsWith('*');
    const name = isDefault ? value.slice(1) : value;
    return { value: name, label: name, active: true, isDefault };
  }),
});

/** A lookup; `childRelationshipName` is the parent's name for its children. */
export const lookup = (
  name: string,
  label: string,
  to: string | readonly string[],
  relationshipName: string,
  childRelationshipName?: string,
  options: Options & { onDelete?: ReferenceSchema['onDelete'] } = {},
): FieldSchema => {
  const { onDelete, ...rest } = options;
  return field(name, label, 'reference', {
    length: 18,
    reference: {
      to: typeof to === 'string' ? [to] : to,
      relationshipName,
      childRelationshipName,
      onDelete: onDelete ?? 'set-null',
      masterDetail: false,
      reparentable: true,
      writeRequiresMasterRead: false,
    },
    ...rest,
  });
};

/** The five text parts of a postal address and their read-only compound (`BillingStreet` … `BillingAddress`). */
export const address = (prefix: string, label: string): FieldSchema[] => {
  const part = (name: string, partLabel: string, length: number, type: FieldType = 'string'): FieldSchema =>
    field(`${prefix}${name}`, `${label} ${partLabel}`.trim(), type, { length });
  return [
    part('Street', 'Street', 255, 'textarea'),
    part('City', 'City', 40),
    part('State', 'State/Province', 80),
    part('PostalCode', 'Zip/Postal Code', 20),
    part('Country', 'Country', 80),
    field(`${prefix}Address`, `${label} Address`.trim(), 'address', {
      compound: {
        street: `${prefix}Street`,
        city: `${prefix}City`,
        state: `${prefix}State`,
        postalCode: `${prefix}PostalCode`,
        country: `${prefix}Country`,
      },
    }),
  ];
};

/** The fields that every row has; `deletable` rows go to the recycle bin and know that they did. */
export const systemFields = (deletable: boolean): FieldSchema[] => [
  systemField('Id', 'Record ID', 'id', { length: 18, required: false }),
  ...(deletable ? [systemField('IsDeleted', 'Deleted', 'boolean')] : []),
  systemField('CreatedDate', 'Created Date', 'datetime'),
  lookup('CreatedById', 'Created By ID', 'User', 'CreatedBy', undefined, SYSTEM),
  systemField('LastModifiedDate', 'Last Modified Date', 'datetime'),
  lookup('LastModifiedById', 'Last Modified By ID', 'User', 'LastModifiedBy', undefined, SYSTEM),
  systemField('SystemModstamp', 'System Modstamp', 'datetime'),
];

const SYSTEM: Options = { createable: false, updateable: false, permissionable: false };

/** Owner of a row: a user, for custom objects also a queue. */
export const ownerField = (to: readonly string[]): FieldSchema =>
  lookup('OwnerId', 'Owner ID', to, 'Owner', undefined, { permissionable: false });
