import { z } from 'zod';
import { allow, defineGuardrail, deny } from '../guardrail.ts';
import { answerAs, consequence } from '../consequence.ts';

/** A territory covers itself and what lies within it: `EMEA/DE` covers `EMEA/DE/Bavaria`, and not `EMEA/DEN`. */
const covers = (territory: string, deal: string): boolean =>
  territory !== '' && (deal === territory || deal.startsWith(`${territory}/`));

/**
 * A deal goes to a partner in whose territory it lies. Settings: `outside`, `unknown` — what happens
 * otherwise; `covers` — the partner’s territories, where no record of the partner says them (a policy of scope `partner:…`).
 */
export const territory = defineGuardrail({
  id: 'territory',
  version: 1,
  owner: 'partner-manager',
  settings: z.strictObject({ outside: consequence, unknown: consequence, covers: z.array(z.string()).optional() }),
  startingPoint: { outside: 'review', unknown: 'review' },
  reads: ['territory'],
  needs: ['territory'],
  judge: (_proposal, { outside, unknown, covers: covered }, { territory: { deal, partner: recorded } }) => {
    const partner = covered ?? recorded;
    if (deal === null || deal === '')
      return answerAs(unknown, 'The territory of this deal is not known. Fill it in, or have it approved.');
    if (partner.length === 0) return deny('The partner has no territory. A partner manager must give it one.');
    return partner.some((theirs) => covers(theirs, deal))
      ? allow()
      : answerAs(outside, `This deal lies in ${deal}; the partner covers ${partner.join(', ')}.`);
  },
});
