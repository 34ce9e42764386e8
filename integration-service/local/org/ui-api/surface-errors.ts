import type { ErrorRequestHandler } from 'express';
import { OrgError } from '../engine/errors.ts';
import { RecordSaveError } from './records.ts';

/** Errors of the UI API, GraphQL and Bulk routes on the wire: a list of `{errorCode, message}`, as in the org. */
export const surfaceErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof RecordSaveError)
    return response
      .status(400)
      .json([
        { enhancedErrorType: 'RecordError', errorCode: 'INVALID_INPUT', message: error.message, output: error.output },
      ]);
  if (error instanceof OrgError)
    return response.status(error.httpStatus).json([{ errorCode: error.statusCode, message: error.message }]);
  if (error instanceof RangeError)
    return response.status(400).json([{ errorCode: 'INVALID_QUERY_FILTER_OPERATOR', message: error.message }]);
  if (error instanceof SyntaxError)
    return response.status(400).json([{ errorCode: 'JSON_PARSER_ERROR', message: error.message }]);
  return next(error);
};
