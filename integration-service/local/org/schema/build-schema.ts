import { setupObject, type ObjectDefinition } from './definition.ts';
import { lookup, ownerField, picklist, systemFields } from './fields.ts';
import type { LoadedObjects } from './load-objects.ts';
import { activityObjects } from './standard/activities.ts';
import { historyObjects } from './standard/histories.ts';
import { productObjects } from './standard/products.ts';
import { salesObjects } from './standard/sales.ts';
import { setupObjects } from './standard/setup.ts';
import type { ChildRelationship, FieldSchema, ObjectSchema, OrgSchema, SharingModel } from './types.ts';

/** Standard objects whose org-wide default an administrator sets; Private unless the start says otherwise. */
export type StandardSharing = Partial<
  Record<'Account' | 'Contact' | 'Opportunity' | 'Lead' | 'Campaign', SharingModel>
>;

export interface SchemaOptions {
  readonly sharing?: StandardSharing;
  /** Prefix of a custom or share object; the store keeps them, so that ids stay valid when objects are added. */
  readonly keyPrefixOf: (object: string) => string;
}

/** The share object's name and key prefix, for standard objects whose share row names differ from custom ones. */
const STANDARD_SHARES: Readonly<Record<string, string>> = {
  Account: '00r',
  Contact: '03s',
  Opportunity: '00t',
  Lead: '01o',
  Campaign: '08s',
};

/** Puts standard objects, source folders and everything derived from them (system fields, children, share rows) together. */
export const buildSchema = (loaded: LoadedObjects, options: SchemaOptions): OrgSchema => {
  const standard = [...salesObjects, ...productObjects, ...activityObjects, ...historyObjects, ...setupObjects].map(
    (definition) => ({
      ...definition,
      sharing: options.sharing?.[definition.name as keyof StandardSharing] ?? definition.sharing,
    }),
  );
  const activityTargets = loaded.objects.filter((object) => object.activities).map((object) => object.name);
  const definitions = withAdditions([...standard, ...loaded.objects], loaded).map((definition) =>
    completed(definition, activityTargets),
  );
  const shares = definitions.flatMap(shareObject).map((definition) => completed(definition, []));
  const all = [...definitions, ...shares];
  checkReferences(all);
  const children = childRelationships(all);
  return new Schema(
    loaded.names.namespace,
    all.map((definition) => new ObjectEntry(definition, children.get(definition.name) ?? [], options.keyPrefixOf)),
  );
};

const withAdditions = (definitions: readonly ObjectDefinition[], loaded: LoadedObjects): ObjectDefinition[] => {
  for (const addition of loaded.additions)
    if (!definitions.some((definition) => definition.name === addition.object))
      throw new Error(
        `The source folders add to ${addition.object}, which is not offered here: only custom objects (__c) and the listed standard objects are.`,
      );
  return definitions.map((definition) => {
    const additions = loaded.additions.filter((addition) => addition.object === definition.name);
    return {
      ...definition,
      keepsHistory: definition.keepsHistory === true || additions.some((addition) => addition.keepsHistory),
      tracked: additions.flatMap((addition) => addition.tracked),
      fields: [...definition.fields, ...additions.flatMap((addition) => addition.fields)],
      validationRules: [...definition.validationRules, ...additions.flatMap((addition) => addition.validationRules)],
      recordTypes: [...definition.recordTypes, ...additions.flatMap((addition) => addition.recordTypes)],
    };
  });
};

/** Rows of the past are never modified. */
const HISTORY_SYSTEM_FIELDS: ReadonlySet<string> = new Set(['Id', 'IsDeleted', 'CreatedDate', 'CreatedById']);

const completed = (definition: ObjectDefinition, activityTargets: readonly string[]): ObjectDefinition => {
  const [id, ...system] = systemFields(definition.setup !== true).filter(
    ({ name }) => definition.historyOf === undefined || HISTORY_SYSTEM_FIELDS.has(name),
  );
  const owners = definition.custom ? ['Group', 'User'] : ['User'];
  const own = definition.fields.map((schema) =>
    schema.name === 'WhatId' && schema.reference !== undefined
      ? { ...schema, reference: { ...schema.reference, to: [...schema.reference.to, ...activityTargets] } }
      : schema,
  );
  const fields = [
    ...(id === undefined ? [] : [id]),
    ...(definition.owned ? [ownerField(owners)] : []),
    ...own,
    ...(definition.recordTypes.length > 0
      ? [lookup('RecordTypeId', 'Record Type ID', 'RecordType', 'RecordType', undefined, { permissionable: false })]
      : []),
    ...system,
  ];
  return { ...definition, fields: withTracking(definition, fields) };
};

