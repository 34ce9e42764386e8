import { SHARED_OBJECTS, type SharedObject } from '../../ports/crm/own-rows.ts';
import type { SalesforceClient } from './client.ts';
import type { Namespace } from './namespace.ts';
import { type Share, shareAll } from './own-shares.ts';
import { ownersQuery, readAccessQuery } from './queries.ts';
import { ownersRecord } from './wire.ts';

type Problem = { readonly key: string; readonly problem: string };

/** What following an owner needs of the org; `update` gives the keys that were not accepted, with why. */
export interface OwnerFollowing {
  readonly client: Pick<SalesforceClient, 'request'>;
  readonly namespace: Namespace;
  readonly rows: (soql: string) => Promise<readonly Record<string, unknown>[]>;
  readonly update: (
    object: SharedObject,
    updates: readonly { readonly key: string; readonly fields: { readonly OwnerId: string } }[],
  ) => Promise<readonly Problem[]>;
}

/**
 * Gives the referrals of a deal, and what was decided about it, to whoever has the deal now. Salesforce drops what was
 * shared by hand when a record gets another owner, so whoever asked for it is let in again, if they still see the deal.
 */
export const followOwner = async (org: OwnerFollowing, opportunityId: string): Promise<readonly Problem[]> => {
  const problems: Problem[] = [];
  /** Access is asked of one person at a time, once; hardly any deal has referrals that several asked for. */
  const seeing = new Map<string, boolean>();
  const sees = async (person: string): Promise<boolean> => {
    const known = seeing.get(person);
    if (known !== undefined) return known;
    const [access] = await org.rows(readAccessQuery(person, opportunityId));
    seeing.set(person, access?.HasReadAccess === true);
    return access?.HasReadAccess === true;
  };
  for (const object of SHARED_OBJECTS) problems.push(...(await giveAll(org, object, opportunityId, sees)));
  return problems;
};

const giveAll = async (
  org: OwnerFollowing,
  object: SharedObject,
  opportunityId: string,
  sees: (person: string) => Promise<boolean>,
): Promise<readonly Problem[]> => {
  const owned = (await org.rows(ownersQuery(org.namespace, object, opportunityId))).map((row) =>
    ownersRecord.parse(row),
  );
  const astray = owned.filter(({ OwnerId, Opportunity__r: deal }) => OwnerId !== deal.OwnerId);
  if (astray.length === 0) return [];
  const problems = await org.update(
    object,
    astray.map(({ Key__c: key, Opportunity__r: deal }) => ({ key, fields: { OwnerId: deal.OwnerId } })),
  );
  const stayed = new Set(problems.map(({ key }) => key));
  const shares: Share[] = [];
  for (const { Id: recordId, Key__c: key, RequestedBy__c: userId, Opportunity__r: deal } of astray)
    if (!stayed.has(key) && userId !== null && userId !== deal.OwnerId && (await sees(userId)))
      shares.push({ key, recordId, userId });
  return [...problems, ...(await shareAll(org.client, org.namespace, object, shares))];
};
