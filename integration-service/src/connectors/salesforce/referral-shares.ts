import type { SalesforceError, Subrequest } from './client.ts';
import type { Namespace } from './namespace.ts';

/** `Referral__Share`, which an org has as long as referrals are not open to everybody. */
const shareObject = 'Referral__Share';

const row = (referralId: string, userId: string): Readonly<Record<string, string>> => ({
  ParentId: referralId,
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
  path: `/sobjects/${space.object(shareObject)}`,
  referenceId: 'share',
  body: row(referralId, userId),
});

/** The same for many, as the records of one collection. */
export const shareRecords = (
  space: Namespace,
  shares: readonly { readonly referralId: string; readonly userId: string }[],
): readonly Readonly<Record<string, unknown>>[] =>
  shares.map(({ referralId, userId }) => ({
    attributes: { type: space.object(shareObject) },
    ...row(referralId, userId),
  }));

/**
 * The company has opened referrals to everybody, so there is nothing to share: to read (a share would be "trivial"), or to
 * read and change (then there is no share object at all).
 */
export const openToEverybody = ({ status, message }: Pick<SalesforceError, 'status' | 'message'>): boolean =>
  status === 404 || /trivial share level/i.test(message);
