import { grantProblem } from '../grant-in-force.ts';
import { allow, defineGuardrail, deny } from '../guardrail.ts';

/**
 * What the partner controls, or both manage together, is touched only with the partner's grant: the action must be in it,
 * and every such field. A field or action that nobody has put into a zone is nobody's to change (M047, M049).
 */
export const ownershipZone = defineGuardrail({
  id: 'ownership-zone',
  version: 1,
  owner: 'partner-manager',
  settings: null,
  startingPoint: null,
  reads: ['ownership', 'grant', 'now'],
  needs: ['ownership'],
  judge: ({ useCase }, _settings, { ownership: { action, writes }, grant }, nowMs) => {
    if (action === null) return deny('Nobody has said which company controls this action. An admin can in the matrix.');
    const nobodys = writes.filter(({ zone }) => zone === null);
    if (nobodys.length > 0)
      return deny(`Nobody has said which company controls ${nobodys.map(({ field }) => field).join(', ')}.`);
    const theirs = writes.filter(({ zone }) => zone !== 'vendor-controlled').map(({ field }) => field);
    if (action === 'vendor-controlled' && theirs.length === 0) return allow();
    const problem = grantProblem(grant, useCase, nowMs);
    if (problem !== null) return deny(`The partner has a say in this. ${problem}`);
    const notGranted = theirs.filter((field) => grant?.fields.includes(field) !== true);
    return notGranted.length === 0
      ? allow()
      : deny(`The partner has a say in ${notGranted.join(', ')}, and its grant does not name it.`);
  },
});
