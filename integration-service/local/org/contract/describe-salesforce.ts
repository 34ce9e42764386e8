import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestSubscriber } from '../events/test-subscriber.ts';
import {
  CLIENT_NAME,
  requestToken,
  signIn,
  type ContractAnswer,
  type ContractSession,
  type ContractTarget,
} from './contract-client.ts';

const refusal = ({ status, body }: ContractAnswer): [number, unknown] => [
  status,
  (body as { errorCode?: unknown }[] | undefined)?.[0]?.errorCode,
];

/**
 * What we rely on in an org, whichever it is: the local one here, or a scratch org with the package installed. Uses our
 * own objects only, as the integration user, who may delete nothing: what it makes stays, each key with `contract-` first.
 */
export const describeSalesforce = (name: string, open: () => Promise<ContractTarget>): void => {
  describe(`Salesforce contract: ${name}`, () => {
    const mark = `contract-${randomUUID().slice(0, 8)}`;
    let target: ContractTarget;
    let session: ContractSession;
    let partnerId: string;
    /** Our name as this org has it. */
    const ours = (apiName: string): string => `${session.prefix}${apiName}`;
    const partner = (key: string, values: object = {}): Record<string, unknown> => ({
      Name: `Contract ${key}`,
      [ours('Key__c')]: `${mark}-${key}`,
      [ours('Kind__c')]: 'cloud',
      [ours('Network__c')]: 'none',
      ...Object.fromEntries(Object.entries(values).map(([field, value]) => [ours(field), value])),
    });
    const rows = async (soql: string): Promise<Record<string, unknown>[]> =>
      (await session.connection.query(soql)).records;

    beforeAll(async () => {
      target = await open();
      session = await signIn(target);
      const created = await session.connection.sobject(ours('Partner__c')).create(partner('base', { Tier__c: 'Gold' }));
      partnerId = String(created.id);
    });

    describe('sign-in', () => {
      test('tells who signed in', () => {
        expect([session.orgId, session.userId, session.username]).toEqual([
          expect.stringMatching(/^00D\w{15}$/),
          expect.stringMatching(/^005\w{15}$/),
          target.username,
        ]);
      });

      test('refuses another key, another user and a token that is none', async () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const other = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
        expect(await requestToken(target, { privateKey: other })).toMatchObject({
          status: 400,
          body: { error: expect.stringMatching(/^invalid_/) },
        });
        expect(await requestToken(target, { username: `${mark}@example.com` })).toMatchObject({
          status: 400,
          body: { error: 'invalid_grant' },
        });
        expect(await requestToken(target, { lifetimeSeconds: -600 })).toMatchObject({
          status: 400,
          body: { error: 'invalid_grant' },
        });
        expect(refusal(await session.call('GET', 'limits', undefined, 'no-token'))).toEqual([
          401,
          'INVALID_SESSION_ID',
        ]);
      });
    });

    describe('records', () => {
      test('are created, read, changed and upserted by external id, and not deleted by the integration user', async () => {
        const object = session.connection.sobject(ours('Partner__c'));
        const id = String((await object.create(partner('crud', { Tier__c: 'Gold' }))).id);
        expect(id).toMatch(/^\w{18}$/);
        expect(await object.retrieve(id)).toMatchObject({ Id: id, Name: 'Contract crud', [ours('Tier__c')]: 'Gold' });
        await object.update({ Id: id, [ours('Tier__c')]: null });
        const upserts = [{ ...partner('crud'), Name: 'Renamed' }, partner('crud-2')];
        const upserted = await object.upsert(upserts, ours('Key__c'), { allowRecursive: true });
        expect(upserted).toMatchObject([
          { id, success: true, created: false },
          { success: true, created: true },
        ]);
        expect(await object.retrieve(id)).toMatchObject({ Name: 'Renamed', [ours('Tier__c')]: null });
        expect(refusal(await session.call('DELETE', `sobjects/${ours('Partner__c')}/${id}`))[1]).toBe(
          'INSUFFICIENT_ACCESS_OR_READONLY',
        );
        expect(await object.retrieve(id)).toMatchObject({ Name: 'Renamed' });
      });

      test.each([
        ['a required field is missing', () => ({ Name: 'x' }), 'REQUIRED_FIELD_MISSING'],
        ['a text is too long', () => partner('long', { Tier__c: 'x'.repeat(41) }), 'STRING_TOO_LONG'],
        [
          'a value is not in a restricted picklist',
          () => partner('list', { Kind__c: 'nonsense' }),
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        ],
        ['a key is there already', () => partner('base'), 'DUPLICATE_VALUE'],
        ['a field does not exist', () => ({ ...partner('field'), Nonsense__c: 1 }), 'INVALID_FIELD'],
      ])('are refused when %s', async (_what, row, code) => {
        expect(refusal(await session.call('POST', `sobjects/${ours('Partner__c')}`, row()))).toEqual([400, code]);
      });

      test('go in by the collection: each for itself, or all or none, 200 at most', async () => {
        const type = { attributes: { type: ours('Partner__c') } };
        const records = [
          { ...type, ...partner('many-1') },
          { ...type, Name: 'no key' },
        ];
        const count = async (): Promise<number> =>
          (
            await session.connection.query(
              `SELECT COUNT() FROM ${ours('Partner__c')} WHERE ${ours('Key__c')} = '${mark}-many-1'`,
            )
          ).totalSize;
        const none = await session.call('POST', 'composite/sobjects', { allOrNone: true, records });
        expect(none.body).toMatchObject([
          { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
          { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
        ]);
        expect(await count()).toBe(0);
        expect((await session.call('POST', 'composite/sobjects', { allOrNone: false, records })).body).toMatchObject([
          { success: true },
          { success: false },
        ]);
        expect(await count()).toBe(1);
        const tooMany = Array.from({ length: 201 }, (_, index) => ({ ...type, ...partner(`over-${index}`) }));
        expect((await session.call('POST', 'composite/sobjects', { allOrNone: false, records: tooMany })).status).toBe(
          400,
        );
      });

      test('go through one composite call that uses what it just made', async () => {
        const answer = await session.call('POST', 'composite', {
          allOrNone: true,
          compositeRequest: [
            {
              method: 'POST',
              url: `/services/data/v66.0/sobjects/${ours('Partner__c')}`,
              referenceId: 'made',
              body: partner('composite'),
            },
            {
              method: 'POST',
              url: `/services/data/v66.0/sobjects/${ours('PartnerGrant__c')}`,
              referenceId: 'grant',
              body: {
                [ours('Partner__c')]: '@{made.id}',
                [ours('Key__c')]: `${mark}-composite`,
                [ours('Status__c')]: 'active',
              },
            },
          ],
        });
        expect(answer).toMatchObject({
          status: 200,
          body: { compositeResponse: [{ httpStatusCode: 201 }, { httpStatusCode: 201 }] },
        });
      });

      test('count against a limit that every answer tells', async () => {
        expect((await session.call('GET', 'limits')).headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/\d+$/);
      });
    });

    describe('queries', () => {
      test('follow parents and children, group, and take any text as text', async () => {
        const key = `${mark}-q`;
        await session.connection
          .sobject(ours('PartnerGrant__c'))
          .create({ [ours('Partner__c')]: partnerId, [ours('Key__c')]: key, [ours('Status__c')]: 'active' });
        const relation = ours('Partner__r');
        expect(
          await rows(`SELECT ${relation}.Name FROM ${ours('PartnerGrant__c')} WHERE ${ours('Key__c')} = '${key}'`),
        ).toMatchObject([{ [relation]: { Name: 'Contract base' } }]);
        const [parent] = await rows(
          `SELECT (SELECT ${ours('Key__c')} FROM ${ours('Grants__r')}) FROM ${ours('Partner__c')} WHERE Id = '${partnerId}'`,
        );
        expect(parent).toMatchObject({ [ours('Grants__r')]: { totalSize: 1, records: [{ [ours('Key__c')]: key }] } });
        const groups = await rows(
          `SELECT ${ours('Kind__c')} kind, COUNT(Id) number FROM ${ours('Partner__c')} WHERE Id = '${partnerId}' GROUP BY ${ours('Kind__c')}`,
        );
        expect(groups).toMatchObject([{ kind: 'cloud', number: 1 }]);
        expect(await rows(`SELECT Id FROM ${ours('Partner__c')} WHERE Name = 'x\\' OR Name != \\'\\\\'`)).toEqual([]);
      });

      test.each([
        ['SELECT Nonsense__c FROM User', 'INVALID_FIELD'],
        ['SELECT Id FROM Nonsense__c', 'INVALID_TYPE'],
        ['SELECT Id FROM User WHERE', 'MALFORMED_QUERY'],
        ["SELECT Id FROM User WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY'],
        ['SELECT Id FROM User LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
        // A sub-select stands alone or beside AND, and is about another object.
        [
          "SELECT Id FROM User WHERE Name = 'a' OR Id IN (SELECT AssigneeId FROM PermissionSetAssignment)",
          'MALFORMED_QUERY',
        ],
        ['SELECT Id FROM User WHERE ManagerId IN (SELECT Id FROM User)', 'MALFORMED_QUERY'],
        ['SELECT Id FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment LIMIT 1)', 'MALFORMED_QUERY'],
      ])('%s is refused: %s', async (soql, code) => {
        expect(refusal(await session.call('GET', `query?q=${encodeURIComponent(soql)}`))).toEqual([400, code]);
      });
    });

    test('Bulk API 2.0 loads and reads', async () => {
      const { bulk2 } = session.connection;
      bulk2.pollInterval = 50;
      const header = ['Name', ours('Key__c'), ours('Kind__c'), ours('Network__c')].join(',');
      const loaded = await bulk2.loadAndWaitForResults({
        object: ours('Partner__c'),
        operation: 'insert',
        input: `${header}\nBulk one,${mark}-bulk-1,cloud,none\nBulk two,,cloud,none\n`,
        pollTimeout: 120_000,
      });
      expect(loaded.successfulResults).toMatchObject([{ Name: 'Bulk one', sf__Created: 'true' }]);
      expect(loaded.failedResults).toMatchObject([
        { Name: 'Bulk two', sf__Error: expect.stringMatching(/^REQUIRED_FIELD_MISSING:/) },
      ]);
      const stream = await bulk2.query(
        `SELECT Name FROM ${ours('Partner__c')} WHERE ${ours('Key__c')} = '${mark}-bulk-1'`,
        { pollTimeout: 120_000 },
      );
      expect(await stream.toArray()).toEqual([{ Name: 'Bulk one' }]);
    }, 180_000);

    test('the UI API shows a record and describes its object', async () => {
      const object = ours('Partner__c');
      expect(
        await session.call('GET', `ui-api/records/${partnerId}?fields=${object}.Name,${object}.${ours('Tier__c')}`),
      ).toMatchObject({
        status: 200,
        body: {
          apiName: object,
          id: partnerId,
          fields: { Name: { value: 'Contract base' }, [ours('Tier__c')]: { value: 'Gold', displayValue: null } },
        },
      });
      expect(refusal(await session.call('GET', `ui-api/records/${partnerId}?fields=${object}.Nonsense__c`))).toEqual([
        400,
        'INVALID_FIELD',
      ]);
      expect((await session.call('GET', `ui-api/object-info/${object}`)).body).toMatchObject({
        apiName: object,
        fields: { [ours('Key__c')]: { required: true, unique: true }, [ours('Kind__c')]: { dataType: 'Picklist' } },
      });
    });

    test('GraphQL queries and mutates', async () => {
      const object = ours('Partner__c');
      const query = `query P($id: ID) { uiapi { query { ${object}(where: { Id: { eq: $id } }) { edges { node { Id Name { value } tier: ${ours('Tier__c')} { value } } } } } } }`;
      expect((await session.call('POST', 'graphql', { query, variables: { id: partnerId } })).body).toMatchObject({
        data: {
          uiapi: {
            query: {
              [object]: {
                edges: [{ node: { Id: partnerId, Name: { value: 'Contract base' }, tier: { value: 'Gold' } } }],
              },
            },
          },
        },
        errors: [],
      });
      const wrong = (await session.call('POST', 'graphql', { query: query.replace('Name {', 'Nonsense {') })).body;
      expect((wrong as { errors: object[] }).errors).toMatchObject([
        { message: expect.stringContaining('FieldUndefined') },
      ]);
      const mutation = `mutation M($input: ${object}UpdateInput!) { uiapi { ${object}Update(input: $input) { success } } }`;
      const input = { Id: partnerId, [object]: { [ours('Segment__c')]: 'Enterprise' } };
      expect((await session.call('POST', 'graphql', { query: mutation, variables: { input } })).body).toMatchObject({
        errors: [],
      });
      expect(await rows(`SELECT ${ours('Segment__c')} FROM ${object} WHERE Id = '${partnerId}'`)).toMatchObject([
        { [ours('Segment__c')]: 'Enterprise' },
      ]);
    });

    describe('events', () => {
      const subscribers: TestSubscriber[] = [];
      const subscriber = (token = session.token): TestSubscriber => {
        const made = new TestSubscriber(
          { endpoint: target.pubsubEndpoint ?? '', authorityFile: target.pubsubAuthorityFile },
          { token, orgId: session.orgId, instanceUrl: session.instanceUrl },
        );
        subscribers.push(made);
        return made;
      };
      const channel = (): string => `/data/${ours('TandemChannel__chn')}`;
      /** Prints why and answers true where there is no event bus to check. */
      const noEventBus = (): boolean => {
        if (target.pubsubEndpoint) return false;
        process.stdout.write('Skipped: no Pub/Sub end point is given (SALESFORCE_PUBSUB_ENDPOINT).\n');
        return true;
      };
      afterAll(() => subscribers.forEach((each) => each.close()));

      test('a write comes back as one change event, by whom and through what; replay starts behind it', async () => {
        if (noEventBus()) return;
        const before = subscriber().keepAsking().subscribe(channel(), { replay_preset: 'EARLIEST' });
        const grants = session.connection.sobject(ours('PartnerGrant__c'));
        const make = async (key: string): Promise<string> =>
          String(
            (
              await grants.create({
                [ours('Partner__c')]: partnerId,
                [ours('Key__c')]: `${mark}-${key}`,
                [ours('Status__c')]: 'active',
              })
            ).id,
          );
        const id = await make('event-1');
        const ofRecord = ({ events }: TestSubscriber, wanted: string) =>
          events.find(({ header }) => header.recordIds.includes(wanted));
        await before.until(() => ofRecord(before, id) !== undefined);
        const event = ofRecord(before, id);
        expect(event?.header).toMatchObject({
          entityName: ours('PartnerGrant__c'),
          changeType: 'CREATE',
          commitUser: session.userId,
          changeOrigin: expect.stringContaining(`client=${CLIENT_NAME}`),
        });
        expect(event?.values).toMatchObject({ [ours('Status__c')]: 'active', [ours('Partner__c')]: partnerId });
        const next = await make('event-2');
        const after = subscriber()
          .keepAsking()
          .subscribe(channel(), {
            replay_preset: 'CUSTOM',
            replay_id: event?.replayId ?? Buffer.alloc(0),
          });
        await after.until(() => ofRecord(after, next) !== undefined);
        expect(ofRecord(after, id)).toBeUndefined();
      });

      test('refusals carry their code in the trailer', async () => {
        if (noEventBus()) return;
        const corrupted = subscriber().subscribe(channel(), {
          replay_preset: 'CUSTOM',
          replay_id: Buffer.from('not an id'),
        });
        await corrupted.until(() => corrupted.error !== undefined);
        expect(corrupted.errorCode).toBe('subscription.fetch.replayid.corrupted');
        const stranger = subscriber('no-token').subscribe(channel());
        await stranger.until(() => stranger.error !== undefined);
        expect(stranger.errorCode).toBe('service.auth.error');
      });
    });
  });
};
