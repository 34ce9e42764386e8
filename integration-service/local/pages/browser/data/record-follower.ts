import { fieldsToAsk, messageOf, nameFieldsOf } from './field-view.ts';
import { objectInfo, type ObjectInfo } from './metadata.ts';
import { followRecord, type RecordRepresentation } from './records.ts';

/** What a component of the shell knows of its record. */
export interface RecordState {
  info: ObjectInfo | undefined;
  record: RecordRepresentation | undefined;
  failure: string;
}

/** Follows the fields of a record that the reader may see, with the names that its lookups need; call the answer to stop. */
export const followVisibleFields = (
  objectApiName: string,
  recordId: string,
  names: readonly string[],
  tell: (state: RecordState) => void,
): (() => void) => {
  let stop = (): void => undefined;
  let wanted = true;
  objectInfo(objectApiName).then(
    (info) => {
      if (!wanted) return;
      const optionalFields = fieldsToAsk(info, [...nameFieldsOf(info), ...names]).sort();
      stop = followRecord(
        { recordId, fields: [], optionalFields },
        {
          data: (record) => tell({ info, record, failure: '' }),
          error: (error) => tell({ info, record: undefined, failure: messageOf(error) }),
        },
      );
    },
    (error: unknown) => {
      if (wanted) tell({ info: undefined, record: undefined, failure: messageOf(error) });
    },
  );
  return () => {
    wanted = false;
    stop();
  };
};
