import { generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, test } from '@jest/globals';
import { targetFromEnvironment } from './contract-client.ts';
import { describeSalesforce } from './describe-salesforce.ts';
import { startSurfaces, TEST_USERS, type SurfacesUnderTest } from './surfaces-under-test.ts';

const running: SurfacesUnderTest[] = [];
afterAll(() => Promise.all(running.splice(0).map((org) => org.stop())));

for (const namespace of [undefined, 'acme'])
  describeSalesforce(namespace ? `local org with namespace ${namespace}` : 'local org', async () => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const org = await startSurfaces({
      integrationPublicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ...(namespace ? { namespace } : {}),
    });
    running.push(org);
    return {
      loginUrl: org.url,
      clientId: 'tandem',
      username: TEST_USERS.integration,
      privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      pubsubEndpoint: org.endpoints['pubsub'],
      pubsubAuthorityFile: org.endpoints['pubsubAuthority'],
    };
  });

const given = targetFromEnvironment(process.env);
if ('missing' in given)
  describe('Salesforce contract: an org of yours', () => {
    // The reason is in the name, which every reporter prints.
    test.skip(`not at hand: ${given.missing} is not set`, () => undefined);
  });
else describeSalesforce(given.loginUrl, () => Promise.resolve(given));
