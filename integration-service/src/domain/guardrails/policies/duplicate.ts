import { allow, defineGuardrail, deny } from '../guardrail.ts';

/** One referral of a deal to a partner at a time: another one under way stops this one. Its own key does not. */
export const duplicate = defineGuardrail({
  id: 'duplicate',
  version: 1,
  owner: 'partner-manager',
  settings: null,
  startingPoint: null,
  reads: ['underWay', 'subject'],
  needs: [],
  judge: (proposal, _settings, { underWay }) => {
    const others = underWay.filter((key) => key !== proposal.subject.id);
    return others.length === 0 ? allow() : deny(`The deal is already with this partner (${others.join(', ')}).`);
  },
});
