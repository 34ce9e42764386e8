import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ReferralState } from './referral.ts';

/** The compiler keeps this complete: a state that is new or gone is an error here. */
const states: Record<ReferralState, true> = {
  'needs-answers': true,
  'waiting-approval': true,
  queued: true,
  filing: true,
  submitted: true,
  'in-review': true,
  'action-required': true,
  approved: true,
  rejected: true,
  blocked: true,
  failed: true,
};

const inPackage = (...path: string[]): string =>
  readFileSync(join(import.meta.dirname, '../../../../force-app/main/co-selling', ...path), 'utf8');

describe('the states of a referral', () => {
  test('are exactly those that the record in Salesforce can have', () => {
    const picklist = inPackage('objects', 'Referral__c', 'fields', 'State__c.field-meta.xml');
    const onRecord = [...picklist.matchAll(/<value>\s*<fullName>([^<]+)<\/fullName>/g)].map(([, state]) => state);
    expect(onRecord.sort()).toEqual(Object.keys(states).sort());
  });

  test('are exactly those that the panel has words for', () => {
    const [, list = ''] =
      /REFERRAL_STATES = \[([^\]]+)\]/.exec(inPackage('lwc', 'referralData', 'referralData.ts')) ?? [];
    const onPanel = [...list.matchAll(/'([^']+)'/g)].map(([, state]) => state);
    expect(onPanel.sort()).toEqual(Object.keys(states).sort());
  });
});
