import { describe, expect, test } from '@jest/globals';
import type { Subrequest } from './client.ts';
import type { Descriptions } from './descriptions.ts';
import { Namespace } from './namespace.ts';
import { OrgReader } from './org-reader.ts';
import { SettingsReader } from './settings-reader.ts';

const minute = 60_000;

/** An org with one approved material and two customers; remembers which objects each call asked for. */
const world = (refused: readonly string[] = []) => {
  let at = Date.parse('2026-11-21T10:00:00.000Z');
  const asked: string[][] = [];
  const records: Readonly<Record<string, readonly unknown[]>> = {
    materials: [
      {
        LastModifiedById: '005',
        Key__c: 'positioning:who:v1',
        Kind__c: 'positioning',
        Title__c: 'Who',
        Body__c: '{}',
        Status__c: 'approved',
        Version__c: 1,
        Partner__r: { Key__c: 'aws' },
        ApprovedBy__r: null,
      },
    ],
    company: [{ Name: 'Northwind Software' }],
    customers: [{ Name: 'Meridian Bank' }, { Name: ' ' }],
  };
  const client = {
    query: async () => [],
    composite: async (subrequests: readonly Subrequest[]) => {
      asked.push(subrequests.map(({ referenceId }) => referenceId));
      return new Map(
        subrequests.map(({ referenceId }) => [
          referenceId,
          refused.includes(referenceId)
            ? { status: 400, body: [{ errorCode: 'INVALID_TYPE', message: 'not here' }], referenceId }
            : {
                status: 200,
                body: { done: true, totalSize: 1, records: records[referenceId] ?? [] },
                referenceId,
              },
        ]),
      );
    },
  } as unknown as ConstructorParameters<typeof OrgReader>[0];
  const namespace = new Namespace('');
  const reader = new SettingsReader(
    new OrgReader(client, namespace),
    namespace,
    { now: () => new Date(at).toISOString() },
    {} as Descriptions,
  );
  return { reader, asked, wait: (ms: number) => (at += ms) };
};

describe('what texts are judged by', () => {
  test('is read in the one call that reads the settings', async () => {
    const { reader, asked } = world();
    expect((await reader.settings(minute)).language).toEqual({
      company: 'Northwind Software',
      otherCustomers: ['Meridian Bank'],
      materials: [
        {
          key: 'positioning:who:v1',
          kind: 'positioning',
          title: 'Who',
          body: '{}',
          status: 'approved',
          version: 1,
          partner: 'aws',
          approver: null,
          modifiedById: '005',
        },
      ],
    });
    expect(asked).toHaveLength(1);
  });

  test('names of customers are asked for every quarter of an hour, and stay when a change is heard of', async () => {
    const { reader, asked, wait } = world();
    const before = await reader.settings(minute);
    wait(2 * minute);
    reader.forget();
    const after = await reader.settings(minute);
    expect(asked.map((names) => names.includes('customers'))).toEqual([true, false]);
    // The very same list: its index is made once.
    expect(after.language.otherCustomers).toBe(before.language.otherCustomers);
    wait(14 * minute);
    await reader.settings(minute);
    expect(asked.at(-1)).toContain('customers');
  });

  test('an org that refuses it leaves the rest of the settings as it is; one that refuses the policies does not', async () => {
    const { reader } = world(['materials', 'customers', 'company']);
    expect((await reader.settings(minute)).language).toEqual({ company: '', otherCustomers: [], materials: [] });
    await expect(world(['policies']).reader.settings(minute)).rejects.toThrow('not here');
  });
});
