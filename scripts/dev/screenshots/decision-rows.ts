import type { Connection, SaveResult } from 'jsforce';

/** What the rows hang on: records of the sample company, by id. */
export interface DecisionPlaces {
  readonly deal: string;
  readonly partner: string;
  readonly seller: string;
  readonly manager: string;
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const minutesAhead = (minutes: number): string => minutesAgo(-minutes);

/** Creates rows, 200 at a time, as the integration user does; one that is refused stops the pictures. */
export const createRows = async (
  integration: Connection,
  object: string,
  rows: readonly Row[],
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let start = 0; start < rows.length; start += 200) {
    const some = rows.slice(start, start + 200).map((row) => ({ ...row }));
    const results = (await integration.sobject(object).create(some, { allOrNone: true })) as SaveResult[];
    for (const result of results) {
      if (!result.success) throw new Error(`${object} was refused: ${JSON.stringify(result.errors)}`);
      ids.push(result.id);
    }
  }
  return ids;
};

const fiveParts = JSON.stringify([
  { part: 'system-of-record', held: true, why: 'Every value that was sent stands on a record.' },
  { part: 'closes-the-loop', held: true, why: 'The partner’s answer is read back.' },
  { part: 'live-context', held: true, why: 'The deal was read 2 seconds before it was sent.' },
  { part: 'sanctioned', held: true, why: 'The partner allows this action on these fields.' },
  { part: 'auditable', held: true, why: 'It stands in the ledger.' },
]);

const rules = JSON.stringify([
  {
    rule: 'consent',
    ruleVersion: 1,
    policyVersion: 1,
    answer: 'allow',
    reason: 'The click names every value that is sent.',
    read: ['what was shown'],
  },
  {
    rule: 'amount-per-action',
    ruleVersion: 1,
    policyVersion: 3,
    policyScope: 'partner:aws',
    answer: 'needs-approval',
    reason: 'The deal is worth 480,000; an agent acts alone up to 250,000.',
    approvedBy: 'Max Manager',
    read: ['deal amount'],
  },
  {
    rule: 'data-sharing',
    ruleVersion: 2,
    policyVersion: 1,
    answer: 'allow',
    reason: 'All 37 fields are covered by the partner’s grant.',
    read: ['grant', 'fields to be sent'],
  },
]);

const facts = JSON.stringify([
  { name: 'deal', source: 'Opportunity', readAt: minutesAgo(26), ageSeconds: 2 },
  { name: 'grant', source: 'PartnerGrant__c', readAt: minutesAgo(26), ageSeconds: 41 },
  { name: 'partner-health', source: 'Partner__c', readAt: minutesAgo(26), ageSeconds: 5_400 },
]);

/** How many decisions of agents alone there are beside those of the deal. */
const decidedAlone = 14;

/** Three decisions about one deal, one with a dispute that was answered, and what agents decided alone this week. */
export const writeDecisions = async (
  integration: Connection,
  { deal, partner, seller, manager }: DecisionPlaces,
): Promise<{ readonly decision: string; readonly dispute: string }> => {
  const [agent = ''] = await createRows(integration, 'Agent__c', [
    {
      Name: 'Co-selling agent',
      Key__c: 'picture:co-selling',
      Kind__c: 'orchestration',
      Function__c: 'co-selling',
      Active__c: true,
      Manager__c: manager,
    },
  ]);
  const about: Row = { Opportunity__c: deal, Partner__c: partner, Function__c: 'co-selling', OwnerId: seller };
  const [filed = ''] = await createRows(integration, 'Decision__c', [
    {
      ...about,
      Key__c: 'picture:refer',
      Kind__c: 'action',
      UseCase__c: 'refer',
      Answer__c: 'needs-approval',
      State__c: 'done',
      Agent__c: agent,
      RequestedBy__c: seller,
      DecidedAt__c: minutesAgo(26),
      Says__c: 'Harbor Logistics was referred to AWS as O4711803, after Max Manager had approved it.',
      Rules__c: rules,
      Facts__c: facts,
      Effects__c: JSON.stringify([
        { step: 'file', operation: 'create-opportunity', at: minutesAgo(25), state: 'done', says: 'AWS gave O4711803' },
        { step: 'submit', operation: 'start-review', at: minutesAgo(25), state: 'done', says: 'AWS reviews it' },
      ]),
      FiveParts__c: fiveParts,
      Hash__c: '5f2a91c07be4d3568f1e0a4c9d7b2836e1f05ac47d9b38620cf41e7a85d2b963',
      LedgerFrom__c: 1_204,
      LedgerTo__c: 1_211,
      Amount__c: 480_000,
      PartnerOfRecord__c: 'AWS',
      Attribution__c: 'Sally Seller, who asked first',
      Replay__c: JSON.stringify({
        at: minutesAgo(3),
        asOfThen: 'same',
        today: 'different',
        differences: [{ rule: 'amount-per-action', was: 'needs-approval', is: 'allow' }],
      }),
    },
    {
      ...about,
      Key__c: 'picture:correct',
      Kind__c: 'action',
      UseCase__c: 'update-referral',
      Answer__c: 'deny',
      State__c: 'refused',
      Agent__c: agent,
      DecidedAt__c: minutesAgo(12),
      Says__c: 'A new close date was not sent to AWS: the deal is under review there.',
      Rules__c: rules,
      Facts__c: facts,
      Effects__c: '[]',
      FiveParts__c: fiveParts,
      Hash__c: 'c07be4d3568f1e0a4c9d7b2836e1f05ac47d9b38620cf41e7a85d2b9635f2a91',
      LedgerFrom__c: 1_230,
      LedgerTo__c: 1_233,
    },
    {
      ...about,
      Key__c: 'picture:mode',
      Kind__c: 'mode',
      Answer__c: 'allow',
      State__c: 'judged',
      RequestedBy__c: manager,
      DecidedAt__c: minutesAgo(60 * 24 * 2),
      Says__c: 'Agents assist with co-selling for AWS; before, they were off.',
      Hash__c: '8f1e0a4c9d7b2836e1f05ac47d9b38620cf41e7a85d2b9635f2a91c07be4d356',
      LedgerFrom__c: 811,
      LedgerTo__c: 811,
    },
  ]);
  await createRows(
    integration,
    'Decision__c',
    Array.from({ length: decidedAlone }, (_, index) => ({
      Partner__c: partner,
      Function__c: 'co-selling',
      OwnerId: seller,
      Key__c: `picture:alone:${index}`,
      Kind__c: 'action',
      UseCase__c: 'read-review',
      Answer__c: 'allow',
      State__c: 'done',
      Agent__c: agent,
      DecidedAt__c: minutesAgo(index * 3),
      Says__c: 'The review of a deal was read at AWS.',
    })),
  );
  const [dispute = ''] = await createRows(integration, 'Dispute__c', [
    {
      Key__c: 'picture:dispute',
      Decision__c: filed,
      OwnerId: seller,
      OpenedBy__c: seller,
      OpenedAt__c: minutesAgo(20),
      Question__c: 'Why did this wait for Max? My last deal of this size went to AWS at once.',
      State__c: 'answered',
      Reconstruction__c: JSON.stringify([
        { at: minutesAgo(27), says: 'Sally Seller asked for it from the deal’s page.' },
        { at: minutesAgo(26), says: 'It was judged; the amount needed a person.' },
        { at: minutesAgo(26), says: 'Max Manager approved it.' },
        { at: minutesAgo(25), says: 'AWS gave O4711803.' },
      ]),
      ReplayResult__c: JSON.stringify({ at: minutesAgo(20), asOfThen: 'same', today: 'same', differences: [] }),
      Answer__c:
        'Since Monday agents act alone up to 250,000 only; before, it was 500,000. I have asked for a higher limit for AWS.',
      AnsweredBy__c: manager,
      AnsweredAt__c: minutesAgo(5),
    },
  ]);
  return { decision: filed, dispute };
};

