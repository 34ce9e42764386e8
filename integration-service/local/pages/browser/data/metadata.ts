import { callOrg } from './http.ts';

/** A field as object-info describes it, as far as the pages use it. */
export interface FieldInfo {
  apiName: string;
  label: string;
  dataType: string;
  required: boolean;
  createable: boolean;
  updateable: boolean;
  length: number;
  scale: number;
  inlineHelpText: string | null;
  relationshipName: string | null;
  reference: boolean;
  referenceToInfos: { apiName: string; nameFields: string[] }[];
}

/** An object as the signed-in user may see it. */
export interface ObjectInfo {
  apiName: string;
  label: string;
  labelPlural: string;
  keyPrefix: string | null;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  queryable: boolean;
  defaultRecordTypeId: string | null;
  nameFields: string[];
  fields: Record<string, FieldInfo>;
  childRelationships: { childObjectApiName: string; fieldName: string; relationshipName: string }[];
}

/** A picklist's values, in the order in which they are offered. */
export interface PicklistValues {
  values: { label: string; value: string }[];
  defaultValue: { value: string } | null;
}

const kept = new Map<string, Promise<unknown>>();

/** Descriptions do not change while a page is open; failures are asked again. */
const askAndKeep = <Answer>(path: string): Promise<Answer> => {
  const known = kept.get(path);
  if (known !== undefined) return known as Promise<Answer>;
  const asked = callOrg<Answer>('GET', path);
  kept.set(path, asked);
  asked.catch(() => kept.delete(path));
  return asked;
};

/** Describes an object for the signed-in user. */
export const objectInfo = (object: string): Promise<ObjectInfo> =>
  askAndKeep<ObjectInfo>(`ui-api/object-info/${encodeURIComponent(object)}`);

/** The record type the platform uses where there are none. */
export const masterRecordTypeId = '012000000000000AAA';

/** The values of one picklist field. */
export const picklistValues = (object: string, recordTypeId: string, field: string): Promise<PicklistValues> =>
  askAndKeep<PicklistValues>(
    `ui-api/object-info/${encodeURIComponent(object)}/picklist-values/${recordTypeId}/${encodeURIComponent(field)}`,
  );

/** The values of every picklist field of an object. */
export const allPicklistValues = (
  object: string,
  recordTypeId: string,
): Promise<{ picklistFieldValues: Record<string, PicklistValues> }> =>
  askAndKeep(`ui-api/object-info/${encodeURIComponent(object)}/picklist-values/${recordTypeId}`);
