import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { present } from '../../../test/support/present.ts';
import { authorityOf, openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { SalesforceClient } from '../../connectors/salesforce/client.ts';
import { Namespace } from '../../connectors/salesforce/namespace.ts';
import { PubSubClient } from '../../connectors/salesforce/pubsub-client.ts';
import { examineOrg } from './doctor.ts';

let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world.close());

test('a sound connection: every check holds, and its ledger verifies after a deal was filed', async () => {
  await world.refer(await world.makeDeal());
  const { settings, privateKey } = present(world.config.org);
  const client = new SalesforceClient({ ...settings, privateKey });
  const pubsub = new PubSubClient(
    { endpoint: settings.pubsubEndpoint, certificateAuthority: authorityOf(world.org) },
    () => client.session(),
  );
  const { runtime, topic } = world.open;
  const findings = await examineOrg({ runtime, client, pubsub, topic, namespace: new Namespace('') });
  pubsub.close();
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  expect(findings.map(({ what }) => what)).toEqual(expect.arrayContaining(['licence', 'event delivery', 'ledger']));
  expect(findings.find(({ what }) => what === 'ledger')?.detail).toMatch(/^[1-9]\d* entries, all of them hold$/);
});
