import { z } from 'zod';
import { OrgError } from '../engine/errors.ts';
import { errorAnswer, type Answer, type ResourceRequest } from './answers.ts';
import type { OrgServices, RequestSession } from './services.ts';

const MAX_SUBREQUESTS = 25;
/** Queries and collections together. */
const MAX_QUERIES = 5;

const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: z.array(
    z.object({
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
      url: z.string(),
      referenceId: z.string().regex(/^[A-Za-z]\w*$/),
      body: z.unknown().optional(),
      httpHeaders: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

type Subrequest = z.output<typeof compositeBody>['compositeRequest'][number];

interface Subanswer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** Answers one resource request for a session; given by the router. */
export type Dispatch = (session: RequestSession, request: ResourceRequest) => Promise<Answer>;

/** `/composite`: up to 25 requests in order, later ones using results of earlier ones as `@{reference.path}`. */
export const composite = async (
  org: OrgServices,
  session: RequestSession,
  request: ResourceRequest,
  dispatch: Dispatch,
): Promise<Answer> => {
  if (request.method !== 'POST')
    throw new OrgError('METHOD_NOT_ALLOWED', `HTTP Method '${request.method}' not allowed. Allowed are POST`);
  const parsed = compositeBody.safeParse(request.body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new OrgError('JSON_PARSER_ERROR', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { allOrNone, compositeRequest } = parsed.data;
  checkLimits(compositeRequest);
  const answers: Subanswer[] = [];
  const run = async (as: RequestSession): Promise<void> => {
    for (const subrequest of compositeRequest) {
      const answer = await runOne(as, subrequest, answers, dispatch);
      answers.push(answer);
      if (allOrNone && answer.httpStatusCode >= 400) throw new Halted();
    }
  };
  if (!allOrNone) await run(session);
  else
    try {
      await org.engine.transaction(session.context, (operations) => run({ ...session, operations }));
    } catch (error) {
      if (!(error instanceof Halted)) throw error;
      return { status: 200, body: { compositeResponse: halted(compositeRequest, answers) } };
    }
  return { status: 200, body: { compositeResponse: answers } };
};

class Halted extends Error {}

const checkLimits = (requests: readonly Subrequest[]): void => {
  if (requests.length > MAX_SUBREQUESTS)
    throw new OrgError(
      'LIMIT_EXCEEDED',
      `You can't submit more than ${MAX_SUBREQUESTS} subrequests in one composite request.`,
    );
  const queries = requests.filter((each) => /\/(query|queryAll|composite\/sobjects)\b/.test(each.url));
  if (queries.length > MAX_QUERIES)
    throw new OrgError('LIMIT_EXCEEDED', `No more than ${MAX_QUERIES} subrequests can be queries or collections.`);
  const names = requests.map((each) => each.referenceId);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new OrgError('DUPLICATE_VALUE', `The referenceId '${repeated}' is used more than once.`);
};

const runOne = async (
  session: RequestSession,
  subrequest: Subrequest,
  earlier: readonly Subanswer[],
  dispatch: Dispatch,
): Promise<Subanswer> => {
  const answer = await attempt(session, subrequest, earlier, dispatch);
  return {
    body: answer.body ?? null,
    httpHeaders: answer.headers ?? {},
    httpStatusCode: answer.status,
    referenceId: subrequest.referenceId,
  };
};

const attempt = async (
  session: RequestSession,
  subrequest: Subrequest,
  earlier: readonly Subanswer[],
  dispatch: Dispatch,
): Promise<Answer> => {
  try {
    const url = new URL(resolveText(subrequest.url, earlier), 'http://org');
    const match = /^\/services\/data\/v(\d+\.\d)\/(.+)$/.exec(url.pathname);
    if (match === null)
      throw new OrgError('NOT_FOUND', `The url ${subrequest.url} does not start with /services/data/vNN.0/.`);
    const segments = (match[2] ?? '')
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    if (segments[0] === 'composite' && segments[1] !== 'sobjects')
      throw new OrgError('INVALID_INPUT', 'A composite request cannot hold another one.');
    return await dispatch(session, {
      method: subrequest.method,
      segments,
      query: url.searchParams,
      headers: Object.fromEntries(
        Object.entries(subrequest.httpHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      body: resolveDeep(subrequest.body, earlier),
    });
  } catch (error) {
    return errorAnswer(error);
  }
};

const REFERENCE = /@\{([A-Za-z]\w*)((?:\.\w+|\[\d+\])*)\}/g;

const resolveText = (text: string, earlier: readonly Subanswer[]): string =>
  text.replace(REFERENCE, (whole, reference: string, path: string) => {
    const answer = earlier.find((each) => each.referenceId === reference);
    if (answer === undefined || answer.httpStatusCode >= 400)
      throw new OrgError('PROCESSING_HALTED', `Invalid reference specified. No value for ${whole} found.`);
    let value: unknown = answer.body;
    for (const step of path.match(/\w+/g) ?? [])
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
    if (value === undefined || value === null || typeof value === 'object')
      throw new OrgError('PROCESSING_HALTED', `Invalid reference specified. No value for ${whole} found.`);
    return String(value as string | number | boolean);
  });

const resolveDeep = (value: unknown, earlier: readonly Subanswer[]): unknown => {
  if (typeof value === 'string') return resolveText(value, earlier);
  if (Array.isArray(value)) return value.map((each) => resolveDeep(each, earlier));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolveDeep(each, earlier)]));
  return value;
};

/** With allOrNone every other subrequest answers that processing was halted. */
const halted = (requests: readonly Subrequest[], answers: readonly Subanswer[]): Subanswer[] =>
  requests.map((request, index) => {
    const answer = answers[index];
    if (answer !== undefined && answer.httpStatusCode >= 400) return answer;
    return {
      body: [
        {
          errorCode: 'PROCESSING_HALTED',
          message: 'The transaction was rolled back since another operation in the same transaction failed.',
        },
      ],
      httpHeaders: {},
      httpStatusCode: 400,
      referenceId: request.referenceId,
    };
  });
