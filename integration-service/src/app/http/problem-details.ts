import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';

/** An answer that says no, after RFC 9457. */
export const problem = (response: Response, status: number, title: string, detail: string): void => {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }));
};

/** The last handler: what nobody expected is logged, and told without its insides. */
export const problemHandler =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status: unknown = Object(error).status;
    if (typeof status === 'number' && status >= 400 && status < 500)
      return problem(response, status, 'The request cannot be read', 'Send what this end point expects.');
    log.error({ error }, 'a request failed');
    return problem(response, 500, 'Something went wrong', 'It is in the log of the service.');
  };
