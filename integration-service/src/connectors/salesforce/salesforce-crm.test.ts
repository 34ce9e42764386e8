import { afterAll, beforeAll, describe } from '@jest/globals';
import { present } from '../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { TEST_USERS } from '../../../local/org/contract/surfaces-under-test.ts';
import { type CrmWorld, describeCrm } from '../../ports/crm/crm.contract.ts';
import { describeOwnRecords, type OwnRecordsWorld } from '../../ports/crm/own-records.contract.ts';

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

  const user = async (username: string): Promise<string> =>
    present((await world.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${username}'`))[0]).Id;

  describeOwnRecords((): OwnRecordsWorld => ({
    crm: world.open.runtime.crm,
    service: world.open.runtime.user,
    editByHand: async (id) => {
      await world.org.call('admin', 'PATCH', `sobjects/${prefix}GuardrailPolicy__c/${id}`, {
        [`${prefix}Settings__c`]: '{}',
      });
      return user(TEST_USERS.admin);
    },
    makeRequest: () => {
      const fields = { Kind__c: 'stop', Subject__c: 'partner:nobody', Input__c: '{"version":1,"reason":"a test"}' };
      const row = Object.entries(fields).map(([name, value]) => [`${prefix}${name}`, value]);
      return world.org.insert('ada', `${prefix}Request__c`, Object.fromEntries(row) as never);
    },
    readRequest: async (id) => {
      const fields = ['State__c', 'Message__c', 'Result__c'].map((name) => `${prefix}${name}`);
      const soql = `SELECT ${fields.join(', ')} FROM ${prefix}Request__c WHERE Id = '${id}'`;
      const row = present((await world.query<Record<string, string | null>>(soql))[0]);
      const [state = null, message = null, result = null] = fields.map((name) => row[name]);
      return { state: state ?? '', message: message ?? '', result };
    },
    people: async () => {
      const gone = await user(TEST_USERS.omar);
      await world.org.call('admin', 'PATCH', `sobjects/User/${gone}`, { IsActive: false });
      return {
        seller: await user(TEST_USERS.sally),
        manager: await user('max.manager@tandem.example.com'),
        admin: await user(TEST_USERS.ada),
        gone,
      };
    },
  }));
});
