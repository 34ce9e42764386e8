import { callOrg, type LdsError } from './http.ts';
import { onRecordWritten, type RecordRepresentation } from './records.ts';

/** A GraphQL answer; errors stand beside whatever data there is. */
export interface GraphqlAnswer {
  data: unknown;
  errors: unknown[] | undefined;
}

/** One query as a wire is configured with it. */
export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

const answers = new Map<string, GraphqlAnswer>();
const listeners = new Set<(recordId: string, record: RecordRepresentation | undefined) => void>();

const send = async (request: GraphqlRequest): Promise<GraphqlAnswer> => {
  try {
    const answer = await callOrg<{ data?: unknown; errors?: unknown[] }>('POST', 'graphql', request);
    const errors = answer.errors !== undefined && answer.errors.length > 0 ? answer.errors : undefined;
    return { data: answer.data ?? undefined, errors };
  } catch (error) {
    const { body, statusText } = error as LdsError;
    const message = (body as { message?: string } | undefined)?.message ?? statusText;
    return { data: undefined, errors: [{ message }] };
  }
};

/** The cached answer of a query, if there is one. */
export const knownAnswer = (request: GraphqlRequest): GraphqlAnswer | undefined => answers.get(JSON.stringify(request));

/** Asks the org and keeps the answer for later wires with the same query and variables. */
export const askGraphql = async (request: GraphqlRequest): Promise<GraphqlAnswer> => {
  const answer = await send(request);
  if (answer.errors === undefined) answers.set(JSON.stringify(request), answer);
  return answer;
};

/** Sends a mutation; nothing is cached. */
export const mutateGraphql = async (request: GraphqlRequest): Promise<GraphqlAnswer> => {
  const answer = await send(request);
  answers.clear();
  return answer;
};

/** Calls back when this page wrote a record, so that a shown answer can take over its new values. */
export const onGraphqlRecordWritten = (
  listener: (recordId: string, record: RecordRepresentation | undefined) => void,
): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/**
 * A shown answer with the new values of a record that this page wrote. As on the platform, the query is not evaluated
 * again: a record that no longer matches stays, and one that now matches is not added, until the wire is refreshed.
 */
export const withRecord = (data: unknown, recordId: string, record: RecordRepresentation): unknown => {
  if (Array.isArray(data)) return data.map((item) => withRecord(item, recordId, record));
  if (typeof data !== 'object' || data === null) return data;
  const node = data as Record<string, unknown>;
  const isRecord = node['Id'] === recordId;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      const written = isRecord ? record.fields[name] : undefined;
      const holdsValue = typeof value === 'object' && value !== null && 'value' in value;
      if (written === undefined || !holdsValue) return [name, withRecord(value, recordId, record)];
      const shown = 'displayValue' in value ? { displayValue: written.displayValue } : {};
      return [name, { ...value, value: written.value, ...shown }];
    }),
  );
};

onRecordWritten((record, recordId) => {
  answers.clear();
  for (const listener of listeners) listener(recordId, record);
});
