import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { opportunityNotice, touched } from '../operations/context.ts';
import type { Call } from '../operations/context.ts';
import { approval, reviewRules } from '../review/review-rules.ts';
import type { Decision } from '../review/review-rules.ts';
import { settleReview } from '../review/reviewer.ts';
import type { Store } from '../store/database.ts';
import { findOpportunity, lockOpportunity, opportunitiesFor } from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import type { AceSettings } from '../settings.ts';
import { faultRule, noticeFaults } from '../wire/faults.ts';
import type { CallCounter, Faults } from '../wire/faults.ts';
import { addressedToLoopback, fromOwnPage, readBody, sendJson, sendPage } from '../wire/http.ts';
import { opportunityPage, problemPage } from './opportunity-page.ts';

export interface PageParts {
  readonly settings: AceSettings;
  readonly store: Store;
  readonly faults: Faults;
  readonly counter: CallCounter;
  readonly write: <Result>(work: (call: Call) => Promise<Result>) => Promise<Result>;
  readonly advance: () => Promise<void>;
}

const verdicts = ['Approved', 'Action Required', 'Rejected'] as const;
const decisionForm = z.object({ decision: z.enum(verdicts), comments: z.string().max(2000).default('') });

/** Somebody playing AWS need not write: an empty comment becomes the rule book's for that outcome. */
const decisionOf = ({ decision, comments }: z.infer<typeof decisionForm>): Decision => {
  if (decision === 'Approved') return { ...approval, comments: comments || null };
  const usual = reviewRules.find((rule) => rule.decision.verdict === decision)?.decision ?? approval;
  return { verdict: decision, reason: usual.reason, comments: comments || usual.comments };
};

/**
 * Decides an opportunity that is under review, as AWS would.
 * @returns the decided opportunity; undefined when there is none of that id or it is not under review.
 */
export const decideByHand = async (call: Call, id: string, decision: Decision): Promise<Opportunity | undefined> => {
  const opportunity = await lockOpportunity(call.queries, id);
  if (!opportunity || !['Submitted', 'In review'].includes(opportunity.reviewStatus)) return undefined;
  const decided = await settleReview(call, touched(call, opportunity), decision);
  call.announce(opportunityNotice('Opportunity Updated', decided));
  return decided;
};

const showOpportunity = async (parts: PageParts, id: string, response: ServerResponse): Promise<void> => {
  const opportunity = await findOpportunity(parts.store, id);
  if (!opportunity)
    sendPage(response, 404, problemPage('Not found', `There is no opportunity ${id} in this partner network.`));
  else sendPage(response, 200, opportunityPage(opportunity, parts.settings.localControls));
};

const takeDecision = async (
  parts: PageParts,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const form = decisionForm.safeParse(
    Object.fromEntries(new URLSearchParams((await readBody(request)).toString('utf8'))),
  );
  if (!form.success)
    return sendPage(response, 400, problemPage('Not understood', `decision must be one of ${verdicts.join(', ')}.`));
  const decided = await parts.write((call) => decideByHand(call, id, decisionOf(form.data)));
  if (!decided)
    return sendPage(
      response,
      409,
      problemPage('Nothing to decide', `Opportunity ${id} is not under review (any more). Go back and reload.`),
    );
  response.writeHead(303, { location: `/opportunity/${id}` }).end();
};

const parseJson = async (request: IncomingMessage): Promise<unknown> => {
  const text = (await readBody(request)).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as unknown);
};

/** The switches over HTTP, for tests and people in other processes. */
const localControl = async (
  parts: PageParts,
  route: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  switch (route) {
    case 'GET /local/faults':
      return sendJson(response, 200, { faults: parts.faults.list(), held: parts.faults.held });
    case 'POST /local/faults': {
      const rules = z.union([faultRule, z.array(faultRule)]).parse(await parseJson(request));
      for (const rule of [rules].flat()) parts.faults.add(rule);
      return sendJson(response, 200, { faults: parts.faults.list() });
    }
    case 'DELETE /local/faults':
      parts.faults.clear();
      return sendJson(response, 200, { faults: [] });
    case 'POST /local/release':
      parts.faults.release();
      return sendJson(response, 200, {});
    case 'POST /local/notices':
      parts.faults.setNotices(noticeFaults.parse(await parseJson(request)));
      return sendJson(response, 200, {});
    case 'POST /local/advance':
      await parts.advance();
      return sendJson(response, 200, {});
    case 'GET /local/calls':
      return sendJson(response, 200, parts.counter.all());
    case 'DELETE /local/calls':
      parts.counter.reset();
      return sendJson(response, 200, {});
    case 'GET /local/opportunities': {
      const identifier = url.searchParams.get('partnerOpportunityIdentifier') ?? '';
      return sendJson(response, 200, await opportunitiesFor(parts.store, identifier));
    }
    default:
      return sendJson(response, 404, { message: `No local control ${route}.` });
  }
};

/** Answers everything that is not the AWS API. */
export const handlePage = async (
  parts: PageParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = `${request.method} ${url.pathname}`;
  if (route === 'GET /health') return sendJson(response, 200, { status: 'ok' });
  if (!addressedToLoopback(request)) return sendJson(response, 403, { message: 'Only reachable as localhost.' });
  if (request.method !== 'GET' && !fromOwnPage(request))
    return sendJson(response, 403, { message: 'Requests from other sites are refused.' });
  const [, id, action] = /^\/opportunity\/(O\d{1,19})(\/decision)?$/.exec(url.pathname) ?? [];
  if (id !== undefined && action === undefined && request.method === 'GET') return showOpportunity(parts, id, response);
  if (!parts.settings.localControls)
    return sendPage(response, 404, problemPage('Not found', 'Nothing is here, or local controls are not switched on.'));
  if (id !== undefined && action !== undefined && request.method === 'POST')
    return takeDecision(parts, id, request, response);
  if (url.pathname.startsWith('/local/')) {
    try {
      return await localControl(parts, route, url, request, response);
    } catch (error) {
      if (error instanceof z.ZodError) return sendJson(response, 400, { message: z.prettifyError(error) });
      if (error instanceof SyntaxError) return sendJson(response, 400, { message: 'The body is not JSON.' });
      throw error;
    }
  }
  return sendPage(response, 404, problemPage('Not found', 'There is nothing at this address.'));
};
