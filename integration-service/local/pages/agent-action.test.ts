import path from 'node:path';
import { expect, test } from '@jest/globals';
import { FlowInterview } from './browser/data/flow-interview.ts';
import { readPackage } from './package/read-package.ts';

const projectRoot = path.resolve(import.meta.dirname, '../../..');
const { flows } = readPackage([path.join(projectRoot, 'force-app')], '');

test('the action for agents takes no word of what a person was shown, and says that an agent asked', async () => {
  const flow = flows['Tandem_Refer_Opportunity'];
  if (flow === undefined) throw new Error('The package has no flow Tandem_Refer_Opportunity.');
  expect(flow.variables.filter(({ isInput }) => isInput).map(({ name }) => name)).toEqual([
    'opportunityIds',
    'partnerId',
  ]);
  const written: Record<string, unknown>[] = [];
  const interview = new FlowInterview(
    flow,
    {
      flows,
      labels: {},
      records: {
        query: () => Promise.resolve([]),
        create: (records) => {
          written.push(...records);
          return Promise.resolve();
        },
      },
      now: () => new Date('2026-11-21T12:00:00.000Z'),
    },
    { opportunityIds: ['006A', '006B'], partnerId: 'a01' },
  );
  await interview.start();
  expect(written).toMatchObject([
    { Opportunity__c: '006A', Partner__c: 'a01', Surface__c: 'agent', Kind__c: 'refer' },
    { Opportunity__c: '006B', Partner__c: 'a01', Surface__c: 'agent', Kind__c: 'refer' },
  ]);
  expect(written.map((row) => row['Input__c'] ?? null)).toEqual([null, null]);
});
