import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { SalesforceClient } from './client.ts';
import { PubSubClient } from './pubsub-client.ts';

const session = () => Promise.reject(new Error('no session is asked for'));
const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const settings = { clientId: 'tandem', username: 'integration@example.com', privateKey };

describe('where secrets go', () => {
  test.each(['events.example.com:7443', 'api.pubsub.salesforce.com.example.com:7443', 'salesforce.com.evil:7443'])(
    'no token to an event bus at %s',
    (endpoint) => {
      expect(() => new PubSubClient({ endpoint }, session)).toThrow(/is not an event bus of Salesforce/);
    },
  );

  test.each(['api.pubsub.salesforce.com:7443', 'api.deu.pubsub.salesforce.com:443', 'localhost:7443', '127.0.0.1:1'])(
    'to one at %s',
    (endpoint) => {
      new PubSubClient({ endpoint }, session).close();
    },
  );

  test('no sign-in without encryption, except on this machine', () => {
    const open = (loginUrl: string) => new SalesforceClient({ ...settings, loginUrl });
    expect(() => open('http://company.my.salesforce.com')).toThrow(/is not encrypted/);
    expect(() => open('http://127.0.0.1:1')).not.toThrow();
  });

  test('a sign-in that is sent elsewhere is not followed', async () => {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(new SalesforceClient({ ...settings, loginUrl }).session()).rejects.toThrow(
      /did not answer the sign-in/,
    );
    expect(heard).toEqual(['/services/oauth2/token']);
    await new Promise((resolve) => server.close(resolve));
  });
});
