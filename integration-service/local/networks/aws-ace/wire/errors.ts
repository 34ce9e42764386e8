/** Which of AWS's codes a broken field carries (`ValidationExceptionErrorCode` of the API model). */
export type ProblemCode =
  | 'REQUIRED_FIELD_MISSING'
  | 'INVALID_ENUM_VALUE'
  | 'INVALID_STRING_FORMAT'
  | 'INVALID_VALUE'
  | 'NOT_ENOUGH_VALUES'
  | 'TOO_MANY_VALUES'
  | 'INVALID_RESOURCE_STATE'
  | 'DUPLICATE_KEY_VALUE'
  | 'VALUE_OUT_OF_RANGE'
  | 'ACTION_NOT_PERMITTED';

/** One broken rule, in the shape of an `ErrorList` entry. `FieldName` is the member's path in the request, without list positions. */
export interface Problem {
  readonly FieldName?: string;
  readonly Message: string;
  readonly Code: ProblemCode;
}

export const problem = (FieldName: string, Code: ProblemCode, Message: string): Problem => ({
  FieldName,
  Message,
  Code,
});

/** An answer other than 200: the modelled exceptions with their HTTP status, and the ones of AWS's front door. */
export class AceError extends Error {
  readonly type: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(type: string, status: number, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
    this.members = members;
  }
}

type Reason = 'REQUEST_VALIDATION_FAILED' | 'BUSINESS_VALIDATION_FAILED';

/** 400. `Reason` says whether the request's form or a business rule was broken. */
export const validationException = (reason: Reason, problems: readonly Problem[]): AceError => {
  const said = problems.map((each) => each.Message).join('; ');
  const message =
    reason === 'REQUEST_VALIDATION_FAILED'
      ? `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected: ${said}`
      : said;
  return new AceError('ValidationException', 400, message, { Reason: reason, ErrorList: problems });
};

export const businessProblems = (problems: readonly Problem[]): AceError =>
  validationException('BUSINESS_VALIDATION_FAILED', problems);

export const resourceNotFound = (identifier: string): AceError =>
  new AceError(
    'ResourceNotFoundException',
    404,
    `Resource with Identifier ${identifier} does not exist or is not accessible`,
  );

export const conflict = (message: string): AceError => new AceError('ConflictException', 409, message);

/** The text is the API model's own. */
export const conflictingClientToken = (): AceError =>
  conflict('Conflicting client token submitted for a new request body.');

export const accessDenied = (message: string): AceError => new AceError('AccessDeniedException', 403, message);

export const throttled = (message: string): AceError => new AceError('ThrottlingException', 429, message);

/** AWS answers 402, not 4xx as elsewhere, and only on the operations that make engagements. */
export const quotaExceeded = (message: string): AceError => new AceError('ServiceQuotaExceededException', 402, message);

export const internalError = (message = 'The request could not be processed. Please try again.'): AceError =>
  new AceError('InternalServerException', 500, message);

/** A body that is not the JSON the operation's shape asks for: AWS's protocol layer, before any validation. */
export const serializationException = (message: string): AceError =>
  new AceError('SerializationException', 400, message);
