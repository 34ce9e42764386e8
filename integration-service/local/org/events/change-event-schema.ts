import { createHash } from 'node:crypto';
import avro from 'avsc';
import type { FieldSchema, FieldType, ObjectSchema } from '../schema/types.ts';
import { changeEventOf } from './channels.ts';
import type { FieldOrder } from './field-bitmap.ts';

/** The Avro side of one object's change events. */
export interface ChangeEventSchema {
  readonly object: ObjectSchema;
  /** Fingerprint of the schema: 22 characters, URL-safe base64, as an org's. */
  readonly id: string;
  readonly json: string;
  readonly order: FieldOrder;
  /** Fields of the object that its events carry, by API name, with their place in the payload. */
  readonly carried: ReadonlyMap<string, CarriedField>;
  encode(payload: Record<string, unknown>): Buffer;
}

export interface CarriedField {
  readonly field: FieldSchema;
  /** Top-level name in the payload. */
  readonly top: string;
  /** Name inside the compound field, where it is part of one. */
  readonly inside: string | undefined;
}

/** Fields that change events never carry: the header has the id, the rest is bookkeeping of the platform. */
const NOT_CARRIED = new Set(['Id', 'IsDeleted', 'SystemModstamp', 'LastViewedDate', 'LastReferencedDate']);

const PERSON_NAME_PARTS = ['Salutation', 'FirstName', 'LastName', 'MiddleName', 'Suffix'];

const AVRO_TYPE: Readonly<Record<FieldType, string>> = {
  id: 'string',
  string: 'string',
  textarea: 'string',
  url: 'string',
  email: 'string',
  phone: 'string',
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'double',
  percent: 'double',
  date: 'long',
  datetime: 'long',
  picklist: 'string',
  multipicklist: 'string',
  reference: 'string',
  address: 'string',
  anyType: 'string',
};

const DOC: Partial<Record<FieldType, string>> = {
  date: 'Data:DateOnly',
  datetime: 'Data:DateTime',
  currency: 'Data:Currency',
  percent: 'Data:Percent',
  double: 'Data:Double',
  reference: 'Data:EntityId',
  boolean: 'Data:Boolean',
  picklist: 'Data:DynamicEnum',
  multipicklist: 'Data:MultiEnum',
};

const strings = { type: 'array', items: 'string' } as const;

/** Order and types as every org's change events have them. */
const HEADER = {
  name: 'ChangeEventHeader',
  type: {
    type: 'record',
    name: 'ChangeEventHeader',
    fields: [
      { name: 'entityName', type: 'string' },
      { name: 'recordIds', type: strings },
      {
        name: 'changeType',
        type: {
          type: 'enum',
          name: 'ChangeType',
          symbols: [
            'CREATE',
            'UPDATE',
            'DELETE',
            'UNDELETE',
            'GAP_CREATE',
            'GAP_UPDATE',
            'GAP_DELETE',
            'GAP_UNDELETE',
            'GAP_OVERFLOW',
            'SNAPSHOT',
          ],
        },
      },
      { name: 'changeOrigin', type: 'string' },
      { name: 'transactionKey', type: 'string' },
      { name: 'sequenceNumber', type: 'int' },
      { name: 'commitTimestamp', type: 'long' },
      { name: 'commitNumber', type: 'long' },
      { name: 'commitUser', type: 'string' },
      { name: 'nulledFields', type: strings },
      { name: 'diffFields', type: strings },
      { name: 'changedFields', type: strings },
    ],
  },
} as const;

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const optional = (field: FieldSchema, name: string): object => ({
  name,
  type: ['null', AVRO_TYPE[field.type]],
  ...(DOC[field.type] ? { doc: DOC[field.type] } : {}),
  default: null,
});

/** Named Avro types are written out once and referred to by name afterwards. */
class NamedTypes {
  private readonly seen = new Set<string>();

  use(name: string, fields: readonly object[]): object | string {
    if (this.seen.has(name)) return name;
    this.seen.add(name);
    return { type: 'record', name, fields };
  }
}

/** Every address has the same record type, whatever parts an object has: the org's own list. */
const ADDRESS_FIELDS = [
  ...['Street', 'City', 'State', 'PostalCode', 'Country', 'StateCode', 'CountryCode'].map((name) => ({
    name,
    type: ['null', 'string'],
    default: null,
  })),
  ...['Latitude', 'Longitude'].map((name) => ({ name, type: ['null', 'double'], default: null })),
  { name: 'GeocodeAccuracy', type: ['null', 'string'], default: null },
];

