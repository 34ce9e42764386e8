/**
 * Errors as the org words them. `statusCode` is the API's own code (`REQUIRED_FIELD_MISSING`, `INVALID_FIELD` …);
 * the wire prints it as `errorCode` for a failed request and as `statusCode` for a failed row.
 */
export interface RowError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** A request (or, inside a transaction, a row) that the org refuses. */
export class OrgError extends Error {
  readonly statusCode: string;
  readonly fields: readonly string[];
  /** HTTP status that the REST API answers with. */
  readonly httpStatus: number;

  constructor(statusCode: string, message: string, options: { fields?: readonly string[]; httpStatus?: number } = {}) {
    super(message);
    this.name = 'OrgError';
    this.statusCode = statusCode;
    this.fields = options.fields ?? [];
    this.httpStatus = options.httpStatus ?? httpStatusOf(statusCode);
  }

  toRowError(): RowError {
    return { statusCode: this.statusCode, message: this.message, fields: this.fields };
  }
}

/** What this local org does not imitate is refused in plain words, never answered with a guess. */
export const notOfferedHere = (what: string): OrgError =>
  new OrgError('NOT_OFFERED_HERE', `${what} is not offered here: the local org does not imitate it.`, {
    httpStatus: 501,
  });

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  ENTITY_IS_DELETED: 404,
  INVALID_SESSION_ID: 401,
  INVALID_AUTH_HEADER: 401,
  REQUEST_LIMIT_EXCEEDED: 403,
  API_DISABLED_FOR_ORG: 403,
  INSUFFICIENT_ACCESS: 403,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  PRECONDITION_FAILED: 412,
  UNKNOWN_EXCEPTION: 500,
};

const httpStatusOf = (statusCode: string): number => STATUS_BY_CODE[statusCode] ?? 400;
