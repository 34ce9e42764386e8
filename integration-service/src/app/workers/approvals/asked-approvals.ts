import { sha256Hex } from '../../../agents/orchestration/decision-entries.ts';
import type { Judged, Questions } from '../../../agents/orchestration/run-decision.ts';
import {
  answerDueMs,
  escalatedForMs,
  OFFICE_WORDS,
  officesAsked,
  whyNotAnswer,
} from '../../../domain/decisions/approval.ts';
import { changedFacts, materialFacts, type MaterialFact } from '../../../domain/decisions/material-facts.ts';
import type { Course } from '../../../domain/guardrails/autonomy.ts';
import type { EscalationOwner } from '../../../domain/guardrails/guardrail.ts';
import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import type { Judgement } from '../../../domain/guardrails/verdict.ts';
import type { Approval } from '../../../infrastructure/database/approvals.ts';
import type { ApprovedRule, NewApproval, VoidApproval } from '../../../ports/approval-book/approval-book.ts';
import type { PersonRights } from '../../../ports/crm/person-rights.ts';
import type { Situation } from '../situation/situation.ts';
import type { SituationAsk } from '../situation/situation-ask.ts';
import { endedEntry } from './approval-entry.ts';
import { evidenceOf, headline } from './approval-words.ts';

/** Rights change seldom, and who answers is looked at again when they do. */
const rightsMaxAgeMs = 60_000;

interface About {
  readonly decision: string;
  /** The referral's key. */
  readonly referral: string;
  readonly situation: Situation;
}

/**
 * The approvals of one proposal: which yeses are on file for exactly this, which questions a verdict leaves open and for
 * whom, and which earlier ones it makes void.
 */
export class AskedApprovals {
  readonly #ask: SituationAsk;
  readonly #about: About;
  #material: readonly MaterialFact[] | null = null;
  #waitsFor: readonly string[] = [];
  #touched: readonly string[] = [];

  constructor(ask: SituationAsk, about: About) {
    this.#ask = ask;
    this.#about = about;
  }

  /** Whom it waits for, in words; empty: nobody was asked. */
  get waitsFor(): string {
    return this.#waitsFor.join(' and ');
  }

  /** Keys of those that this judgement opened or made void: Salesforce does not show them yet. */
  get touched(): readonly string[] {
    return this.#touched;
  }

  /** Yeses of people to this very proposal that nobody can take back any more. One for something else counts for nothing. */
  onFile(): SituationFacts['approvals'] {
    const yeses = this.#own.filter(({ state, final, answer }) => state === 'answered' && final && answer === 'approve');
    return yeses
      .filter((one) => this.#changedSince(one).length === 0)
      .flatMap(({ answeredBy: by, answeredAt: at, rules }) =>
        by === null || at === null ? [] : rules.map(({ rule, policyVersion }) => ({ rule, policyVersion, by, at })),
      );
  }

  /** What is to be asked of whom, and what is void. */
  async open({ verdict }: Judged, course: Course): Promise<Questions> {
    const asked = course === 'wait' ? officesAsked(verdict) : [];
    const kept = new Set<Approval>();
    const missing: { office: EscalationOwner; held: readonly Judgement[] }[] = [];
    for (const one of asked) {
      const known = this.#own.find((approval) => approval.office === one.office && this.#covers(approval, one.held));
      if (known) kept.add(known);
      else missing.push(one);
    }
    const waiting = [...kept];
    // A yes that counts stays on file until what it is for is done, whoever else is still waited for.
    if (course !== 'stop') for (const one of this.#own) if (this.#isUsed(one, verdict.judgements)) kept.add(one);
    const open = await this.#newApprovals(missing);
    this.#waitsFor = await Promise.all([...waiting, ...open].map((one) => this.#who(one)));
    const ours = this.#ask.held.approvals.filter(({ referral }) => referral === this.#about.referral);
    const over = ours.filter((one) => !kept.has(one));
    const close = over.map((one) => this.#void(one, verdict.judgements));
    this.#touched = [...open, ...close].map(({ key }) => key);
    return { open, close, ended: this.#endedBy(over) };
  }

  /** Decisions about the same referral that waited, for an office or for who asked, when this one was asked for instead. */
  #endedBy(over: readonly Approval[]): Questions['ended'] {
    const { org, held, facts, now, proposal } = this.#ask;
    const { decision, referral } = this.#about;
    const link = held.links.find(({ key }) => key === referral);
    const before =
      link?.state === 'waiting-approval' && link.requestId !== null && facts.request.kind !== 'correct'
        ? [`${referral}#${link.requestId}`]
        : [];
    const ended = new Set([...before, ...over.map((one) => one.decision)]);
    ended.delete(decision);
    return [...ended].map((one) =>
      endedEntry(org.org, now, { decision: one, partner: proposal.partner }, 'asked-anew'),
    );
  }

  get #own(): readonly Approval[] {
    return this.#ask.held.approvals.filter(({ decision }) => decision === this.#about.decision);
  }

  #now(): readonly MaterialFact[] {
    this.#material ??= materialFacts(this.#ask.proposal, this.#about.situation, sha256Hex);
    return this.#material;
  }

  #changedSince({ material }: Approval): ReturnType<typeof changedFacts> {
    return changedFacts(material, this.#now());
  }

  /** Whether a question that is out, or answered and not final yet, is the one that the verdict asks. */
  #covers(approval: Approval, held: readonly Judgement[]): boolean {
    return (
      held.every((judgement) => approval.rules.some((one) => isOf(one, judgement))) &&
      this.#changedSince(approval).length === 0
    );
  }

