import type { TestUser } from '../../local/org/contract/surfaces-under-test.ts';
import type { OrgRuntime } from '../../src/app/org-runtime.ts';
import { runWork } from '../../src/app/workers/run-work.ts';
import { sweepRequests } from '../../src/app/workers/sweep-inbox.ts';
import type { Json } from '../../src/domain/values/json.ts';
import type { GovernanceKind, IntelligenceKind } from '../../src/ports/crm/request-kind.ts';
import { present } from './present.ts';
import type { WorkingOrg } from './working-org.ts';

/** What is written on the request that asks. */
export interface Wish {
  readonly subject?: string;
  /** `version: 1` is added. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** `panel` unless given. */
  readonly surface?: string;
}

/** What stands on a request. */
export interface GovernanceOutcome {
  readonly id: string;
  readonly state: string;
  readonly message: string;
  readonly result: Json;
}

/** Writes a request about the bounds of agents as a user, through the org. Gives its id. */
export const writeWish = (
  { org }: Pick<WorkingOrg, 'org'>,
  user: TestUser,
  kind: GovernanceKind | IntelligenceKind,
  { subject, input, surface = 'panel' }: Wish,
): Promise<string> =>
  org.insert(user, 'Request__c', {
    Kind__c: kind,
    Surface__c: surface,
    ...(subject === undefined ? {} : { Subject__c: subject }),
    Input__c: JSON.stringify({ version: 1, ...input }),
  });

/** Does what is due, as one worker would, until nothing of it is left: a request may move to the line it belongs to. */
export const workOff = async (runtime: OrgRuntime): Promise<void> => {
  await sweepRequests(runtime);
  for (let jobs = await runtime.inbox.due(20); jobs.length > 0; jobs = await runtime.inbox.due(20))
    for (const job of jobs) await runWork(runtime, job.id);
};

export const outcomeOf = async (world: Pick<WorkingOrg, 'query'>, id: string): Promise<GovernanceOutcome> => {
  const [row] = await world.query<{ State__c: string; Message__c: string | null; Result__c: string | null }>(
    `SELECT State__c, Message__c, Result__c FROM Request__c WHERE Id = '${id}'`,
  );
  const { State__c: state, Message__c: message, Result__c: result } = present(row);
  return { id, state, message: message ?? '', result: result === null ? null : (JSON.parse(result) as Json) };
};

/** Asks for something as a user and has it worked to its end. */
export const askGovernance = async (
  world: WorkingOrg,
  user: TestUser,
  kind: GovernanceKind | IntelligenceKind,
  wish: Wish = {},
  runtime: OrgRuntime = world.open.runtime,
): Promise<GovernanceOutcome> => {
  const id = await writeWish(world, user, kind, wish);
  await workOff(runtime);
  return outcomeOf(world, id);
};