interface Compound {
  readonly top: FieldSchema;
  /** API name of each part and its name inside. */
  readonly parts: ReadonlyMap<string, string>;
  readonly insideOrder: readonly string[];
}

const compoundsOf = (object: ObjectSchema): Compound[] => {
  const addresses = object.fields
    .filter((field) => field.type === 'address' && field.compound)
    .map((top) => ({
      top,
      parts: new Map(Object.entries(top.compound ?? {}).map(([role, part]) => [part, upperFirst(role)])),
      insideOrder: ADDRESS_FIELDS.map(({ name }) => name),
    }));
  const name = object.field('Name');
  const nameParts = PERSON_NAME_PARTS.filter((part) => object.field(part)?.name === part);
  if (!name || !nameParts.includes('LastName')) return addresses;
  return [{ top: name, parts: new Map(nameParts.map((part) => [part, part])), insideOrder: nameParts }, ...addresses];
};

const schemaOf = (object: ObjectSchema): ChangeEventSchema => {
  const compounds = compoundsOf(object);
  const compoundOf = new Map(compounds.map((compound) => [compound.top.name, compound]));
  const partOf = new Map(compounds.flatMap((compound) => [...compound.parts.keys()].map((part) => [part, compound])));
  const named = new NamedTypes();
  const carried = new Map<string, CarriedField>();

  const fields = object.fields.flatMap((field): object[] => {
    const owner = partOf.get(field.name);
    if (owner) {
      carried.set(field.name, { field, top: owner.top.name, inside: owner.parts.get(field.name) });
      return [];
    }
    const compound = compoundOf.get(field.name);
    if (compound) {
      const isAddress = field.type === 'address';
      const inside = isAddress
        ? ADDRESS_FIELDS
        : compound.insideOrder.map((name) => ({ name, type: ['null', 'string'], default: null }));
      const type = named.use(isAddress ? 'Address' : 'PersonName', inside);
      return [
        { name: field.name, type: ['null', type], doc: isAddress ? 'Data:Address' : 'Data:PersonName', default: null },
      ];
    }
    if (NOT_CARRIED.has(field.name) || field.formula !== undefined || field.type === 'address') return [];
    carried.set(field.name, { field, top: field.name, inside: undefined });
    // A person account's name is a record: the union is in every org's schema, whether it has person accounts or not.
    if (object.name === 'Account' && field.name === 'Name') {
      const parts = PERSON_NAME_PARTS.map((name) => ({ name, type: ['null', 'string'], default: null }));
      return [{ name: 'Name', type: ['null', 'string', named.use('Switchable_PersonName', parts)], default: null }];
    }
    return [optional(field, field.name)];
  });

  const definition = {
    type: 'record',
    name: changeEventOf(object.name),
    namespace: 'com.sforce.eventbus',
    fields: [HEADER, ...fields],
  };
  const json = JSON.stringify(definition);
  const type = avro.Type.forSchema(definition as unknown as avro.Schema, { wrapUnions: false });
  return {
    object,
    id: createHash('sha256').update(json).digest().subarray(0, 16).toString('base64url'),
    json,
    order: {
      fields: ['ChangeEventHeader', ...fields.map((field) => (field as { name: string }).name)],
      compounds: new Map(compounds.map(({ top, insideOrder }) => [top.name, insideOrder])),
    },
    carried,
    encode: (payload) => type.toBuffer(payload),
  };
};

/** The event schemas of an org's objects, made when first asked for. */
export class ChangeEventSchemas {
  private readonly byObject = new Map<string, ChangeEventSchema>();
  private readonly byId = new Map<string, ChangeEventSchema>();

  of(object: ObjectSchema): ChangeEventSchema {
    const known = this.byObject.get(object.name);
    if (known) return known;
    const made = schemaOf(object);
    this.byObject.set(object.name, made);
    this.byId.set(made.id, made);
    return made;
  }

  /** Only schemas of events that this server can send are known. */
  withId(id: string): ChangeEventSchema | undefined {
    return this.byId.get(id);
  }
}
