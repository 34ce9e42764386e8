import type { Response } from 'express';
import { OrgError } from '../engine/errors.ts';

/** A REST request below `/services/data/vNN.0`, whether it came alone or inside a composite one. */
export interface ResourceRequest {
  readonly method: string;
  /** Path segments, decoded: `['sobjects', 'Account', '001…']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

export const notFound = (): OrgError => new OrgError('NOT_FOUND', 'The requested resource does not exist');

/** The body of a refused request: a list of one error. */
export const errorBody = (error: OrgError): unknown => [
  {
    message: error.message,
    errorCode: error.statusCode,
    ...(error.fields.length > 0 ? { fields: error.fields } : {}),
  },
];

export const errorAnswer = (error: unknown): Answer => {
  if (error instanceof OrgError) return { status: error.httpStatus, body: errorBody(error) };
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 500,
    body: [{ message: `An unexpected error occurred: ${message}`, errorCode: 'UNKNOWN_EXCEPTION' }],
  };
};

export const send = (response: Response, answer: Answer): void => {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.status(answer.status);
  if (answer.body === undefined) response.end();
  else response.json(answer.body);
};

/** The body as an object, or the org's error for one that is none. */
export const objectBody = (body: unknown): Record<string, unknown> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new OrgError(
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required to be a JSON object, but this request has none.',
    );
  return body as Record<string, unknown>;
};
