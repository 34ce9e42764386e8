import { setupObject, type ObjectDefinition } from '../definition.ts';
import { field, lookup, picklist, systemField, text } from '../fields.ts';
import type { FieldSchema } from '../types.ts';
import { personName } from './sales.ts';

const readOnly = { createable: false, updateable: false, deletable: false } as const;

const organization = setupObject(
  'Organization',
  '00D',
  ['Organization', 'Organizations'],
  [
    systemField('Name', 'Name', 'string', { length: 80, isNameField: true }),
    systemField('Country', 'Country', 'string', { length: 80 }),
    systemField('OrganizationType', 'Edition', 'picklist', { length: 40 }),
    systemField('IsSandbox', 'Is Sandbox', 'boolean'),
    systemField('InstanceName', 'Instance Name', 'string', { length: 5 }),
    systemField('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    systemField('LanguageLocaleKey', 'Language', 'string', { length: 40 }),
    systemField('TimeZoneSidKey', 'Time Zone', 'string', { length: 40 }),
    systemField('DefaultCurrencyIsoCode', 'Currency ISO Code', 'picklist', { length: 3 }),
    systemField('FiscalYearStartMonth', 'Fiscal Year Starts In', 'int', { precision: 9 }),
    systemField('TrialExpirationDate', 'Trial Expiration Date', 'datetime'),
  ],
  readOnly,
);

const user = setupObject(
  'User',
  '005',
  ['User', 'Users'],
  [
    ...personName(),
    text('Username', 'Username', 80, { required: true, unique: true }),
    field('Email', 'Email', 'email', { length: 128, required: true }),
    text('Alias', 'Alias', 8, { required: true }),
    text('CommunityNickname', 'Nickname', 40),
    text('Title', 'Title', 80),
    text('CompanyName', 'Company Name', 80),
    text('Department', 'Department', 80),
    text('Division', 'Division', 80),
    field('Phone', 'Phone', 'phone', { length: 40 }),
    field('MobilePhone', 'Mobile', 'phone', { length: 40 }),
    field('IsActive', 'Active', 'boolean', { defaultFormula: 'TRUE' }),
    lookup('UserRoleId', 'Role ID', 'UserRole', 'UserRole'),
    lookup('ProfileId', 'Profile ID', 'Profile', 'Profile', undefined, { required: true, onDelete: 'restrict' }),
    lookup('ManagerId', 'Manager ID', 'User', 'Manager'),
    systemField('UserType', 'User Type', 'picklist', { length: 40 }),
    text('TimeZoneSidKey', 'Time Zone', 40, { required: true, defaultFormula: '"America/Los_Angeles"' }),
    text('LocaleSidKey', 'Locale', 40, { required: true, defaultFormula: '"en_US"' }),
    text('LanguageLocaleKey', 'Language', 40, { required: true, defaultFormula: '"en_US"' }),
    text('EmailEncodingKey', 'Email Encoding', 40, { required: true, defaultFormula: '"UTF-8"' }),
    text('FederationIdentifier', 'SAML Federation ID', 512, { unique: true }),
    systemField('LastLoginDate', 'Last Login', 'datetime'),
    systemField('SmallPhotoUrl', 'Small Photo', 'url', { length: 1024 }),
    systemField('FullPhotoUrl', 'Full Photo', 'url', { length: 1024 }),
  ],
  { deletable: false },
);

const userRole = setupObject(
  'UserRole',
  '00E',
  ['Role', 'Roles'],
  [
    text('Name', 'Name', 80, { required: true, isNameField: true }),
    text('DeveloperName', 'Developer Name', 80, { unique: true }),
    lookup('ParentRoleId', 'Parent Role ID', 'UserRole', 'ParentRole', undefined, { onDelete: 'restrict' }),
  ],
);

const profile = setupObject(
  'Profile',
  '00e',
  ['Profile', 'Profiles'],
  [
    systemField('Name', 'Name', 'string', { length: 255, unique: true, isNameField: true }),
    systemField('UserType', 'User Type', 'picklist', { length: 40 }),
    systemField('PermissionsApiEnabled', 'API Enabled', 'boolean'),
    systemField('PermissionsViewAllData', 'View All Data', 'boolean'),
    systemField('PermissionsModifyAllData', 'Modify All Data', 'boolean'),
    systemField('PermissionsManageUsers', 'Manage Users', 'boolean'),
    systemField('PermissionsViewSetup', 'View Setup and Configuration', 'boolean'),
  ],
  readOnly,
);

const permissionFlags = (): FieldSchema[] => [
  field('PermissionsApiEnabled', 'API Enabled', 'boolean'),
  field('PermissionsViewAllData', 'View All Data', 'boolean'),
  field('PermissionsModifyAllData', 'Modify All Data', 'boolean'),
  field('PermissionsManageUsers', 'Manage Users', 'boolean'),
  field('PermissionsViewSetup', 'View Setup and Configuration', 'boolean'),
  field('PermissionsCreateAuditFields', 'Set Audit Fields upon Record Creation', 'boolean'),
];

const permissionSet = setupObject(
  'PermissionSet',
  '0PS',
  ['Permission Set', 'Permission Sets'],
  [
    text('Name', 'Permission Set Name', 80, { required: true, isNameField: true }),
    text('Label', 'Permission Set Label', 80, { required: true }),
    field('Description', 'Description', 'textarea', { length: 255 }),
    systemField('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    systemField('IsOwnedByProfile', 'Is Owned By Profile', 'boolean'),
    lookup('ProfileId', 'Profile ID', 'Profile', 'Profile', undefined, { createable: false, updateable: false }),
    systemField('IsCustom', 'Is Custom', 'boolean'),
    ...permissionFlags(),
  ],
);

const assignment = setupObject(
  'PermissionSetAssignment',
  '0Pa',
  ['Permission Set Assignment', 'Permission Set Assignments'],
  [
    lookup('PermissionSetId', 'Permission Set ID', 'PermissionSet', 'PermissionSet', 'Assignments', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    lookup('AssigneeId', 'Assignee ID', 'User', 'Assignee', 'PermissionSetAssignments', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
  ],
  { updateable: false },
);

const objectPermissions = setupObject(
  'ObjectPermissions',
  '110',
  ['Object Permissions', 'Object Permissions'],
  [
    lookup('ParentId', 'Permission Set ID', 'PermissionSet', 'Parent', 'ObjectPerms', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    text('SobjectType', 'SObject Type Name', 40, { required: true, updateable: false }),
    field('PermissionsCreate', 'Create Records', 'boolean'),
    field('PermissionsRead', 'Read Records', 'boolean'),
    field('PermissionsEdit', 'Edit Records', 'boolean'),
    field('PermissionsDelete', 'Delete Records', 'boolean'),
    field('PermissionsViewAllRecords', 'View All Records', 'boolean'),
    field('PermissionsModifyAllRecords', 'Modify All Records', 'boolean'),
  ],
);

const fieldPermissions = setupObject(
  'FieldPermissions',
  '01k',
  ['Field Permissions', 'Field Permissions'],
  [
    lookup('ParentId', 'Permission Set ID', 'PermissionSet', 'Parent', 'FieldPerms', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    text('SobjectType', 'SObject Type Name', 40, { required: true, updateable: false }),
    text('Field', 'Field Name', 255, { required: true, updateable: false }),
    field('PermissionsRead', 'Read Field', 'boolean'),
    field('PermissionsEdit', 'Edit Field', 'boolean'),
  ],
);

/** What a custom process may ask `$Permission` for. Made by deployment only. */
const customPermission = setupObject(
  'CustomPermission',
  '0CP',
  ['Custom Permission', 'Custom Permissions'],
  [
    systemField('DeveloperName', 'Custom Permission Name', 'string', { length: 80, isNameField: true }),
    systemField('MasterLabel', 'Label', 'string', { length: 80 }),
    systemField('Description', 'Description', 'string', { length: 255 }),
    systemField('Language', 'Master Language', 'picklist', { length: 40 }),
    systemField('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    systemField('IsProtected', 'Protected Component', 'boolean'),
    systemField('IsLicensed', 'License Required', 'boolean'),
  ],
  readOnly,
);

/** What else a permission set opens, here custom permissions alone. `SetupEntityId` has no relationship to query through. */
const setupEntityAccess = setupObject(
  'SetupEntityAccess',
  '0J0',
  ['Setup Entity Access', 'Setup Entity Access'],
  [
    lookup('ParentId', 'Permission Set ID', 'PermissionSet', 'Parent', 'SetupEntityAccessItems', {
      required: true,
      createable: false,
      updateable: false,
      onDelete: 'cascade',
    }),
    systemField('SetupEntityId', 'Setup Entity ID', 'reference', { length: 18, reference: undefined }),
    systemField('SetupEntityType', 'Setup Entity Type', 'picklist', { length: 40 }),
  ],
  readOnly,
);

const group = setupObject(
  'Group',
  '00G',
  ['Group', 'Groups'],
  [
    text('Name', 'Name', 40, { required: true, isNameField: true }),
    text('DeveloperName', 'Developer Name', 80, { unique: true }),
    picklist('Type', 'Type', ['*Regular', 'Queue'], { restricted: true, updateable: false }),
  ],
);

const groupMember = setupObject(
  'GroupMember',
  '011',
  ['Group Member', 'Group Members'],
  [
    lookup('GroupId', 'Group ID', 'Group', 'Group', 'GroupMembers', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    lookup('UserOrGroupId', 'User/Group ID', 'User', 'UserOrGroup', undefined, {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
  ],
  { updateable: false },
);

const recordType = setupObject(
  'RecordType',
  '012',
  ['Record Type', 'Record Types'],
  [
    systemField('Name', 'Name', 'string', { length: 80, isNameField: true }),
    systemField('DeveloperName', 'Record Type Name', 'string', { length: 80 }),
    systemField('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    systemField('Description', 'Description', 'string', { length: 255 }),
    systemField('SobjectType', 'SObject Type Name', 'string', { length: 40 }),
    systemField('IsActive', 'Active', 'boolean'),
  ],
  readOnly,
);

/** Answered by the engine from access rules, never stored. */
const userRecordAccess = setupObject(
  'UserRecordAccess',
  '0UR',
  ['User Record Access', 'User Record Access'],
  [
    systemField('UserId', 'User ID', 'reference', { length: 18, reference: undefined }),
    systemField('RecordId', 'Record ID', 'reference', { length: 18, reference: undefined }),
    systemField('HasReadAccess', 'Has Read Access', 'boolean'),
    systemField('HasEditAccess', 'Has Edit Access', 'boolean'),
    systemField('HasDeleteAccess', 'Has Delete Access', 'boolean'),
    systemField('HasTransferAccess', 'Has Transfer Access', 'boolean'),
    systemField('HasAllAccess', 'Has All Access', 'boolean'),
    systemField('MaxAccessLevel', 'Maximum Access Level', 'string', { length: 40 }),
  ],
  readOnly,
);

/** People, what they may do, and the org itself. */
export const setupObjects: readonly ObjectDefinition[] = [
  organization,
  user,
  userRole,
  profile,
  permissionSet,
  assignment,
  objectPermissions,
  fieldPermissions,
  customPermission,
  setupEntityAccess,
  group,
  groupMember,
  recordType,
  userRecordAccess,
];
