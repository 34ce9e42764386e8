/**
 * The shape of an org's schema: what a describe call knows, plus what the engine needs to enforce it.
 * Type names are those of the REST describe (`string`, `double`, `reference` …), not of the metadata XML.
 */

/**
 * A field's type, as `describe` prints it. `address` is a read-only compound of its parts; `anyType` is the value of
 * whatever field a history row tells of.
 */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'url'
  | 'email'
  | 'phone'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'address'
  | 'anyType';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly isDefault: boolean;
}

export interface PicklistSchema {
  /** A restricted picklist refuses values outside the list (`INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST`). */
  readonly restricted: boolean;
  readonly values: readonly PicklistValue[];
}

export interface ReferenceSchema {
  /** Objects that the id may belong to; more than one for polymorphic fields (`WhatId`, owners of custom objects). */
  readonly to: readonly string[];
  /** Name of the parent path in SOQL and records (`Account`, `Partner__r`); absent where the org offers none. */
  readonly relationshipName: string | undefined;
  /** Name of the parent's child relationship (`Opportunities`, `Referrals__r`); absent where the org offers none. */
  readonly childRelationshipName: string | undefined;
  readonly onDelete: 'set-null' | 'restrict' | 'cascade';
  /** Set for master-detail: the detail's sharing is the master's, and the field is required. */
  readonly masterDetail: boolean;
  /** A master-detail whose children may move to another master. */
  readonly reparentable: boolean;
  /** A detail that may be written with read access to its master only (`writeRequiresMasterRead`). */
  readonly writeRequiresMasterRead: boolean;
}

export interface FieldSchema {
  /** API name, with the namespace where there is one (`acme__State__c`). */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  /** Longest text in characters; for multi-select picklists the whole value. */
  readonly length: number | undefined;
  /** All digits of a number; `int` fields use it too. */
  readonly precision: number | undefined;
  /** Digits after the decimal point. */
  readonly scale: number | undefined;
  /** A value must be given (`REQUIRED_FIELD_MISSING`). Such fields are outside field-level security, as in the org. */
  readonly required: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  readonly picklist: PicklistSchema | undefined;
  readonly reference: ReferenceSchema | undefined;
  /** Formula text; the field is read-only and its value is kept up to date on every save. */
  readonly formula: string | undefined;
  readonly formulaTreatBlanksAs: 'zero' | 'blank';
  readonly autoNumber: { readonly format: string; readonly start: number } | undefined;
  /** Default value, as formula text (`"new"`, `TODAY()`, `true`). */
  readonly defaultFormula: string | undefined;
  /** Parts of a compound field: role → field name (`street` → `BillingStreet`). Compound fields cannot be written. */
  readonly compound: Readonly<Record<string, string>> | undefined;
  /** Whether anybody may write it at all, security aside. */
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  /** Whether permission sets decide who sees it. System and required fields are always visible with the object. */
  readonly permissionable: boolean;
  readonly isNameField: boolean;
  readonly description: string | undefined;
  readonly inlineHelpText: string | undefined;
  /** Lines shown in the UI for long text. */
  readonly visibleLines: number | undefined;
  readonly isHtml: boolean;
  /** Whether field history is kept of it, where its object keeps any (`trackHistory`). */
  readonly tracked: boolean;
}

export interface ChildRelationship {
  readonly childObject: string;
  readonly field: string;
  /** Absent where children cannot be reached from SOQL. */
  readonly relationshipName: string | undefined;
  readonly cascadeDelete: boolean;
  readonly restrictedDelete: boolean;
}

export interface ValidationRule {
  readonly name: string;
  readonly active: boolean;
  /** The save is refused where this formula is true. */
  readonly formula: string;
  readonly message: string;
  /** Field the message is shown at; absent = top of the page. */
  readonly errorField: string | undefined;
}

export interface RecordTypeSchema {
  readonly developerName: string;
  readonly label: string;
  readonly active: boolean;
  readonly description: string | undefined;
}

/** Org-wide default; `parent` is *Controlled by Parent*, `none` stands for objects without record sharing (`Organization`). */
export type SharingModel = 'private' | 'read' | 'read-write' | 'parent' | 'none';

export interface ObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly description: string | undefined;
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly sharing: SharingModel;
  /** Field that holds the master for `parent` sharing. */
  readonly masterField: string | undefined;
  /** Whether rows have an `OwnerId`. */
  readonly owned: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** Set-up objects (users, permissions) are written by administrators only and take no part in sharing. */
  readonly setup: boolean;
  /** Share rows of this object, where it has them: `OpportunityShare`, `Referral__Share`. */
  readonly shareObject: string | undefined;
  /** For a share object: the object whose rows it shares. */
  readonly sharedObject: string | undefined;
  /** For an object whose rows tell of another's past, written by the platform alone: that other object. */
  readonly historyOf: string | undefined;
  /** Whether field history is switched on (`enableHistory`). */
  readonly keepsHistory: boolean;
  readonly nameField: string | undefined;
  readonly fields: readonly FieldSchema[];
  readonly childRelationships: readonly ChildRelationship[];
  readonly validationRules: readonly ValidationRule[];
  readonly recordTypes: readonly RecordTypeSchema[];
  /** Whether the metadata that made it came from a packaged folder. */
  readonly packaged: boolean;

  /** Finds a field by name, whatever its case; with a namespace, `X__c` also finds `ns__X__c` when that is asked for. */
  field(name: string, defaultNamespace?: string): FieldSchema | undefined;
  /** Finds the reference field behind a parent path such as `Account` or `Partner__r`. */
  parent(relationshipName: string, defaultNamespace?: string): FieldSchema | undefined;
  /** Finds a child relationship by name (`Opportunities`, `Referrals__r`). */
  child(relationshipName: string, defaultNamespace?: string): ChildRelationship | undefined;
}

export interface OrgSchema {
  /** Namespace of the packaged folders, where the org runs with one. */
  readonly namespace: string | undefined;
  readonly objects: readonly ObjectSchema[];
  /** Finds an object by name, whatever its case. */
  object(name: string, defaultNamespace?: string): ObjectSchema | undefined;
  /** Finds the object that an id belongs to, by its first three characters. */
  objectOfId(id: string): ObjectSchema | undefined;
}
