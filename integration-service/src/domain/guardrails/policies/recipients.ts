import { allow, defineGuardrail, deny } from '../guardrail.ts';

/** What leaves reaches people of the company and of this partner, and nobody else, whatever a text may say. */
export const recipients = defineGuardrail({
  id: 'recipients',
  version: 1,
  owner: 'admin',
  settings: null,
  startingPoint: null,
  reads: ['recipients', 'effects', 'partner'],
  needs: ['recipients'],
  judge: ({ partner, effects }, _settings, { recipients: people }) => {
    if (people.length === 0)
      return effects.some(({ port }) => port === 'messaging') ? deny('The message has no recipient.') : allow();
    const others = people.filter(
      ({ side, partner: of }) => !(side === 'company' || (side === 'partner' && of === partner)),
    );
    return others.length === 0
      ? allow()
      : deny(
          `${others.length === 1 ? 'One recipient belongs' : `${others.length} recipients belong`} neither to us nor to this partner.`,
        );
  },
});
