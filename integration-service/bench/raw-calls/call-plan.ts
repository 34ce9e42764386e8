import pg from 'pg';
import { z } from 'zod';
import { journaledCall, type JournaledCall } from '../canned-salesforce/canned-salesforce.ts';
import type { EngineRoom } from '../rig/engine-room.ts';

const aceCall = z.object({
  operation: z.enum(['create-opportunity', 'associate-solution', 'submit-opportunity']),
  body: z.record(z.string(), z.unknown()),
});
export type AceCall = z.infer<typeof aceCall>;

/**
 * The calls of one referral in their order, as the service was seen to make them: what it reads and first writes in
 * Salesforce, what it sends to AWS, what it writes last. Ids of that referral stand in the bodies, to be replaced.
 */
export const callPlan = z.object({
  opportunityId: z.string(),
  requestId: z.string(),
  before: z.array(journaledCall),
  ace: z.array(aceCall),
  after: z.array(journaledCall),
});
export type CallPlan = z.infer<typeof callPlan>;

const probes = 10;

/**
 * Watches a few referrals and takes the one with the fewest calls, so that the baseline never does more than the service
 * at its best. The service must have been warmed up: its settings are read by then and not part of a referral.
 */
export const observeCallPlan = async ({ org, databaseUrl }: EngineRoom): Promise<CallPlan> => {
  const seen: Omit<CallPlan, 'ace'>[] = [];
  for (let probe = 0; probe < probes; probe += 1) {
    await org.journal();
    const { filed } = await org.counts();
    const clicked = await org.click();
    await org.untilFiled(filed + 1);
    const journal = await org.journal();
    const own = journal.slice(journal.findIndex(isClick) + 1);
    const aboutIt = own.filter((call) => JSON.stringify(call).includes(clicked.opportunityId));
    seen.push({ ...clicked, ...inOrder(aboutIt) });
  }
  const [least] = seen.sort((left, right) => callsOf(left) - callsOf(right));
  if (!least || least.before.length === 0) throw new Error('No referral was seen to call Salesforce.');
  return { ...least, ace: await aceCalls(databaseUrl, least.opportunityId) };
};

const isClick = ({ method, path }: JournaledCall): boolean => method === 'POST' && path.startsWith('/sobjects/');
const callsOf = ({ before, after }: Pick<CallPlan, 'before' | 'after'>): number => before.length + after.length;

/** The first read and the first write come before AWS is asked, everything else after. */
const inOrder = (calls: readonly JournaledCall[]): Pick<CallPlan, 'before' | 'after'> => ({
  before: calls.slice(0, 2),
  after: calls.slice(2),
});

/** The frozen bytes that the service sent, from its own record of effects. */
const aceCalls = async (databaseUrl: string, opportunityId: string): Promise<AceCall[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ operation: string; body: string }>(
      'select operation, body from effects where starts_with(decision, $1) order by intended_at',
      [opportunityId],
    );
    return rows.map(({ operation, body }) => aceCall.parse({ operation, body: JSON.parse(body) }));
  } finally {
    await client.end();
  }
};
