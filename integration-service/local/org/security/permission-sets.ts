import type { PackageNames } from '../schema/names.ts';
import { childrenOf, isTrue, readSourceFiles, textOf, type SourceFolder, type Xml } from '../schema/source-files.ts';
import type { OrgSchema } from '../schema/types.ts';

/** A permission set as the org holds it after deployment or installation. */
export interface PermissionSetDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly packaged: boolean;
  readonly apiEnabled: boolean;
  readonly viewAllData: boolean;
  readonly modifyAllData: boolean;
  readonly manageUsers: boolean;
  readonly viewSetup: boolean;
  /** Set Audit Fields upon Record Creation. */
  readonly createAuditFields: boolean;
  readonly objects: readonly {
    readonly object: string;
    readonly create: boolean;
    readonly read: boolean;
    readonly edit: boolean;
    readonly delete: boolean;
    readonly viewAll: boolean;
    readonly modifyAll: boolean;
  }[];
  readonly fields: readonly { readonly object: string; readonly field: string; readonly edit: boolean }[];
  readonly customPermissions: readonly string[];
}

/** A custom permission as its source describes it. */
export interface CustomPermissionDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly licensed: boolean;
  readonly packaged: boolean;
}

/** Reads `*.customPermission-meta.xml`. */
export const loadCustomPermissions = (folders: readonly SourceFolder[]): CustomPermissionDefinition[] =>
  readSourceFiles(folders, ['customPermission']).map(({ name, root, packaged }) => ({
    name,
    label: textOf(root, 'label') ?? name,
    description: textOf(root, 'description'),
    licensed: isTrue(root, 'isLicensed'),
    packaged,
  }));

/**
 * Reads `*.permissionset-meta.xml`. Packaged ones lose what a managed package may not carry: permissions on standard
 * objects and their standard fields, user permissions, and object permissions on details of standard objects
 * (pkg2_dev, distribution_perm_sets_profile_settings). A name that the schema does not know stops the start.
 */
export const loadPermissionSets = (
  folders: readonly SourceFolder[],
  schema: OrgSchema,
  names: PackageNames,
): PermissionSetDefinition[] =>
  readSourceFiles(folders, ['permissionset']).map((file) => {
    const xml = file.root;
    const userPermissions = file.packaged
      ? []
      : childrenOf(xml, 'userPermissions')
          .filter((each) => isTrue(each, 'enabled'))
          .map((each) => textOf(each, 'name'));
    return {
      name: file.name,
      label: textOf(xml, 'label') ?? file.name,
      description: textOf(xml, 'description'),
      packaged: file.packaged,
      apiEnabled: userPermissions.includes('ApiEnabled'),
      viewAllData: userPermissions.includes('ViewAllData'),
      modifyAllData: userPermissions.includes('ModifyAllData'),
      manageUsers: userPermissions.includes('ManageUsers'),
      viewSetup: userPermissions.includes('ViewSetup'),
      createAuditFields: userPermissions.includes('CreateAuditFields'),
      objects: childrenOf(xml, 'objectPermissions')
        .map((each) => objectGrant(each, file.path, schema, names))
        .filter((grant) => !file.packaged || carriesObject(schema, grant.object)),
      fields: childrenOf(xml, 'fieldPermissions')
        .filter((each) => isTrue(each, 'readable'))
        .map((each) => fieldGrant(each, file.path, schema, names))
        .filter((grant) => !file.packaged || schema.object(grant.object)?.field(grant.field)?.custom === true),
      customPermissions: childrenOf(xml, 'customPermissions')
        .filter((each) => isTrue(each, 'enabled'))
        .flatMap((each) => textOf(each, 'name') ?? []),
    };
  });

const carriesObject = (schema: OrgSchema, name: string): boolean => {
  const object = schema.object(name);
  if (object === undefined || !object.custom) return false;
  const master = object.masterField === undefined ? undefined : object.field(object.masterField)?.reference?.to[0];
  return master === undefined || schema.object(master)?.custom === true;
};

const objectGrant = (
  xml: Xml,
  path: string,
  schema: OrgSchema,
  names: PackageNames,
): PermissionSetDefinition['objects'][number] => {
  const source = textOf(xml, 'object') ?? '';
  const object = schema.object(names.inOrg(source));
  if (object === undefined) throw new Error(`${path}: object permissions name ${source}, which the org does not have.`);
  return {
    object: object.name,
    create: isTrue(xml, 'allowCreate'),
    read: isTrue(xml, 'allowRead'),
    edit: isTrue(xml, 'allowEdit'),
    delete: isTrue(xml, 'allowDelete'),
    viewAll: isTrue(xml, 'viewAllRecords'),
    modifyAll: isTrue(xml, 'modifyAllRecords'),
  };
};

const fieldGrant = (
  xml: Xml,
  path: string,
  schema: OrgSchema,
  names: PackageNames,
): PermissionSetDefinition['fields'][number] => {
  const source = textOf(xml, 'field') ?? '';
  const [objectName = '', fieldName = ''] = source.split('.');
  const object = schema.object(names.inOrg(objectName));
  const field = object?.field(names.inOrg(fieldName));
  if (object === undefined || field === undefined)
    throw new Error(`${path}: field permissions name ${source}, which the org does not have.`);
  if (!field.permissionable && (field.required || field.reference?.masterDetail === true))
    throw new Error(`${path}: you cannot deploy to a required field: ${source}.`);
  return { object: object.name, field: field.name, edit: isTrue(xml, 'editable') };
};
