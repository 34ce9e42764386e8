import { type ApprovalDeadlines, DEFAULT_DEADLINES } from '../domain/decisions/approval.ts';
import { CATALOGUE } from '../domain/guardrails/catalogue.ts';
import type { EscalationOwner } from '../domain/guardrails/guardrail.ts';

const longest = 8_760;

/**
 * Reads `TANDEM_APPROVAL_HOURS` (`sales-manager=12, org-contact=1`): hours by office or by rule; what is not named keeps
 * its default. Gives what is wrong with it as the end of a sentence.
 */
export const readApprovalHours = (
  text: string,
): { readonly hours: Pick<ApprovalDeadlines, 'ofOffice' | 'ofRule'> } | { readonly problem: string } => {
  const ofOffice: Record<EscalationOwner, number> = { ...DEFAULT_DEADLINES.ofOffice };
  const ofRule: Record<string, number> = { ...DEFAULT_DEADLINES.ofRule };
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=').map((one) => one.trim());
    const hours = Number(value);
    if (value === '' || !Number.isInteger(hours) || hours < 1 || hours > longest)
      return { problem: `says "${part.trim()}": write an office or a rule, =, and whole hours from 1 to ${longest}.` };
    if (isOffice(name, ofOffice)) ofOffice[name] = hours;
    else if (CATALOGUE.current(name) !== undefined) ofRule[name] = hours;
    else
      return {
        problem: `names "${name}", which is neither an office (${Object.keys(ofOffice).join(', ')}) nor a rule.`,
      };
  }
  return { hours: { ofOffice, ofRule } };
};

const isOffice = (name: string, offices: Readonly<Record<EscalationOwner, number>>): name is EscalationOwner =>
  Object.hasOwn(offices, name);
