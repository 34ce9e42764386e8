import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { present } from '../../../test/support/present.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { examineEvidence, renewEvidence } from './renew-evidence.ts';

let world: WorkingOrg;
let grantId: string;
beforeAll(async () => {
  world = await openWorkingOrg();
  grantId = present((await world.query<{ Id: string }>('SELECT Id FROM PartnerGrant__c'))[0]).Id;
});
afterAll(() => world?.close());

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const setCheckedAt = (at: string | null): Promise<unknown> =>
  world.org.call('admin', 'PATCH', `sobjects/PartnerGrant__c/${grantId}`, { EvidenceCheckedAt__c: at });
const checkedAgeDays = async (): Promise<number> => {
  const [row] = await world.query<{ EvidenceCheckedAt__c: string }>(
    `SELECT EvidenceCheckedAt__c FROM PartnerGrant__c WHERE Id = '${grantId}'`,
  );
  return (Date.now() - Date.parse(present(row).EvidenceCheckedAt__c)) / 86_400_000;
};
/** The org, with a network that does not answer our credentials. */
const refusing = (): OrgRuntime => {
  const { runtime } = world.open;
  const error = { kind: 'unauthorized', retry: 'never', message: 'no policy', problems: [] } as const;
  const portals = new Map(
    [...runtime.portals].map(([network, portal]) => [
      network,
      Object.create(portal, {
        probe: { value: () => Promise.resolve({ ok: false, error }) },
        network: { value: network },
      }),
    ]),
  ) as OrgRuntime['portals'];
  return { ...runtime, portals };
};

beforeEach(() => setCheckedAt(daysAgo(89)));

test('a good answer of the network gives the grant its date, so that day 91 is a day like any other', async () => {
  expect(await renewEvidence(world.open.runtime)).toBe(1);
  expect(await checkedAgeDays()).toBeLessThan(1);
  expect(await renewEvidence(world.open.runtime)).toBe(0);
});

test('a grant whose evidence is too old can be mended, and the deal is filed', async () => {
  await setCheckedAt(daysAgo(91));
  const deal = await world.makeDeal();
  await world.refer(deal);
  expect(await world.referral(deal, ['State__c', 'BlockedBy__c'])).toEqual({
    State__c: 'blocked',
    BlockedBy__c: 'sanctioned-environment',
  });
  expect(await examineEvidence(world.open.runtime)).toBe('aws:aws-ace checked today');
  const again = await world.makeDeal();
  await world.refer(again);
  expect(await world.referral(again, ['State__c'])).toEqual({ State__c: 'submitted' });
});

test('a network that refuses renews nothing, and the doctor warns before it is too late', async () => {
  expect(await renewEvidence(refusing())).toBe(0);
  expect(await checkedAgeDays()).toBeGreaterThan(88);
  await expect(examineEvidence(refusing())).rejects.toThrow('aws:aws-ace was last checked 89 days ago');
  await setCheckedAt(daysAgo(20));
  expect(await examineEvidence(refusing())).toBe('aws:aws-ace checked 20 days ago');
});

test('a grant that was countersigned or revoked is nobody’s to renew by asking the network', async () => {
  const set = (fields: Record<string, string>): Promise<unknown> =>
    world.org.call('admin', 'PATCH', `sobjects/PartnerGrant__c/${grantId}`, fields);
  for (const [change, back] of [
    [{ EvidenceKind__c: 'countersigned' }, { EvidenceKind__c: 'platform-terms' }],
    [{ Status__c: 'revoked' }, { Status__c: 'active' }],
  ] as const) {
    await set(change);
    expect(await renewEvidence(world.open.runtime)).toBe(0);
    await set(back);
  }
});
