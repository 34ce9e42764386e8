import type { SharedObject } from '../../ports/crm/own-rows.ts';
import type { SalesforceClient, SalesforceError, Subrequest } from './client.ts';
import type { Namespace } from './namespace.ts';
import { saveResults } from './wire.ts';

/** `Referral__Share`, which an org has as long as referrals are not open to everybody. */
const shareObject = (object: SharedObject): string => object.replace(/__c$/, '__Share');

/** Somebody who is to read a record of ours. */
export interface Share {
  readonly key: string;
  readonly recordId: string;
  readonly userId: string;
}

const row = (recordId: string, userId: string): Readonly<Record<string, string>> => ({
  ParentId: recordId,
  UserOrGroupId: userId,
  AccessLevel: 'Read',
  RowCause: 'Manual',
});

/**
 * Lets a person who asked for a referral of somebody else's deal read it, with its values. Made again it is the same row:
 * Salesforce answers a share that is there already with the one there is.
 */
export const shareSubrequest = (space: Namespace, referralId: string, userId: string): Subrequest => ({
  method: 'POST',
  path: `/sobjects/${space.object(shareObject('Referral__c'))}`,
  referenceId: 'share',
  body: row(referralId, userId),
});

const collectionLimit = 200;

/** The same for many, in calls of 200; gives those that were not accepted, with why. */
export const shareAll = async (
  client: Pick<SalesforceClient, 'request'>,
  space: Namespace,
  object: SharedObject,
  shares: readonly Share[],
): Promise<readonly { readonly key: string; readonly problem: string }[]> => {
  const problems: { key: string; problem: string }[] = [];
  for (let next = 0; next < shares.length; next += collectionLimit) {
    const some = shares.slice(next, next + collectionLimit);
    const records = some.map(({ recordId, userId }) => ({
      attributes: { type: space.object(shareObject(object)) },
      ...row(recordId, userId),
    }));
    const body = { allOrNone: false, records };
    const results = saveResults.parse(await client.request('POST', '/composite/sobjects', body, 'collection'));
    for (const [index, { success, errors }] of results.entries()) {
      const message = errors.map((one) => one.message).join('; ');
      if (!success && !openToEverybody({ status: 400, message }))
        problems.push({ key: some[index]?.key ?? '', problem: message });
    }
  }
  return problems;
};

/**
 * The company has opened these records to everybody, so there is nothing to share: to read (a share would be "trivial"), or
 * to read and change (then there is no share object at all).
 */
export const openToEverybody = ({ status, message }: Pick<SalesforceError, 'status' | 'message'>): boolean =>
  status === 404 || /trivial share level/i.test(message);
