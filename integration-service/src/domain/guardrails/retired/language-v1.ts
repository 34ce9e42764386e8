import { z } from 'zod';
import { allow, defineGuardrail, deny, needsApproval, type JudgedProposal } from '../guardrail.ts';

/** Whether a proposal says something in words of ours: a message, or a text composed for the partner. */
const carriesText = ({ effects, disclosed }: JudgedProposal): boolean =>
  effects.some(({ port }) => port === 'messaging') || disclosed.some(({ sourceKind }) => sourceKind === 'template');

/**
 * Asked until what the seller had agreed to was told apart from what an approver decides (version 2). No text leaves that
 * the language gate has not read. What it blocks stays; what it asks about a person decides. Settings:
 * `gateFrom` — the oldest version of the gate whose answer counts.
 */
export const languageV1 = defineGuardrail({
  id: 'language',
  version: 1,
  owner: 'legal',
  settings: z.strictObject({ gateFrom: z.number().int().min(1) }),
  startingPoint: { gateFrom: 1 },
  reads: ['language', 'effects', 'disclosed'],
  needs: ['language'],
  judge: (proposal, { gateFrom }, { language: { gateVersion, texts, findings } }) => {
    if (!(gateVersion >= gateFrom))
      return deny(`The texts were checked by version ${gateVersion} of the language gate; ${gateFrom} is needed.`);
    if (texts === 0 && carriesText(proposal)) return deny('This carries text that the language gate has not read.');
    const blocked = findings.filter(({ severity }) => severity !== 'ask');
    const tell = (some: typeof findings): string => some.map(({ why }) => why).join(' ');
    if (blocked.length > 0) return deny(tell(blocked));
    return findings.length === 0 ? allow() : needsApproval(tell(findings));
  },
});