/** Marks the standard fields whose history an administrator has switched on. */
const withTracking = ({ name, tracked = [] }: ObjectDefinition, fields: readonly FieldSchema[]): FieldSchema[] => {
  const unknown = tracked.find((each) => !fields.some((schema) => schema.name === each));
  if (unknown !== undefined)
    throw new Error(`The source folders track ${name}.${unknown}, a standard field that is not offered here.`);
  return fields.map((schema) => (tracked.includes(schema.name) ? { ...schema, tracked: true } : schema));
};

/** Objects whose default hides rows have share rows: `OpportunityShare`, `Referral__Share`. */
const shareObject = (definition: ObjectDefinition): ObjectDefinition[] => {
  if (!definition.owned || !['private', 'read'].includes(definition.sharing)) return [];
  const standardPrefix = STANDARD_SHARES[definition.name];
  if (!definition.custom && standardPrefix === undefined) return [];
  const name = definition.custom ? definition.name.replace(/__c$/, '__Share') : `${definition.name}Share`;
  const parent = definition.custom ? 'ParentId' : `${definition.name}Id`;
  const level = definition.custom ? 'AccessLevel' : `${definition.name}AccessLevel`;
  const levels = { required: true, restricted: true, permissionable: false } as const;
  const { setup: _setup, ...share } = setupObject(
    name,
    standardPrefix ?? '',
    [`${definition.label} Share`, `${definition.label} Share`],
    [
      lookup(
        parent,
        `${definition.label} ID`,
        definition.name,
        definition.custom ? 'Parent' : definition.name,
        'Shares',
        {
          required: true,
          updateable: false,
          onDelete: 'cascade',
        },
      ),
      lookup('UserOrGroupId', 'User/Group ID', ['Group', 'User'], 'UserOrGroup', undefined, {
        required: true,
        updateable: false,
      }),
      picklist(level, 'Access Level', ['Read', 'Edit', 'All'], levels),
      ...(definition.name === 'Account'
        ? [picklist('OpportunityAccessLevel', 'Opportunity Access', ['None', 'Read', 'Edit'], levels)]
        : []),
      picklist('RowCause', 'Row Cause', ['*Manual', 'Owner', 'ImplicitParent'], {
        updateable: false,
        permissionable: false,
      }),
    ],
    { packaged: definition.packaged, sharedObject: definition.name },
  );
  const { keyPrefix, ...custom } = share;
  return [definition.custom ? custom : { ...custom, keyPrefix: keyPrefix ?? '' }];
};

const checkReferences = (definitions: readonly ObjectDefinition[]): void => {
  const known = new Set(definitions.map((definition) => definition.name));
  for (const definition of definitions)
    for (const schema of definition.fields)
      for (const target of schema.reference?.to ?? [])
        if (!known.has(target))
          throw new Error(
            `${definition.name}.${schema.name} refers to ${target}, which is in none of the source folders.`,
          );
};

const childRelationships = (definitions: readonly ObjectDefinition[]): Map<string, ChildRelationship[]> => {
  const children = new Map<string, ChildRelationship[]>();
  for (const definition of definitions)
    for (const { name, reference } of definition.fields)
      for (const target of reference?.to ?? []) {
        const child = {
          childObject: definition.name,
          field: name,
          relationshipName: reference?.childRelationshipName,
          cascadeDelete: reference?.onDelete === 'cascade',
          restrictedDelete: reference?.onDelete === 'restrict',
        };
        children.set(target, [...(children.get(target) ?? []), child]);
      }
  return children;
};

class Schema implements OrgSchema {
  readonly namespace: string | undefined;
  readonly objects: readonly ObjectSchema[];
  readonly #byName: ReadonlyMap<string, ObjectSchema>;
  readonly #byPrefix: ReadonlyMap<string, ObjectSchema>;

