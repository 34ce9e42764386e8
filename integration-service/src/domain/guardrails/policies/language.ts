import { z } from 'zod';
import { allow, defineGuardrail, deny, needsApproval, type JudgedProposal } from '../guardrail.ts';

/** Whether a proposal says something in words of ours: a message, or a text composed for the partner. */
const carriesText = ({ effects, disclosed }: JudgedProposal): boolean =>
  effects.some(({ port }) => port === 'messaging') || disclosed.some(({ sourceKind }) => sourceKind === 'template');

/**
 * Whether the person who asked has decided about this text with the click: somebody of the company wrote it (a record
 * holds it, or they answered it), and they said yes to exactly this. What a model or template says they cannot decide.
 */
const decidedByAsker =
  ({ disclosed, consent }: JudgedProposal) =>
  ({ target }: { readonly target?: string }): boolean =>
    disclosed.some((value) => {
      if (value.target !== target || value.sourceKind === 'template') return false;
      if (value.sourceKind === 'person') return true;
      const shown = consent.fingerprints[value.target];
      return (
        consent.fields.includes(value.target) && (shown === undefined || shown === '' || shown === value.fingerprint)
      );
    });

/**
 * No text leaves that the language gate has not read. What it blocks stays. Where it is not sure a person decides: who
 * asked, for words of the company's own people that they said yes to; else an approver. Settings: `gateFrom` — the oldest
 * version of the gate whose answer counts.
 */
export const language = defineGuardrail({
  id: 'language',
  version: 2,
  owner: 'legal',
  settings: z.strictObject({ gateFrom: z.number().int().min(1) }),
  startingPoint: { gateFrom: 1 },
  reads: ['language', 'effects', 'disclosed', 'consent'],
  needs: ['language'],
  judge: (proposal, { gateFrom }, { language: { gateVersion, texts, findings } }) => {
    if (!(gateVersion >= gateFrom))
      return deny(`The texts were checked by version ${gateVersion} of the language gate; ${gateFrom} is needed.`);
    if (texts === 0 && carriesText(proposal)) return deny('This carries text that the language gate has not read.');
    const blocked = findings.filter(({ severity }) => severity !== 'ask');
    const tell = (some: typeof findings): string => some.map(({ why }) => why).join(' ');
    if (blocked.length > 0) return deny(tell(blocked));
    const decided = decidedByAsker(proposal);
    const open = findings.filter((finding) => !decided(finding));
    return open.length === 0 ? allow() : needsApproval(tell(open));
  },
});
