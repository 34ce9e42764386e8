import type { EscalationOwner } from '../guardrails/guardrail.ts';
import { isOtherPerson } from '../guardrails/other-person.ts';
import type { Judgement, Verdict } from '../guardrails/verdict.ts';

const HOUR = 3_600_000;

/** How long approvals wait, in hours. */
export interface ApprovalDeadlines {
  /** In which an office answers, until a rule says otherwise; then an admin is asked too. */
  readonly ofOffice: Readonly<Record<EscalationOwner, number>>;
  /** Rules whose exception cannot wait for so long: what they look at is over by then. */
  readonly ofRule: Readonly<Record<string, number>>;
  /** After it was handed to an admin too, an approval stays open for so long; then it is a no. */
  readonly escalated: number;
}

/** What holds where a company has set nothing else (`TANDEM_APPROVAL_HOURS`, `TANDEM_APPROVAL_ESCALATION_HOURS`). */
export const DEFAULT_DEADLINES: ApprovalDeadlines = {
  ofOffice: { requester: 72, 'sales-manager': 24, 'partner-manager': 24, admin: 8, finance: 48, legal: 48 },
  ofRule: { 'org-contact': 2, 'volume-per-day': 8, 'amount-per-day': 8 },
  escalated: 24,
};

/** Milliseconds until an office's answer is due: the shortest of its rules'. */
export const answerDueMs = (
  office: EscalationOwner,
  rules: readonly string[],
  { ofOffice, ofRule }: ApprovalDeadlines = DEFAULT_DEADLINES,
): number => Math.min(ofOffice[office], ...rules.map((rule) => ofRule[rule] ?? ofOffice[office])) * HOUR;

/** Milliseconds for which an approval that was handed to an admin too stays open. */
export const escalatedForMs = ({ escalated }: ApprovalDeadlines): number => escalated * HOUR;

/**
 * Which offices a verdict waits for, with the rules of each. None where it is denied, or where the person who asked has
 * to look again: nobody says that for them, and what they see then may be another proposal.
 */
export const officesAsked = ({
  answer,
  judgements,
}: Verdict): readonly { readonly office: EscalationOwner; readonly held: readonly Judgement[] }[] => {
  const held = judgements.filter((judgement) => judgement.answer === 'needs-approval');
  if (answer !== 'needs-approval' || held.some(({ owner = 'requester' }) => owner === 'requester')) return [];
  return [...Map.groupBy(held, ({ owner = 'admin' }) => owner)].map(([office, some]) => ({ office, held: some }));
};

/** Custom permission that makes somebody an office's; the sales manager is whoever stands above the person who asked. */
const PERMISSION_OF: Readonly<Partial<Record<EscalationOwner, string>>> = {
  'partner-manager': 'TandemApprovePartners',
  admin: 'TandemManageGuardrails',
  finance: 'TandemApproveFinance',
  legal: 'TandemApproveLegal',
};

/** In words for people. */
export const OFFICE_WORDS: Readonly<Record<EscalationOwner, string>> = {
  requester: 'the person who asked',
  'sales-manager': 'a sales manager',
  'partner-manager': 'a partner manager',
  admin: 'an admin',
  finance: 'finance',
  legal: 'legal',
};

/** Who would answer, as far as it matters. */
export interface Approver {
  readonly id: string;
  readonly active: boolean;
  readonly permissions: readonly string[];
}

/** Why somebody may not answer an approval; null: they may. Nobody answers for themselves, and no agent answers at all. */
export const whyNotAnswer = (
  approver: Approver,
  asked: {
    readonly office: EscalationOwner;
    readonly requestedBy: string;
    /** Ids of the people above the person who asked. */
    readonly aboveRequester: readonly string[];
    readonly escalated: boolean;
  },
): string | null => {
  if (!approver.active) return 'Your user is not active.';
  if (!isOtherPerson(approver.id, asked.requestedBy)) return 'Nobody approves an exception of their own.';
  const permission = PERMISSION_OF[asked.office];
  const holds =
    asked.office === 'sales-manager'
      ? asked.aboveRequester.some((id) => id.slice(0, 15) === approver.id.slice(0, 15))
      : permission !== undefined && approver.permissions.includes(permission);
  const stepsIn = asked.escalated && approver.permissions.includes(PERMISSION_OF.admin ?? '');
  return holds || stepsIn ? null : `This is for ${OFFICE_WORDS[asked.office]} to decide.`;
};
