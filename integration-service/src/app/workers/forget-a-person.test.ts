import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { present } from '../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { personSubject } from '../../agents/orchestration/decision-entries.ts';
import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import { readDecision } from '../../domain/replay/recorded-decision.ts';
import { replayAsOfThen } from '../../domain/replay/replay.ts';
import { masterKeyFrom, SubjectKeys } from '../../infrastructure/ledger/subject-keys.ts';

let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world.close());

test('a contact of a filed deal can be forgotten alone: the seller stays, the chain holds, no name is in it', async () => {
  const { runtime } = world.open;
  const deal = await world.makeDeal();
  await world.refer(deal);
  const [contact] = await world.query<{ ContactId: string; Contact: { Email: string } }>(
    `SELECT ContactId, Contact.Email FROM OpportunityContactRole WHERE OpportunityId = '${deal}'`,
  );
  const {
    ContactId: contactId,
    Contact: { Email: email },
  } = present(contact);
  const [link] = await runtime.links.ofDeal(deal);
  const decision = `${present(link).key}#${present(link).requestId ?? ''}`;
  const database = world.room.database(world.org.orgId);
  const chain = await database.run(sql<{ body: string }>`select body from ledger_entries`);
  const inChain = chain.map(({ body }) => body).join();
  for (const name of [email, 'sally.seller@example.com', 'Sally']) expect(inChain).not.toContain(name);
  const read = async (): Promise<string> => JSON.stringify(await runtime.ledger.read(runtime.org, decision));
  const replayed = async (): Promise<string> => {
    const judged = (await runtime.ledger.read(runtime.org, decision)).find(({ kind }) => kind === 'verdict');
    const record = readDecision(Object(judged?.body).record);
    return record.ok ? replayAsOfThen(record.value, CATALOGUE).kind : record.error.kind;
  };
  expect(await read()).toContain(email);
  expect(await replayed()).toBe('same');
  const keys = new SubjectKeys(masterKeyFrom(world.config.masterKey));
  await keys.erase(database, personSubject(runtime.org, contactId));
  const after = await read();
  expect(after).not.toContain(email);
  expect(after).toContain('sally.seller@example.com');
  expect(after).toContain('"erased":true');
  expect(await replayed()).toBe('erased');
  expect(await runtime.ledger.verify(runtime.org)).toMatchObject({ entries: chain.length, firstBad: null });
});