  #isUsed({ state, final, rules }: Approval, judgements: readonly Judgement[]): boolean {
    return (
      state === 'answered' &&
      final &&
      judgements.some((judgement) => judgement.approvedBy !== undefined && rules.some((one) => isOf(one, judgement)))
    );
  }

  #void(approval: Approval, judgements: readonly Judgement[]): VoidApproval {
    const { key, decision, rules } = approval;
    if (decision !== this.#about.decision) return { key, state: 'withdrawn' };
    const policies = rules.flatMap(({ rule, policyVersion }) => {
      const now = judgements.find((one) => one.rule === rule);
      return now === undefined || now.policyVersion === policyVersion
        ? []
        : [{ label: `Policy ${rule}`, was: `version ${policyVersion}`, is: `version ${now.policyVersion}` }];
    });
    const changed = [...this.#changedSince(approval), ...policies];
    return changed.length > 0 ? { key, state: 'replaced', changedFacts: changed } : { key, state: 'withdrawn' };
  }

  async #newApprovals(
    missing: readonly { readonly office: EscalationOwner; readonly held: readonly Judgement[] }[],
  ): Promise<readonly NewApproval[]> {
    if (missing.length === 0) return [];
    const { org, facts, proposal, now, held: work } = this.#ask;
    const { decision, referral, situation } = this.#about;
    const earlier = await org.approvals.ofDecision(decision);
    return Promise.all(
      missing.map(async ({ office, held }): Promise<NewApproval> => {
        const round = earlier.filter((one) => one.office === office).length + 1;
        const due =
          Date.parse(now) +
          answerDueMs(
            office,
            held.map(({ rule }) => rule),
            org.approvalDeadlines,
          );
        return {
          key: round === 1 ? `${decision}:${office}` : `${decision}:${office}:${round}`,
          decision,
          referral,
          deal: work.work.deal,
          request: facts.request.id,
          function: proposal.function,
          partner: proposal.partner,
          office,
          requestedBy: proposal.requestedBy,
          assignedTo: (await this.#assignee(office))?.id ?? null,
          rules: held.map(({ rule, ruleVersion = 1, policyVersion, reason }) => ({
            rule,
            ruleVersion,
            policyVersion,
            reason,
          })),
          material: this.#now(),
          evidence: evidenceOf(this.#ask, held, this.#now()),
          says: headline(this.#ask, held),
          reason: held.map(({ reason }) => reason).join(' '),
          amount: situation.amount ?? null,
          dueAt: new Date(due).toISOString(),
          expiresAt: new Date(due + escalatedForMs(org.approvalDeadlines)).toISOString(),
        };
      }),
    );
  }

  /** Whoever is asked by name: the manager of who asked, or the manager of the agent where that office is theirs. */
  async #assignee(office: EscalationOwner): Promise<PersonRights | null> {
    const { org, proposal } = this.#ask;
    const requester = await this.#rights(proposal.requestedBy);
    const asked = {
      office,
      requestedBy: proposal.requestedBy,
      aboveRequester: requester?.above ?? [],
      escalated: false,
    };
    const candidates = office === 'sales-manager' ? (requester?.above ?? []) : await this.#agentManager(org);
    for (const id of candidates) {
      const rights = await this.#rights(id);
      if (rights && whyNotAnswer(rights, asked) === null) return rights;
    }
    return null;
  }

  async #agentManager(org: SituationAsk['org']): Promise<readonly string[]> {
    const agents = await org.crm.readRows('Agent__c', { keys: [`agent:${this.#ask.proposal.function}`] });
    const manager = agents.ok ? agents.value[0]?.fields.manager : null;
    return typeof manager === 'string' ? [manager] : [];
  }

  async #rights(id: string): Promise<PersonRights | null> {
    const read = await this.#ask.org.crm.readPersonRights(id, rightsMaxAgeMs);
    return read.ok ? read.value : null;
  }

  async #who({ office, assignedTo }: Pick<NewApproval, 'office' | 'assignedTo'>): Promise<string> {
    const person = assignedTo === null ? null : await this.#rights(assignedTo);
    return person === null ? OFFICE_WORDS[office] : `${person.name} (${OFFICE_WORDS[office]})`;
  }
}

const isOf = (approved: ApprovedRule, { rule, policyVersion }: Judgement): boolean =>
  approved.rule === rule && approved.policyVersion === policyVersion;
