import { sql } from 'kysely';
import { ReferralDesk } from '../../local/demo/referral-desk.ts';
import type { World } from '../../local/world/world.ts';
import { openOrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { freshDeals } from '../../test/support/fresh-deals.ts';
import { until } from '../../test/support/until.ts';

/** Above what goes by itself, and not above what a manager may let go. */
const tooMuch = 2_000_000;

/** A busy machine takes its time to fill the inbox; what is measured comes after. */
const patience = { timeoutMs: 600_000 };

/**
 * Fills the inbox of Sally's manager: one referral that waits for his yes, and as many copies of it, about all deals of the
 * sample company, due one after the other. The service itself shows them in Salesforce, in collections of 200. Gives their
 * keys, the most pressing first.
 */
export const fillInbox = async (world: World, open: number): Promise<readonly string[]> => {
  const { org } = world;
  if (!org) throw new Error('The bench has a local org.');
  const database = openOrgDatabase(org.orgId, { url: world.databaseUrl, maxConnections: 1 });
  try {
    const admin = await world.signIn('sam.setup');
    const desk = new ReferralDesk(await world.signIn('sally.seller'));
    const makeDeal = await freshDeals(admin);
    const { records } = await admin.query<{ Id: string }>('SELECT Id FROM Opportunity');
    const deal = await makeDeal();
    await admin.sobject('Opportunity').update({ Id: deal, Amount: tooMuch });
    const refer = { Opportunity__c: deal, Partner__c: await desk.partnerId('aws') };
    const input = { version: 1, shown: { fields: await desk.shownFields('aws-ace') } };
    const request = await desk.request('refer', refer, input);
    await desk.untilRested(deal, request, ({ state }) => state === 'waiting-approval');
    await database.run(sql`
      insert into approvals (org, key, decision, referral, deal, request, function, partner, office, requested_by, assigned_to,
          rules, material, evidence, says, reason, amount_minor, currency, due_at, expires_at)
        select org, key || ':' || number, decision || ':' || number, referral, deals.id, request || ':' || number, function,
          partner, office, requested_by, assigned_to, rules, material, evidence, says, reason, amount_minor + number, currency,
          due_at + number * interval '1 second', expires_at + interval '1 day'
        from approvals, generate_series(1, ${open - 1}) number
          join unnest(${records.map(({ Id }) => Id)}::text[]) with ordinality deals (id, place)
            on deals.place = 1 + number % ${records.length}
        where state = 'open'`);
    await until(
      'all of them stand in Salesforce',
      async () =>
        (await database.run(sql`select 1 from approvals where mirrored_at < changed_at limit 1`)).length === 0,
      patience,
    );
    const rows = await database.run(sql<{ key: string }>`
      select key from approvals where state = 'open' order by due_at`);
    if (rows.length !== open) throw new Error(`${rows.length} approvals wait, not ${open}.`);
    return rows.map(({ key }) => key);
  } finally {
    await database.close();
  }
};
