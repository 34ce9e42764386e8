import {
  allPicklistValues,
  objectInfo,
  picklistValues,
  type ObjectInfo,
  type PicklistValues,
} from '../../../data/metadata.ts';
import { askOnce, defineWire, objectName } from '../../../data/wire.ts';

type ObjectReference = string | { objectApiName: string };

/** Wire adapter: an object, its fields and what the reader may do with them. */
export const getObjectInfo = defineWire<{ objectApiName?: ObjectReference }, ObjectInfo>(
  ['objectApiName'],
  askOnce(({ objectApiName = '' }) => objectInfo(objectName(objectApiName))),
);

/** Wire adapter: several objects. */
export const getObjectInfos = defineWire<
  { objectApiNames?: ObjectReference[] },
  { results: { statusCode: number; result: unknown }[] }
>(
  ['objectApiNames'],
  askOnce(async ({ objectApiNames = [] }) => ({
    results: await Promise.all(
      objectApiNames.map((object) =>
        objectInfo(objectName(object)).then(
          (result) => ({ statusCode: 200, result: result as unknown }),
          (error: { status: number; body: unknown }) => ({ statusCode: error.status, result: error.body }),
        ),
      ),
    ),
  })),
);

interface PicklistConfig {
  recordTypeId?: string;
  fieldApiName?: string | { fieldApiName: string; objectApiName: string };
}

/** Wire adapter: the values of one picklist field. */
export const getPicklistValues = defineWire<PicklistConfig, PicklistValues>(
  ['recordTypeId', 'fieldApiName'],
  askOnce(({ recordTypeId = '', fieldApiName = '' }) => {
    const [object = '', field = ''] =
      typeof fieldApiName === 'string'
        ? fieldApiName.split('.')
        : [fieldApiName.objectApiName, fieldApiName.fieldApiName];
    return picklistValues(object, recordTypeId, field);
  }),
);

/** Wire adapter: the values of all picklist fields of an object and record type. */
export const getPicklistValuesByRecordType = defineWire<
  { objectApiName?: ObjectReference; recordTypeId?: string },
  { picklistFieldValues: Record<string, PicklistValues> }
>(
  ['objectApiName', 'recordTypeId'],
  askOnce(({ objectApiName = '', recordTypeId = '' }) => allPicklistValues(objectName(objectApiName), recordTypeId)),
);
