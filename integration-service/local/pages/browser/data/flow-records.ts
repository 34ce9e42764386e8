import type { FlowRecords } from './flow-interview.ts';
import { messageOf } from './field-view.ts';
import { callOrg } from './http.ts';

interface SaveResult {
  success: boolean;
  errors: { message: string; statusCode: string }[];
}

/** A collection call takes at most this many rows. */
const rowsPerCall = 200;

/** Reads and writes a flow's records in the org as the signed-in person. */
export const orgRecords: FlowRecords = {
  async query(soql) {
    const path = `query?${new URLSearchParams({ q: soql }).toString()}`;
    const answer = await callOrg<{ records: Record<string, unknown>[] }>('GET', path).catch((error: unknown) => {
      throw new Error(messageOf(error), { cause: error });
    });
    return answer.records;
  },
  async create(records) {
    if (records.length > rowsPerCall) {
      throw new Error(`A flow here creates at most ${rowsPerCall} records at once; this one has ${records.length}.`);
    }
    const body = { allOrNone: true, records };
    const results = await callOrg<SaveResult[]>('POST', 'composite/sobjects', body).catch((error: unknown) => {
      throw new Error(messageOf(error), { cause: error });
    });
    const failed = results.find(
      ({ success, errors }) =>
        !success && errors.some(({ statusCode }) => statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK'),
    );
    if (failed !== undefined) throw new Error(failed.errors.map(({ message }) => message).join(' '));
  },
};