const waiting: readonly (readonly [says: string, amount: number, dueInMinutes: number, reason: string])[] = [
  ['Refer Harbor Logistics to AWS', 480_000, -35, 'The deal is worth more than an agent may refer alone.'],
  ['Refer Granite Bank to AWS', 1_250_000, 20, 'The deal is worth more than an agent may refer alone.'],
  ['Send a new close date of Alpine Foods to AWS', 96_000, 90, 'AWS is reviewing the deal; a change restarts it.'],
  ['Give Copper Mills 18 % discount', 73_500, 240, 'A discount between 15 % and 25 % is a person’s decision.'],
  ['Refer Lakeside Clinics to AWS', 210_000, 60 * 20, 'Today’s referrals come to more than 1,000,000.'],
];

/** What waits for a manager, in this order, with one row whose facts changed and two answers that can be taken back. */
export const writeApprovals = async (
  integration: Connection,
  { deal, partner, seller, manager }: DecisionPlaces,
): Promise<void> => {
  const about: Row = {
    Opportunity__c: deal,
    Partner__c: partner,
    Function__c: 'co-selling',
    Office__c: 'sales-manager',
    OwnerId: manager,
    AssignedTo__c: manager,
    RequestedBy__c: seller,
  };
  const evidence = JSON.stringify({
    rules: [
      { rule: 'amount-per-action', policyVersion: 3, reason: 'Up to 250,000 an agent acts alone, above it asks.' },
    ],
    facts: [
      { label: 'Stage', value: 'Negotiation' },
      { label: 'Closes', value: 'in 34 days' },
      { label: 'Partner health', value: '72' },
    ],
    wouldDo: ['File the deal at AWS', 'Send 37 fields, 4 of them personal', 'Start AWS’s review'],
  });
  await createRows(integration, 'Approval__c', [
    ...waiting.map(([says, amount, due, reason], index) => ({
      ...about,
      Key__c: `picture:waits:${index}`,
      Says__c: says,
      Reason__c: reason,
      Evidence__c: evidence,
      Amount__c: amount,
      DueAt__c: minutesAhead(due),
      State__c: 'open',
      EscalatedAt__c: due < 0 ? minutesAgo(5) : null,
      ChangedFacts__c: index === 1 ? JSON.stringify([{ label: 'Amount', was: '980,000', is: '1,250,000' }]) : null,
    })),
    ...['approve', 'reject'].map((answer, index) => ({
      ...about,
      Key__c: `picture:answered:${index}`,
      Says__c: index === 0 ? 'Refer Kita Software to AWS' : 'Refer Verde Foods to AWS',
      State__c: 'answered',
      Answer__c: answer,
      AnsweredBy__c: manager,
      AnsweredAt__c: minutesAgo(index + 1),
      UndoUntil__c: minutesAhead(4 - index),
    })),
  ]);
};
