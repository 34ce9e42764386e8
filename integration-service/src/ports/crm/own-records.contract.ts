import { expect, test } from '@jest/globals';
import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';
import type { Crm } from './crm.ts';
import type { OwnRow } from './own-rows.ts';

/** What the world around a CRM must offer so that records of our own, and people, can be shown. */
export interface OwnRecordsWorld {
  readonly crm: Crm;
  /** The service's own user. */
  readonly service: string;
  /** Changes a policy's row by hand, as an administrator; gives the administrator's id. */
  editByHand(policyId: string): Promise<string>;
  /** A governance request by somebody who may make one; `read` gives what stands on it. */
  makeRequest(): Promise<string>;
  readRequest(
    id: string,
  ): Promise<{ readonly state: string; readonly message: string; readonly result: string | null }>;
  /** Ids of people: one without rights, that one's manager, an admin of guardrails, one who left. */
  people(): Promise<{
    readonly seller: string;
    readonly manager: string;
    readonly admin: string;
    readonly gone: string;
  }>;
}

const expectOk = <Value>(result: Result<Value, PortError>): Value => {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
};

const policy = (key: string, settings: string, more: Partial<OwnRow> = {}): OwnRow => ({
  object: 'GuardrailPolicy__c',
  key,
  fields: {
    function: 'telemetry',
    rule: 'own-rows',
    scope: 'all',
    version: 3,
    effectiveFrom: '2026-11-22T03:00:00.000Z',
    settings,
  },
  ...more,
});

/** A name that would end a query early, were it not written as a text. */
const nasty = "o'brien\\' OR Name != '";

