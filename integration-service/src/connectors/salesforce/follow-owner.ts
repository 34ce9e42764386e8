import type { SalesforceClient } from './client.ts';
import type { Namespace } from './namespace.ts';
import { ownersQuery, readAccessQuery } from './queries.ts';
import { openToEverybody, shareRecords } from './referral-shares.ts';
import { ownersRecord, saveResults } from './wire.ts';

/** What following an owner needs of the org; `update` gives the keys that were not accepted, with why. */
export interface OwnerFollowing {
  readonly client: Pick<SalesforceClient, 'request'>;
  readonly namespace: Namespace;
  readonly rows: (soql: string) => Promise<readonly Record<string, unknown>[]>;
  readonly update: (
    updates: readonly { readonly key: string; readonly fields: { readonly OwnerId: string } }[],
  ) => Promise<readonly { readonly key: string; readonly problem: string }[]>;
}

/**
 * Gives the referrals of a deal to whoever has the deal now. Salesforce drops what was shared by hand when a record gets
 * another owner, so whoever asked for the referral is let in again, if they still see the deal.
 */
export const followOwner = async (
  org: OwnerFollowing,
  opportunityId: string,
): Promise<readonly { readonly key: string; readonly problem: string }[]> => {
  const owned = (await org.rows(ownersQuery(org.namespace, opportunityId))).map((row) => ownersRecord.parse(row));
  const astray = owned.filter(({ OwnerId, Opportunity__r: deal }) => OwnerId !== deal.OwnerId);
  if (astray.length === 0) return [];
  const problems = await org.update(
    astray.map(({ Key__c: key, Opportunity__r: deal }) => ({ key, fields: { OwnerId: deal.OwnerId } })),
  );
  const stayed = new Set(problems.map(({ key }) => key));
  const shares: { readonly key: string; readonly referralId: string; readonly userId: string }[] = [];
  for (const { Id: referralId, Key__c: key, RequestedBy__c: userId, Opportunity__r: deal } of astray)
    if (!stayed.has(key) && userId !== null && userId !== deal.OwnerId) shares.push({ key, referralId, userId });
  const seeing = await seeingDeal(org, [...new Set(shares.map(({ userId }) => userId))], opportunityId);
  return [
    ...problems,
    ...(await shareAgain(
      org,
      shares.filter(({ userId }) => seeing.has(userId)),
    )),
  ];
};

/** Access is asked of one person at a time; hardly any deal has referrals that several asked for. */
const seeingDeal = async (
  org: OwnerFollowing,
  people: readonly string[],
  opportunityId: string,
): Promise<ReadonlySet<string>> => {
  const seeing = new Set<string>();
  for (const person of people) {
    const [access] = await org.rows(readAccessQuery(person, opportunityId));
    if (access?.HasReadAccess === true) seeing.add(person);
  }
  return seeing;
};

const shareAgain = async (
  org: OwnerFollowing,
  shares: readonly { readonly key: string; readonly referralId: string; readonly userId: string }[],
): Promise<readonly { readonly key: string; readonly problem: string }[]> => {
  if (shares.length === 0) return [];
  const body = { allOrNone: false, records: shareRecords(org.namespace, shares) };
  const results = saveResults.parse(await org.client.request('POST', '/composite/sobjects', body, 'collection'));
  return results.flatMap(({ success, errors }, index) => {
    const message = errors.map((one) => one.message).join('; ');
    return success || openToEverybody({ status: 400, message })
      ? []
      : [{ key: shares[index]?.key ?? '', problem: message }];
  });
};
