/** What a profile gives by itself. Only the profiles a new org has, reduced to what the engine enforces. */
export interface ProfilePower {
  readonly name: string;
  readonly userType: 'Standard' | 'AutomatedProcess';
  readonly apiEnabled: boolean;
  readonly viewAllData: boolean;
  readonly modifyAllData: boolean;
  readonly manageUsers: boolean;
  /** View Setup and Configuration: without it permission sets and what they give cannot be queried. */
  readonly viewSetup: boolean;
  /** Create, read, edit and delete on the standard sales objects. */
  readonly standardObjects: boolean;
}

export const SYSTEM_ADMINISTRATOR = 'System Administrator';
export const STANDARD_USER = 'Standard User';
export const MINIMUM_ACCESS = 'Minimum Access - Salesforce';
export const API_ONLY = 'Minimum Access - API Only Integrations';

const nothing = {
  viewAllData: false,
  modifyAllData: false,
  manageUsers: false,
  viewSetup: false,
  standardObjects: false,
} as const;

export const PROFILES: readonly ProfilePower[] = [
  {
    name: SYSTEM_ADMINISTRATOR,
    userType: 'Standard',
    apiEnabled: true,
    viewAllData: true,
    modifyAllData: true,
    manageUsers: true,
    viewSetup: true,
    standardObjects: true,
  },
  { ...nothing, name: STANDARD_USER, userType: 'Standard', apiEnabled: true, viewSetup: true, standardObjects: true },
  { ...nothing, name: MINIMUM_ACCESS, userType: 'Standard', apiEnabled: false },
  { ...nothing, name: API_ONLY, userType: 'Standard', apiEnabled: true },
];

/** Objects that the standard user profile opens. Products and prices are read-only to it. */
export const STANDARD_USER_OBJECTS: Readonly<Record<string, 'all' | 'read'>> = {
  Account: 'all',
  Contact: 'all',
  Opportunity: 'all',
  OpportunityContactRole: 'all',
  OpportunityLineItem: 'all',
  Lead: 'all',
  Event: 'all',
  Task: 'all',
  Campaign: 'read',
  Product2: 'read',
  Pricebook2: 'read',
  PricebookEntry: 'read',
};

/** Objects that tell of permissions: readable with View Setup and Configuration only. */
export const SETUP_OBJECTS: ReadonlySet<string> = new Set([
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
  'CustomPermission',
  'SetupEntityAccess',
]);

/**
 * Objects without permissions of their own: readable by every user. Activities and contact roles follow the records they
 * belong to.
 */
export const OPEN_OBJECTS: ReadonlySet<string> = new Set([
  'User',
  'UserRole',
  'Profile',
  'Organization',
  'Group',
  'GroupMember',
  'RecordType',
  'OpportunityStage',
  'UserRecordAccess',
]);

/** Objects that take another's object permissions, as in the org: a contact role is part of its opportunity. */
export const PERMISSIONS_OF: Readonly<Record<string, string>> = {
  OpportunityContactRole: 'Opportunity',
  OpportunityLineItem: 'Opportunity',
  PricebookEntry: 'Pricebook2',
  OpportunityHistory: 'Opportunity',
  OpportunityFieldHistory: 'Opportunity',
};

/** Activities need no object permission: `Edit Tasks` and `Edit Events` come with every profile but API-only ones. */
export const ACTIVITY_OBJECTS: ReadonlySet<string> = new Set(['Event', 'Task']);
