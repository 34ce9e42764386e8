import { pageContext } from './page-context.ts';

/** The shape in which Lightning Data Service hands an error to a component. */
export interface LdsError {
  status: number;
  statusText: string;
  ok: false;
  body: unknown;
  errorType: 'fetchResponse';
  headers: Record<string, string>;
}

/** The UI API answers errors as a list; Lightning Data Service hands a single one over as an object. */
const errorBody = (answer: unknown, status: number): unknown => {
  if (!Array.isArray(answer)) return answer;
  return answer.length === 1 ? { statusCode: status, ...(answer[0] as object) } : answer;
};

const unreachable = (): LdsError => ({
  status: 0,
  statusText: 'Network error',
  ok: false,
  body: { message: 'Salesforce could not be reached. Check the connection and try again.' },
  errorType: 'fetchResponse',
  headers: {},
});

/**
 * One call to the org as the signed-in user. `path` follows `/services/data/vNN.N/`.
 *
 * @throws {LdsError} for every answer that is not a success, and where there was no answer.
 */
export const callOrg = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
  const request: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  const address = `/services/data/v${pageContext.model.apiVersion}/${path}`;
  const response = await fetch(address, request).catch(() => undefined);
  if (response === undefined) throw unreachable();
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (response.ok) return answer as Answer;
  const failure: LdsError = {
    status: response.status,
    statusText: response.statusText,
    ok: false,
    body: errorBody(answer, response.status),
    errorType: 'fetchResponse',
    headers: {},
  };
  throw failure;
};