  constructor(namespace: string | undefined, objects: readonly ObjectSchema[]) {
    this.namespace = namespace;
    this.objects = objects;
    this.#byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
    this.#byPrefix = new Map(objects.map((object) => [object.keyPrefix, object]));
  }

  object(name: string, defaultNamespace?: string): ObjectSchema | undefined {
    return findNamed(this.#byName, name, defaultNamespace);
  }

  objectOfId(id: string): ObjectSchema | undefined {
    return this.#byPrefix.get(id.slice(0, 3));
  }
}

class ObjectEntry implements ObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly description: string | undefined;
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly sharing: SharingModel;
  readonly masterField: string | undefined;
  readonly owned: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly setup: boolean;
  readonly shareObject: string | undefined;
  readonly sharedObject: string | undefined;
  readonly historyOf: string | undefined;
  readonly keepsHistory: boolean;
  readonly nameField: string | undefined;
  readonly fields: readonly FieldSchema[];
  readonly childRelationships: readonly ChildRelationship[];
  readonly validationRules: ObjectSchema['validationRules'];
  readonly recordTypes: ObjectSchema['recordTypes'];
  readonly packaged: boolean;
  readonly #fields: ReadonlyMap<string, FieldSchema>;
  readonly #parents: ReadonlyMap<string, FieldSchema>;
  readonly #children: ReadonlyMap<string, ChildRelationship>;

  constructor(
    definition: ObjectDefinition,
    children: readonly ChildRelationship[],
    keyPrefixOf: (object: string) => string,
  ) {
    this.name = definition.name;
    this.label = definition.label;
    this.labelPlural = definition.labelPlural;
    this.description = definition.description;
    this.keyPrefix = definition.keyPrefix ?? keyPrefixOf(definition.name);
    this.custom = definition.custom;
    this.sharing = definition.sharing;
    this.masterField = definition.masterField;
    this.owned = definition.owned;
    this.createable = definition.createable ?? true;
    this.updateable = definition.updateable ?? true;
    this.deletable = definition.deletable ?? true;
    this.setup = definition.setup ?? false;
    this.sharedObject = definition.sharedObject;
    this.historyOf = definition.historyOf;
    this.keepsHistory = definition.keepsHistory ?? false;
    this.shareObject = children.find((child) => child.relationshipName === 'Shares')?.childObject;
    this.fields = definition.fields;
    this.nameField = definition.fields.find((each) => each.isNameField)?.name;
    this.childRelationships = children;
    this.validationRules = definition.validationRules;
    this.recordTypes = definition.recordTypes;
    this.packaged = definition.packaged;
    this.#fields = new Map(definition.fields.map((each) => [each.name.toLowerCase(), each]));
    this.#parents = new Map(
      definition.fields.flatMap((each) =>
        each.reference?.relationshipName === undefined ? [] : [[each.reference.relationshipName.toLowerCase(), each]],
      ),
    );
    this.#children = new Map(
      children.flatMap((child) =>
        child.relationshipName === undefined ? [] : [[child.relationshipName.toLowerCase(), child]],
      ),
    );
  }

  field(name: string, defaultNamespace?: string): FieldSchema | undefined {
    return findNamed(this.#fields, name, defaultNamespace);
  }

  parent(relationshipName: string, defaultNamespace?: string): FieldSchema | undefined {
    return findNamed(this.#parents, relationshipName, defaultNamespace);
  }

  child(relationshipName: string, defaultNamespace?: string): ChildRelationship | undefined {
    return findNamed(this.#children, relationshipName, defaultNamespace);
  }
}

/** Names are looked up without case; a default namespace is tried before the name as it stands, as `Sforce-Call-Options` has it. */
const findNamed = <Entry>(
  entries: ReadonlyMap<string, Entry>,
  name: string,
  defaultNamespace: string | undefined,
): Entry | undefined => {
  const key = name.toLowerCase();
  return (
    (defaultNamespace === undefined ? undefined : entries.get(`${defaultNamespace.toLowerCase()}__${key}`)) ??
    entries.get(key)
  );
};
