import { broken, ok, type Result } from '../values/result.ts';

/** What makes two referrals the same one: the deal, the partner, and which attempt it is. */
export interface ReferralIdentity {
  /** 18-character id of the opportunity. */
  readonly opportunity: string;
  /** `Partner__c.Key__c`. */
  readonly partner: string;
  /** 1 for the first; one more each time a rejected deal is referred again. */
  readonly attempt: number;
}

/** The referral's key in PostgreSQL and on `Referral__c.Key__c`, unique in both. Throws on parts no referral can have. */
export const referralKey = ({ opportunity, partner, attempt }: ReferralIdentity): string => {
  const key = `${opportunity}:${partner}:${attempt}`;
  if (!parseReferralKey(key).ok)
    throw new Error(`${key} is not a referral key: 18-character opportunity id, partner key, attempt from 1`);
  return key;
};

const form = /^([a-zA-Z0-9]{18}):([a-z0-9][a-z0-9-]{0,39}):([1-9]\d{0,2})$/;

/** The parts of a key, or what is wrong with it. */
export const parseReferralKey = (key: string): Result<ReferralIdentity, string> => {
  const [, opportunity, partner, attempt] = form.exec(key) ?? [];
  if (opportunity === undefined || partner === undefined)
    return broken(`"${key}" is not a referral key; its form is <opportunity id, 18>:<partner key>:<attempt>`);
  return ok({ opportunity, partner, attempt: Number(attempt) });
};
