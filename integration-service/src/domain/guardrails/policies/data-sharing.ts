import { z } from 'zod';
import { allow, defineGuardrail, deny } from '../guardrail.ts';

/**
 * Only fields the grant names may leave the company, and data about people only where the policy says so. Settings:
 * `personalFields` — targets of personal data that may be shared, or `all`.
 */
export const dataSharing = defineGuardrail({
  id: 'data-sharing',
  version: 1,
  owner: 'partner-manager',
  settings: z.strictObject({ personalFields: z.union([z.literal('all'), z.array(z.string())]) }),
  startingPoint: { personalFields: [] },
  reads: ['disclosed', 'grant'],
  needs: [],
  judge: ({ disclosed }, { personalFields }, { grant }) => {
    if (grant === null) return deny('There is no grant that says which fields may be shared with this partner.');
    const notGranted = disclosed.filter(({ target }) => !grant.fields.includes(target));
    if (notGranted.length > 0)
      return deny(
        `The grant does not allow sharing ${notGranted.map(({ label, target }) => `${label} (${target})`).join(', ')}.`,
      );
    const personal = disclosed.filter(
      (value) => value.personal && personalFields !== 'all' && !personalFields.includes(value.target),
    );
    return personal.length === 0
      ? allow()
      : deny(`The policy does not allow sharing personal data: ${personal.map(({ label }) => label).join(', ')}.`);
  },
});
