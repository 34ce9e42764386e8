import { afterAll, beforeAll, describe } from '@jest/globals';
import { present } from '../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { TEST_USERS } from '../../../local/org/contract/surfaces-under-test.ts';
import { type CrmWorld, describeCrm } from '../../ports/crm/crm.contract.ts';

describe.each([
  ['', undefined],
  ['acme__', 'acme'],
])('Salesforce as a CRM, its names prefixed with "%s"', (prefix, namespace) => {
  let world: WorkingOrg;
  beforeAll(async () => {
    world = await openWorkingOrg(namespace ? { namespace } : {});
  });
  afterAll(() => world.close());

  const insert = (deal: string, partner: string, more: Readonly<Record<string, unknown>>): Promise<string> => {
    const fields = { Kind__c: 'refer', Surface__c: 'panel', Opportunity__c: deal, Partner__c: partner, ...more };
    const row = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}${name}`, value]));
    // A seller may not set the state; an administrator's data load can leave it empty.
    return world.org.insert('State__c' in more ? 'admin' : 'sally', `${prefix}Request__c`, row as never);
  };

  describeCrm((): CrmWorld => ({
    crm: world.open.runtime.crm,
    makeDeal: () => world.makeDeal(),
    partnerId: async (key) => {
      const soql = `SELECT Id FROM ${prefix}Partner__c WHERE ${prefix}Key__c = '${key}'`;
      return present((await world.query<{ Id: string }>(soql))[0]).Id;
    },
    ask: async (kind, deal, partner) => ({
      id: await insert(deal, partner, { Kind__c: kind }),
      by: present(world.org.users[TEST_USERS.sally]),
    }),
    askWithoutState: (deal, partner) => insert(deal, partner, { State__c: null }),
  }));
});
