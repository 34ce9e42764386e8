import { setTimeout as wait } from 'node:timers/promises';
import express, { type RequestHandler, type Response, type Router } from 'express';
import { faultSpecification, type FaultBoard } from './fault-board.ts';

const refuse = (response: Response, status: number, errorCode: string, message: string): void => {
  response.status(status).json([{ errorCode, message }]);
};

/** The work is done and committed; from here on nothing reaches the client but the end of the connection. */
const loseAnswer = (response: Response): void => {
  const breakConnection = (): Response => {
    response.socket?.destroy();
    return response;
  };
  response.writeHead = breakConnection;
  response.write = () => {
    breakConnection();
    return true;
  };
  response.end = breakConnection;
};

/** Goes before every route of the org: lets the faults on the board strike. `/local/…` is never touched. */
export const httpFaults =
  (board: FaultBoard): RequestHandler =>
  async (request, response, next) => {
    const fault = request.path.startsWith('/local/') ? undefined : board.takeHttp(request.method, request.originalUrl);
    switch (fault?.kind) {
      case undefined:
        return next();
      case 'unavailable':
        return refuse(response, 503, 'SERVER_UNAVAILABLE', 'We are down for maintenance.');
      case 'request-limit':
        return refuse(response, 403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
      case 'too-many-requests':
        response.set('Retry-After', '1');
        return refuse(
          response,
          429,
          'REQUEST_LIMIT_EXCEEDED',
          'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
        );
      case 'session-expired':
        return refuse(response, 401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      case 'slow':
        await wait(fault.delayMs);
        return next();
      case 'request-lost':
        request.socket.destroy();
        return undefined;
      case 'answer-lost':
        loseAnswer(response);
        return next();
    }
  };

/**
 * `GET/POST/DELETE /local/faults`: the board by HTTP, for tests that run in another process. Mounted only where the org
 * was started for testing.
 */
export const faultRoutes = (board: FaultBoard): Router => {
  const router = express.Router();
  router.get('/local/faults', (_request, response) => {
    response.json(board.list());
  });
  router.post('/local/faults', express.json(), (request, response) => {
    const parsed = faultSpecification.safeParse(request.body);
    if (parsed.success) response.status(201).json({ id: board.add(parsed.data) });
    else
      response.status(400).json({
        problem: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
      });
  });
  router.delete('/local/faults', (_request, response) => {
    board.clear();
    response.status(204).end();
  });
  router.delete('/local/faults/:id', (request, response) => {
    response.status(board.remove(Number(request.params.id)) ? 204 : 404).end();
  });
  return router;
};
