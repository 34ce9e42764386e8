import { followRelatedRecords, type RelatedRecords } from '../../../data/lists.ts';
import { defineWire, fieldNames, type FieldReference } from '../../../data/wire.ts';

interface RelatedListConfig {
  parentRecordId?: string;
  relatedListId?: string;
  fields?: FieldReference[];
  optionalFields?: FieldReference[];
  sortBy?: string[];
  pageSize?: number;
  where?: string;
}

/** Wire adapter: a record's children in one relationship. A child that is written elsewhere appears after a refresh only. */
export const getRelatedListRecords = defineWire<RelatedListConfig, RelatedRecords>(
  ['parentRecordId', 'relatedListId'],
  (config, emit) =>
    followRelatedRecords(
      {
        parentRecordId: config.parentRecordId ?? '',
        relatedListId: config.relatedListId ?? '',
        fields: fieldNames(config.fields),
        optionalFields: fieldNames(config.optionalFields),
        sortBy: config.sortBy ?? [],
        pageSize: config.pageSize ?? 50,
        where: config.where ?? '',
      },
      emit,
    ),
);
