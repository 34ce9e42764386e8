import type { Request, Response } from 'express';
import type { Session, Sessions } from './sessions.ts';

const passedOn = ['accept', 'content-type', 'if-modified-since'];

const bodyOf = async (request: Request): Promise<Buffer | undefined> => {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Passes a call of the page on to the org as the session's user. The token is added here; the browser never sees it. */
export const passToOrg = async (
  orgUrl: string,
  sessions: Sessions,
  session: Session,
  request: Request,
  response: Response,
): Promise<void> => {
  const body = await bodyOf(request);
  const call = (): Promise<globalThis.Response> => {
    const headers = new Headers({ authorization: `Bearer ${session.token}` });
    for (const name of passedOn) {
      const value = request.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    return fetch(`${orgUrl}${request.originalUrl}`, {
      method: request.method,
      headers,
      ...(body === undefined || body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
  };
  let answer = await call();
  if (answer.status === 401) {
    await sessions.renew(session);
    answer = await call();
  }
  response.status(answer.status);
  const type = answer.headers.get('content-type');
  if (type !== null) response.type(type);
  response.setHeader('cache-control', 'no-store');
  response.send(Buffer.from(await answer.arrayBuffer()));
};
