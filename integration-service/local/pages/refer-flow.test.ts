import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FlowInterview, type FlowWorld, type ShownScreen } from './browser/data/flow-interview.ts';
import { readPackage } from './package/read-package.ts';

const projectRoot = path.resolve(import.meta.dirname, '../../..');
const { flows } = readPackage(
  ['force-app', 'unpackaged'].map((folder) => path.join(projectRoot, folder)),
  '',
);
const mapping = { Id: 'm1', Target__c: 'Project.Title', Label__c: 'Title', Source__c: 'Opportunity.Name' };

interface Run {
  readonly first: ShownScreen | undefined;
  readonly interview: FlowInterview;
  readonly written: Record<string, unknown>[];
}

/** The package's own list button, in an org with these partners. */
const press = async (partners: readonly { Id: string; Name: string }[], ids: readonly string[]): Promise<Run> => {
  const written: Record<string, unknown>[] = [];
  const query = (soql: string): Promise<Record<string, unknown>[]> => {
    if (soql.includes('FieldMapping__c')) return Promise.resolve([mapping]);
    const [, not] = /Id != '(\w+)'/.exec(soql) ?? [];
    const [, only] = /Id = '(\w+)'/.exec(soql) ?? [];
    const found = partners.filter(({ Id }) => Id !== not && (only === undefined || Id === only));
    return Promise.resolve(found.map((partner) => ({ ...partner, Network__c: 'aws-ace' })));
  };
  const world: FlowWorld = {
    flows,
    labels: { Flow_Refer_Deals: 'Deals to refer:', Referral_NoPartner: 'No partner is set up yet.' },
    records: {
      query,
      create: (records) => {
        written.push(...records);
        return Promise.resolve();
      },
    },
    now: () => new Date('2026-11-21T12:00:00.000Z'),
  };
  const flow = flows['Tandem_Refer_to_Partner'];
  if (flow === undefined) throw new Error('The package has no flow Tandem_Refer_to_Partner.');
  const interview = new FlowInterview(flow, world, { ids });
  return { first: await interview.start(), interview, written };
};

const aws = { Id: 'a01', Name: 'AWS' };
const other = { Id: 'a02', Name: 'Globex' };
const ids = ['006A', '006B', '006C'];

describe('referring many deals from a list', () => {
  test('with one partner there is nothing to choose: what will be sent is the first screen', async () => {
    const { first, interview, written } = await press([aws], ids);
    expect(first).toMatchObject({ label: 'What will be sent', allowBack: false });
    expect(first?.fields[0]?.text).toContain('Deals to refer: <b>3</b>');
    expect(first?.fields[0]?.text).toContain('Title');
    await interview.next({});
    expect(written.map((row) => [row['Opportunity__c'], row['Partner__c']])).toEqual(ids.map((id) => [id, 'a01']));
  });

  test('with several partners one is chosen, and going back is possible', async () => {
    const { first, interview, written } = await press([aws, other], ids);
    expect(first?.label).toBe('Choose a partner');
    expect(await interview.next({ partner: 'a02' })).toMatchObject({ label: 'What will be sent', allowBack: true });
    await interview.next({});
    expect(written.map((row) => row['Partner__c'])).toEqual(['a02', 'a02', 'a02']);
  });

  test('without a partner it says what an administrator does', async () => {
    const { first } = await press([], ids);
    expect(first?.fields[0]?.text).toContain('No partner is set up yet.');
  });

  test('without a deal it says what to do first', async () => {
    expect((await press([aws], [])).first?.label).toBe('Nothing selected');
  });
});