/** What every CRM must do with the service's own records, and tell of people. */
export const describeOwnRecords = (open: () => OwnRecordsWorld): void => {
  test('makes and changes rows by key, and reads them with who wrote them last', async () => {
    const { crm, service, editByHand } = open();
    const first = expectOk(await crm.upsertRows([policy('own:1', '{"a":1}'), policy(nasty, '{"b":1}')]));
    expect(first.map(({ key, problem }) => [key, problem])).toEqual([
      ['own:1', null],
      [nasty, null],
    ]);
    // The same key twice in one call: the later word counts.
    const again = expectOk(await crm.upsertRows([policy('own:1', '{"a":2}'), policy('own:1', '{"a":3}')]));
    expect(again.map(({ id }) => id)).toEqual([first[0]?.id, first[0]?.id]);
    const rows = expectOk(await crm.readRows('GuardrailPolicy__c', { keys: ['own:1', nasty, 'own:none'] }));
    expect(rows).toHaveLength(2);
    expect(rows.find(({ key }) => key === 'own:1')).toMatchObject({
      id: first[0]?.id,
      fields: { rule: 'own-rows', settings: '{"a":3}', version: 3, effectiveFrom: '2026-11-22T03:00:00.000Z' },
    });
    expect(rows.every(({ modifiedById }) => modifiedById.slice(0, 15) === service.slice(0, 15))).toBe(true);
    const admin = await editByHand(first[0]?.id ?? '');
    const edited = expectOk(await crm.readRows('GuardrailPolicy__c', { keys: ['own:1'] }));
    expect(edited.map(({ modifiedById }) => modifiedById.slice(0, 15))).toEqual([admin.slice(0, 15)]);
  });

  test('takes 450 rows, and one that is refused takes no other along', async () => {
    const { crm } = open();
    const rows = Array.from({ length: 450 }, (_one, index) =>
      policy(`many:${index}`, '{}', index === 201 ? { fields: { version: 'three' } } : {}),
    );
    const answers = expectOk(await crm.upsertRows(rows));
    expect(answers.map(({ key }) => key)).toEqual(rows.map(({ key }) => key));
    expect(answers.filter(({ problem }) => problem !== null)).toEqual([
      { key: 'many:201', id: null, problem: expect.stringMatching(/.+/) },
    ]);
    const read = expectOk(await crm.readRows('GuardrailPolicy__c', { keys: rows.map(({ key }) => key) }));
    expect(read).toHaveLength(449);
  });

  test('finds rows by their fields, whatever a value says', async () => {
    const { crm } = open();
    expectOk(await crm.upsertRows([policy('found:1', '{}', { fields: { rule: 'found', scope: nasty, version: 1 } })]));
    const keysOf = async (where: Parameters<Crm['readRows']>[1]['where']): Promise<readonly string[]> =>
      expectOk(await crm.readRows('GuardrailPolicy__c', { where: { rule: 'found', ...where }, limit: 10 })).map(
        ({ key }) => key,
      );
    expect(await keysOf({ scope: nasty, version: 1, effectiveFrom: null })).toEqual(['found:1']);
    expect(await keysOf({ scope: [nasty, 'all'], version: [1, 2] })).toEqual(['found:1']);
    expect(await keysOf({ scope: "' OR Name != '" })).toEqual([]);
    expect(await keysOf({ scope: [] })).toEqual([]);
    const refused = await crm.readRows('GuardrailPolicy__c', { where: { 'Name = NULL OR Id': 'x' } });
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining('is not a field') } });
  });

  test('refers to rows of our own by their key, and says which is not there', async () => {
    const { crm } = open();
    const mode = (key: string, partner: string): OwnRow => ({
      object: 'FunctionMode__c',
      key,
      fields: { function: 'telemetry', mode: 'off' },
      refs: { partner: { object: 'Partner__c', key: partner } },
    });
    const answers = expectOk(await crm.upsertRows([mode('telemetry:aws', 'aws'), mode('telemetry:none', 'none')]));
    expect(answers).toMatchObject([
      { key: 'telemetry:aws', problem: null },
      { key: 'telemetry:none', id: null, problem: 'there is no Partner__c none' },
    ]);
    const [row] = expectOk(await crm.readRows('FunctionMode__c', { keys: ['telemetry:aws'] }));
    const [aws] = expectOk(await crm.readRows('Partner__c', { keys: ['aws'] }));
    expect(row?.fields.partner).toBe(aws?.id);
    expect(
      expectOk(await crm.readRows('FunctionMode__c', { where: { partner: aws?.id ?? '' } })).length,
    ).toBeGreaterThan(0);
  });

  test('writes what came of a request, twice as once, and nothing longer than a record holds', async () => {
    const { crm, makeRequest, readRequest } = open();
    const id = await makeRequest();
    expect(expectOk(await crm.readRequest(id))).toMatchObject({
      id,
      kind: 'stop',
      subject: 'partner:nobody',
      opportunityId: null,
    });
    for (let time = 0; time < 2; time += 1)
      expectOk(await crm.answerRequest(id, { state: 'done', message: 'Stopped.', result: { halfDone: [] } }));
    expect(await readRequest(id)).toEqual({ state: 'done', message: 'Stopped.', result: '{"halfDone":[]}' });
    const long = await crm.answerRequest(id, { state: 'refused', message: '', result: 'x'.repeat(131_072) });
    expect(long).toMatchObject({ ok: false, error: { kind: 'rejected', message: expect.stringContaining('131072') } });
    expect((await readRequest(id)).state).toBe('done');
    expect((await crm.answerRequest('not an id', { state: 'done', message: '' })).ok).toBe(false);
  });

  test('tells who somebody is: rights from permission sets, and everybody above', async () => {
    const { crm, people } = open();
    const { seller, manager, admin, gone } = await people();
    const rightsOf = async (id: string) => expectOk(await crm.readPersonRights(id, 0));
    expect(await rightsOf(seller)).toMatchObject({ id: seller, active: true, permissions: [], above: [manager] });
    expect((await rightsOf(manager))?.permissions).toEqual(
      expect.arrayContaining(['TandemStopAgents', 'TandemApprovePartners']),
    );
    expect((await rightsOf(admin))?.permissions).toContain('TandemManageGuardrails');
    expect(await rightsOf(gone)).toMatchObject({ active: false });
    expect(await rightsOf(`${seller.slice(0, 12)}zzz`)).toBeNull();
    expect((await crm.readPersonRights("' OR Id != '", 0)).ok).toBe(false);
  });
};
