import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { problem } from './problem-details.ts';

/** Who may read something: whoever shows the token, whoever can reach the end point, or nobody. */
export type ReadAccess = 'anybody' | 'nobody' | { readonly token: string };

/** Whether an `Authorization` header is `Bearer` and the token; takes as long for any wrong one. */
const shows = (header: string | undefined, token: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
};

/** Answers whoever may not read, and says so; `setting` is the one that the token comes from. */
export const mayRead = (access: ReadAccess, setting: string, request: Request, response: Response): boolean => {
  if (access === 'anybody') return true;
  if (access === 'nobody') problem(response, 403, 'Not offered', `Set ${setting} to read it from another machine.`);
  else if (shows(request.get('authorization'), access.token)) return true;
  else problem(response, 401, 'Not signed in', `Send "Authorization: Bearer" and ${setting}.`);
  return false;
};
