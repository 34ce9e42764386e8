import { expect, test } from '@jest/globals';
import { AWS_ACE_TERMS, DEFAULT_MAPPING } from '../../../connectors/aws-ace/index.ts';
import { zoneOfField } from '../../../domain/framework/ownership.ts';
import { evaluate } from '../../../domain/guardrails/evaluate.ts';
import { ownershipZone } from '../../../domain/guardrails/policies/ownership-zone.ts';
import { goodGrant, goodProposal, goodSituation, NOW } from '../../../../test/support/guardrail-case.ts';
import { ownershipSituation } from './ownership.ts';

const grant = { ...goodGrant, actions: [...AWS_ACE_TERMS.actions], fields: [...AWS_ACE_TERMS.fields] };

const judged = (targets: readonly string[], under: typeof grant | null) => {
  const proposal = {
    ...goodProposal,
    disclosed: targets.map((target) => ({
      target,
      label: target,
      sourceKind: 'record' as const,
      personal: false,
      fingerprint: '',
    })),
  };
  const disclosed = proposal.disclosed.map((one) => ({ ...one, value: '', source: '' }));
  const ownership = ownershipSituation({ useCase: proposal.useCase, disclosed }, [
    { record: 'Opportunity', field: 'UseCase__c' },
    { record: 'Account', field: 'Website' },
  ]);
  const facts = {
    ...goodSituation,
    grant: under,
    mode: null,
    policies: [],
    killSwitches: [],
    underWay: [],
    now: NOW,
    ownership,
  };
  return evaluate(proposal, [ownershipZone], facts);
};

test('every value that the mapping can send, and every field that keeps an answer, belongs to somebody', () => {
  const homes = DEFAULT_MAPPING.flatMap(({ answerHome }) => (answerHome === '' ? [] : [answerHome]));
  expect([...AWS_ACE_TERMS.fields, ...homes].filter((field) => zoneOfField(field) === null)).toEqual([]);
});

test('all of it may be written under the grant of the network’s terms', () => {
  expect(judged(AWS_ACE_TERMS.fields, grant)).toMatchObject({ answer: 'allow' });
});

test.each([
  ['the review, which is AWS’s alone', ['LifeCycle.ReviewStatus'], grant, /LifeCycle\.ReviewStatus, and its grant/],
  ['a field that nobody has put anywhere', ['Secrets.Name'], grant, /controls Secrets\.Name/],
  ['what both manage, without a grant', ['Project.Title'], null, /The partner has a say/],
  [
    'what both manage, after the partner revoked it',
    ['Project.Title'],
    { ...grant, status: 'revoked' as const, revokedBy: 'partner' as const },
    /revoked by the partner/,
  ],
])('nothing writes %s', (_says, targets, under, why) => {
  expect(judged(targets, under).judgements).toMatchObject([{ answer: 'deny', reason: expect.stringMatching(why) }]);
});
