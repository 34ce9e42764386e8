import { DEFAULT_MAPPING } from './default-mapping.ts';

/**
 * What the terms of AWS Partner Central let a partner share through it: every field its request has a place for, and
 * nothing else. A grant of kind `platform-terms` is seeded with these, once `probe` has shown that AWS knows us.
 */
export const AWS_ACE_TERMS = {
  actions: ['refer', 'update-referral', 'read-review'],
  fields: DEFAULT_MAPPING.map(({ target }) => target),
} as const;
