import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openAceClient } from './client.ts';
import { accountOfRole, awsAceSettings } from './settings.ts';

const roleArn = 'arn:aws:iam::111122223333:role/tandem';
const taken = { id: 'ASIAROLETAKENON00000', token: 'a session of the role' };

/** Stands for STS and for Partner Central: what they hear is the test. */
const heard: { path: string; body: string; authorization: string; token: string | undefined }[] = [];
let server: Server;
let url: string;
let before: string | undefined;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const { authorization = '', 'x-amz-security-token': token } = request.headers;
      heard.push({ path: request.url ?? '', body, authorization, token: token?.toString() });
      if (body.includes('Action=AssumeRole'))
        response.end(
          `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
             <AccessKeyId>${taken.id}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
             <SessionToken>${taken.token}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
           </Credentials></AssumeRoleResult></AssumeRoleResponse>`,
        );
      else response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  before = process.env.AWS_ENDPOINT_URL_STS;
  process.env.AWS_ENDPOINT_URL_STS = url;
});
afterAll(async () => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL_STS;
  else process.env.AWS_ENDPOINT_URL_STS = before;
  await new Promise((resolve) => server.close(resolve));
});

test('an org’s role is taken on with its external id, and its credentials sign the call', async () => {
  const settings = awsAceSettings.parse({
    endpoint: url,
    roleArn,
    externalId: 'tandem-acme',
    accessKeyId: 'AKIAOFTHEENVIRONMENT',
    secretAccessKey: 'secret',
  });
  const client = openAceClient(settings);
  await client.send('ListSolutions', '{"Catalog":"Sandbox"}');
  client.close();
  const [assumed, call] = heard;
  const asked = new URLSearchParams(assumed?.body);
  expect([asked.get('RoleArn'), asked.get('ExternalId')]).toEqual([roleArn, 'tandem-acme']);
  expect(assumed?.authorization).toContain('AKIAOFTHEENVIRONMENT');
  expect(call?.authorization).toContain(taken.id);
  expect(call?.token).toBe(taken.token);
});

test('the account is in the role’s name, and what is no role’s name is refused', () => {
  expect(accountOfRole(roleArn)).toBe('111122223333');
  expect(accountOfRole('tandem')).toBeNull();
  expect(awsAceSettings.safeParse({ roleArn: 'tandem' }).success).toBe(false);
  expect(awsAceSettings.safeParse({ endpoint: 'http://aws.example.com' }).success).toBe(false);
});
