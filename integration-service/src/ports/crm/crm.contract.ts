import { expect, test } from '@jest/globals';
import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';
import type { Crm, MissedRequest, ReferralWrite } from './crm.ts';
import type { RequestKind } from './request-kind.ts';

/** What the world around a CRM must offer so that its behaviour can be shown. */
export interface CrmWorld {
  readonly crm: Crm;
  /** A deal of its own each time, with one contact. */
  makeDeal(): Promise<string>;
  /** The id of the partner with this key, which is there. */
  partnerId(key: string): Promise<string>;
  /** Somebody who may edit the deals asks for something. Gives request and person. */
  ask(kind: RequestKind, deal: string, partner: string): Promise<{ readonly id: string; readonly by: string }>;
  /** Makes a request whose state nobody has set. */
  askWithoutState(deal: string, partner: string): Promise<string>;
}

const sourcePaths = [
  'Opportunity.Account.Website',
  'Opportunity.Owner.Email',
  'Opportunity.UseCase__c',
  'Contacts[0].Email',
];

const expectOk = <Value>(result: Result<Value, PortError>): Value => {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
};

/** What every CRM must do. Run inside a `describe`, with a world of its own. */
export const describeCrm = (open: () => CrmWorld): void => {
  const filing = async (): Promise<{
    write: ReferralWrite;
    deal: string;
    partner: string;
    request: string;
    by: string;
  }> => {
    const { makeDeal, partnerId, ask } = open();
    const [deal, partner] = [await makeDeal(), await partnerId('aws')];
    const { id: request, by } = await ask('refer', deal, partner);
    const write: ReferralWrite = {
      referral: {
        key: `${deal}:aws:1`,
        identity: {
          opportunityId: deal,
          partnerId: partner,
          ownerId: null,
          attempt: 1,
          requestedBy: by,
          clickedAt: null,
          correlationId: '00000000-0000-8000-a000-000000000001',
          sharedWith: null,
        },
        fields: { state: 'filing', step: 'recorded' },
        values: [
          {
            target: 'Customer.Account.CompanyName',
            label: 'Company',
            value: 'Northwind',
            source: 'answered by a person',
            sourceKind: 'person',
            personal: false,
            sortOrder: 1,
            answeredBy: by,
          },
        ],
      },
      request: { id: request, state: 'taken', message: '' },
      kept: [],
    };
    return { write, deal, partner, request, by };
  };

  test('reads everything about a request at one moment, in our names', async () => {
    const { crm } = open();
    const { deal, partner, request, by } = await filing();
    const context = expectOk(await crm.readRequestContext(request, deal, partner, by, sourcePaths));
    expect(context).toMatchObject({
      request: { id: request, kind: 'refer', state: 'new', opportunityId: deal, requestedBy: by },
      deal: {
        Opportunity: { Id: deal, Account: { Website: expect.any(String) }, Owner: { Email: expect.any(String) } },
      },
      referrals: [],
      partners: [{ id: partner, key: 'aws', network: 'aws-ace', active: true }],
      requesterMayEditDeal: true,
    });
    expect(context.deal?.Opportunity).toHaveProperty('UseCase__c');
    expect(context.deal).toMatchObject({ Contacts: [{ Id: expect.any(String), Email: expect.any(String) }] });
  });

  test('writes referral, values and request in one call, and the same again changes nothing', async () => {
    const { crm } = open();
    const { write, deal, partner, request, by } = await filing();
    const first = expectOk(await crm.write(write));
    const again = expectOk(await crm.write(write));
    expect(first.referralId).toMatch(/^[A-Za-z0-9]{18}$/);
    expect(again.referralId).toBe(first.referralId);
    const context = expectOk(await crm.readRequestContext(request, deal, partner, by, sourcePaths));
    expect(context.request?.state).toBe('taken');
    expect(context.referrals).toMatchObject([
      {
        id: first.referralId,
        key: `${deal}:aws:1`,
        state: 'filing',
        partnerKey: 'aws',
        answers: { 'Customer.Account.CompanyName': { value: 'Northwind', by, byName: expect.stringMatching(/.+/) } },
      },
    ]);
  });

  test('tells which fields of the mapping somebody may not see, and takes one that is not there for hidden', async () => {
    const { crm } = open();
    const { by } = await filing();
    const paths = [...sourcePaths, 'Opportunity.NoSuchField__c', 'Opportunity.NoSuchParent.Name', 'Nothing.Name'];
    const access = expectOk(await crm.readFieldAccess(by, paths, 0));
    expect(access).toMatchObject({ hidden: paths.slice(sourcePaths.length), locked: [] });
    expect(Date.parse(access.readAt)).not.toBeNaN();
  });

  test('keeps what it can on the deal, and says what it could not', async () => {
    const { crm } = open();
    const { write, deal } = await filing();
    const kept = [
      { record: 'Opportunity' as const, id: deal, fields: { UseCase__c: 'Analytics' } },
      { record: 'Opportunity' as const, id: deal, fields: { NoSuchField__c: 'x' } },
    ];
    const { referralId, warnings } = expectOk(await crm.write({ ...write, kept }));
    expect(referralId).not.toBeNull();
    expect(warnings).toEqual([expect.stringContaining('NoSuchField__c of the Opportunity could not be kept')]);
  });

  test('changes many referrals by key, and names those that were not accepted', async () => {
    const { crm } = open();
    const { write, deal, partner, request, by } = await filing();
    expectOk(await crm.write(write));
    const problems = expectOk(
      await crm.updateReferrals([
        { key: `${deal}:aws:1`, fields: { state: 'submitted' } },
        { key: `${deal}:aws:2`, fields: { state: 'no such state' } },
      ]),
    );
    expect(problems).toEqual([{ key: `${deal}:aws:2`, problem: expect.stringMatching(/.+/) }]);
    const context = expectOk(await crm.readRequestContext(request, deal, partner, by, sourcePaths));
    expect(context.referrals[0]?.state).toBe('submitted');
  });

  test('reads and writes of several deals at once are each answered for themselves', async () => {
    const { crm } = open();
    const all = [await filing(), await filing(), await filing(), await filing()];
    const read = await Promise.all(
      all.map(({ request, deal, partner, by }) => crm.readRequestContext(request, deal, partner, by, sourcePaths)),
    );
    for (const [index, { request, deal }] of all.entries()) {
      const context = read[index]?.ok ? read[index].value : null;
      expect(context?.request?.id).toBe(request);
      expect(context?.deal?.Opportunity.Id).toBe(deal);
      expect(context?.referrals).toEqual([]);
    }
    const written = await Promise.all(
      all.map(({ write }, index) =>
        crm.write(
          index === 2 && write.referral
            ? { ...write, referral: { ...write.referral, fields: { state: 'no such state' } } }
            : write,
        ),
      ),
    );
    expect(written.map(({ ok }) => ok)).toEqual([true, true, false, true]);
    const ids = written.flatMap((one) => (one.ok ? [one.value.referralId] : []));
    expect(new Set(ids).size).toBe(3);
    for (const [index, { request, deal, partner, by }] of all.entries()) {
      const { referrals } = expectOk(await crm.readRequestContext(request, deal, partner, by, sourcePaths));
      expect(referrals.map(({ key }) => key)).toEqual(index === 2 ? [] : [`${deal}:aws:1`]);
    }
  });

  test('finds requests that nobody ended, one without a state among them, and no other', async () => {
    const { crm, askWithoutState } = open();
    const { request, deal, partner, write } = await filing();
    const stateless = await askWithoutState(deal, partner);
    /** A request a page, so that many of one second are told apart. */
    const missed = async (): Promise<readonly string[]> => {
      const found: MissedRequest[] = [];
      for (;;) {
        const page = expectOk(await crm.findMissedRequests(1, found.at(-1)));
        if (page.length === 0) return found.map(({ id }) => id);
        found.push(...page);
      }
    };
    expect(await missed()).toEqual(expect.arrayContaining([request, stateless]));
    expectOk(await crm.write({ kept: [], request: { id: request, state: 'done', message: '' } }));
    expect(await missed()).not.toContain(request);
    expect(write.request?.id).toBe(request);
  });

  test('seeds a row once, and never over one that is there', async () => {
    const { crm } = open();
    const row = {
      object: 'GuardrailPolicy__c' as const,
      key: 'contract',
      fields: { function: 'telemetry', rule: 'contract', settings: '{"a":1}', scope: 'all', version: 1 },
    };
    expect(expectOk(await crm.seed([row]))).toBe(1);
    expect(expectOk(await crm.seed([{ ...row, fields: { ...row.fields, settings: '{"a":2}' } }]))).toBe(0);
    const { policies } = expectOk(await crm.readSettings(0));
    expect(policies.find(({ rule }) => rule === 'contract')?.settings).toBe('{"a":1}');
  });

  test('remembers settings until it is told to forget', async () => {
    const { crm } = open();
    const first = expectOk(await crm.readSettings(0));
    expect(expectOk(await crm.readSettings(3_600_000)).readAt).toBe(first.readAt);
    expect(first.mapping.length).toBeGreaterThan(0);
  });

  test('gives the sign of life, and reads what is not there as nothing', async () => {
    const { crm } = open();
    expectOk(await crm.heartbeat('1.0.0', 'Working.'));
    const { request } = await filing();
    const nobody = `${request.slice(0, 12)}zzz`;
    expect(expectOk(await crm.readRequest(nobody))).toBeNull();
    expect(expectOk(await crm.readRequest(request))).toMatchObject({ id: request });
  });
};
