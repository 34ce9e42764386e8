import type { RunningOrg } from '../../local/org/start-org.ts';

const stages = ['Prospecting', 'Qualification', 'Value Proposition', 'Proposal/Price Quote', 'Negotiation/Review'];
const sources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const types = ['New Customer', 'Existing Customer - Upgrade', 'Existing Customer - Replacement'];

const pick = <One>(list: readonly One[], index: number): One => list[index % list.length] as One;

/**
 * Puts open deals into an org, a few on each account, all of them followed by the event channel, as if every one had been
 * referred: each write to one of them would be an event. Gives their ids.
 */
export const putOpenDeals = (
  org: RunningOrg,
  {
    count,
    from,
    today,
    owner,
    accounts,
  }: {
    readonly count: number;
    /** Counts on, so that no two are the same. */
    readonly from: number;
    readonly today: string;
    readonly owner: string;
    readonly accounts: readonly string[];
  },
): Promise<readonly string[]> =>
  org.restore((put) =>
    put(
      'Opportunity',
      Array.from({ length: count }, (_, index) => {
        const number = from + index;
        const at = new Date(Date.parse(today) - (1 + (number % 180)) * 86_400_000);
        const close = new Date(Date.parse(today) + (number % 97) * 86_400_000);
        return [
          {
            at: at.toISOString(),
            by: owner,
            values: {
              Name: `Open deal ${number}`,
              OwnerId: owner,
              AccountId: pick(accounts, number * 7),
              StageName: pick(stages, number),
              Amount: 5_000 + ((number * 7_919) % 400_000),
              CloseDate: close.toISOString().slice(0, 10),
              LeadSource: pick(sources, number * 3),
              Type: pick(types, number * 5),
              TandemTracked__c: true,
            },
          },
        ] as const;
      }),
    ),
  );
