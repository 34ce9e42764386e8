import type { CrmRequest } from '../../ports/crm/crm.ts';
import { PERMISSIONS, type Permission, type PersonRights } from '../../ports/crm/person-rights.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { backoffMs, type Handled, type HeldWork } from '../workers/held-work.ts';
import { type GovernanceAnswer, type GovernanceHandler, refused } from './governance-handler.ts';
import { GOVERNANCE_HANDLERS } from './index.ts';

/** Length of `Request__c.Result__c`. */
const resultLength = 131_072;

/** What a permission lets do, for a person who lacks it. */
const RIGHT_WORDS: Readonly<Record<Permission, string>> = {
  [PERMISSIONS.manageGuardrails]: 'manage guardrails',
  [PERMISSIONS.stopAgents]: 'stop agents',
  [PERMISSIONS.approvePartners]: 'approve for partners',
  [PERMISSIONS.approveFinance]: 'approve for finance',
  [PERMISSIONS.approveLegal]: 'approve for legal',
  [PERMISSIONS.manageLanguage]: 'manage language materials',
};

/**
 * Does a request that is about no referral: who asks is looked up in the org at that moment, and the answer is written on
 * the request. One that has an answer already keeps it.
 */
export const runGovernance = async (
  held: HeldWork,
  org: OrgRuntime,
  request: CrmRequest,
  handlers: readonly GovernanceHandler[] = GOVERNANCE_HANDLERS,
): Promise<Handled> => {
  if (request.state === 'done' || request.state === 'refused')
    return { state: 'done', note: `the request is ${request.state}` };
  const answer = await answerTo(held, org, request, handlers);
  if (answer.state === 'again' || answer.state === 'other-deal') return answer;
  org.trace('governance-before-answered');
  return writeAnswer(held, org, answer);
};

const answerTo = async (
  held: HeldWork,
  org: OrgRuntime,
  request: CrmRequest,
  handlers: readonly GovernanceHandler[],
): Promise<GovernanceAnswer | Extract<Handled, { state: 'other-deal' }>> => {
  // No agent changes what bounds it, whoever's session it speaks in.
  if (request.surface === 'agent') return refused('Agents may not ask for this. A person must do it in Salesforce.');
  const handler = handlers.find(({ kind }) => kind === request.kind);
  if (!handler)
    return refused(
      `Tandem does not know how to do "${request.kind}". The service may be older than the package in this org: ask your admin.`,
    );
  const read = await org.crm.readPersonRights(request.requestedBy, 0);
  if (!read.ok) {
    const { message, retry, retryAfterMs } = read.error;
    if (retry !== 'safe')
      return refused(`What you may do could not be read, so nothing was done: ${message} ("tandem doctor" checks it).`);
    return { state: 'again', inMs: retryAfterMs ?? backoffMs(held.work.attempts), note: message };
  }
  const person = read.value;
  if (!person?.active) return refused('Only an active user of this org may ask for this.');
  const lacking = missingRight(handler, person);
  if (lacking) return refused(`You may not do this: it takes the permission to ${lacking}. Ask your admin.`);
  const input = inputOf(request, handler);
  if (!input.ok) return refused(input.problem);
  const line = handler.alone?.({ request, input: input.value });
  // The inbox lets one row of a deal be worked on at a time; what else must be done alone stands in the deal's place.
  if (line !== undefined && line !== held.work.deal) return { state: 'other-deal', deal: line };
  return handler.handle({ request, input: input.value, person, held, org });
};

/** The rights that are needed, in words; null: the person has one of them, or none is. */
const missingRight = ({ needs }: GovernanceHandler, { permissions }: PersonRights): string | null => {
  if (needs === null) return null;
  const wanted = typeof needs === 'string' ? [needs] : needs;
  return wanted.some((one) => permissions.includes(one)) ? null : wanted.map((one) => RIGHT_WORDS[one]).join(' or to ');
};

const inputOf = (
  { input }: CrmRequest,
  handler: GovernanceHandler,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string } => {
  let raw: unknown = { version: 1 };
  try {
    if (input !== null && input.trim() !== '') raw = JSON.parse(input);
  } catch {
    return { ok: false, problem: 'The input of the request is not JSON.' };
  }
  const parsed = handler.input.safeParse(raw);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  return { ok: false, problem: `The input of the request is not as it should be: ${problems.join('; ')}.` };
};

const writeAnswer = async (
  held: HeldWork,
  org: OrgRuntime,
  answer: Exclude<GovernanceAnswer, { state: 'again' }>,
): Promise<Handled> => {
  if (!held.mayWrite()) return { state: 'lost' };
  const fitting = withinLength(answer);
  const written = await org.crm.answerRequest(held.work.target, fitting);
  if (!held.mayWrite()) return { state: 'lost' };
  if (written.ok) return { state: fitting.state, note: fitting.message };
  const { retry, retryAfterMs, message } = written.error;
  if (retry === 'safe') return { state: 'again', inMs: retryAfterMs ?? backoffMs(held.work.attempts), note: message };
  return { state: 'dead', note: `the answer was not accepted: ${message}` };
};

/** What was done stays done; an answer that is too long for the record is told without its details. */
const withinLength = (
  answer: Exclude<GovernanceAnswer, { state: 'again' }>,
): Exclude<GovernanceAnswer, { state: 'again' }> => {
  const { result, ...rest } = answer;
  if (result === undefined || JSON.stringify(result).length <= resultLength) return answer;
  return { ...rest, message: `${rest.message} The details are too long to be shown here.` };
};
