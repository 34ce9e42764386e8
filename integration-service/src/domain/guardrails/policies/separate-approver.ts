import { allow, defineGuardrail, deny } from '../guardrail.ts';
import { isOtherPerson } from '../other-person.ts';

/** Nobody approves an exception of their own, and no agent approves one at all. */
export const separateApprover = defineGuardrail({
  id: 'separate-approver',
  version: 1,
  owner: 'admin',
  settings: null,
  startingPoint: null,
  reads: ['approvals', 'requestedBy'],
  needs: ['approvals'],
  judge: ({ requestedBy }, _settings, { approvals }) => {
    const own = approvals.filter(({ by }) => !isOtherPerson(by, requestedBy));
    return own.length === 0
      ? allow()
      : deny(
          `An exception must be approved by another person (${[...new Set(own.map(({ rule }) => rule))].join(', ')}).`,
        );
  },
});
