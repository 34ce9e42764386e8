import type { DecisionResult } from '../../agents/orchestration/run-decision.ts';
import type { DraftValue, Question } from '../../domain/referrals/draft.ts';
import type { Proposal } from '../../domain/decisions/proposal.ts';
import { isWithPartner, type ReferralState, type ReferralStep } from '../../domain/referrals/referral.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { AnswerToKeep } from '../../functions/co-selling/context.ts';
import type { ReferOutcome } from '../../functions/co-selling/refer-to-partner.ts';
import type { PartnerPortal, PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { AskedApprovals } from './approvals/asked-approvals.ts';
import { mirrorApprovals } from './approvals/mirror-approvals.ts';
import type { Gathered } from './gather-context.ts';
import type { Handled, HeldWork } from './held-work.ts';
import { RecordWriter } from './record-writer.ts';
import { filedEarlier, planResubmission } from './resubmission.ts';
import { asksFor, problemsInWords, valueRows } from './referral-record.ts';
import { decideTurn, type ShownValues } from './turn-decision.ts';
import { type ReferralIdentity, TurnRecord } from './turn-record.ts';
import { endUnfinished, type Turn } from './unfinished-turn.ts';

const firstPollMs = 2_000;

type Questions = Extract<ReferOutcome, { kind: 'questions' }>;
type Filing = Extract<ReferOutcome, { kind: 'proposal' }>;

/** One turn of one referral: what is decided is done, and the record and the link say so. */
export class ReferralTurn {
  readonly #held: HeldWork;
  readonly #org: OrgRuntime;
  readonly #facts: Gathered;
  readonly #portal: PartnerPortal;
  readonly #record: TurnRecord;
  #approvals: AskedApprovals | null = null;

  constructor(held: HeldWork, org: OrgRuntime, facts: Gathered, portal: PartnerPortal, identity: ReferralIdentity) {
    this.#held = held;
    this.#org = org;
    this.#facts = facts;
    this.#portal = portal;
    this.#record = new TurnRecord(held, org, facts, identity);
  }

  /** Somebody asked for what is under way: they meet the referral there is. */
  async meet(): Promise<Handled> {
    const { networkId } = this.#record.link;
    const known = this.#facts.links.some(({ key }) => key === this.#record.link.key);
    // A database restored to before the click does not know the referral that the record shows: follow it again.
    if (
      !known &&
      networkId &&
      !(await this.#record.save(this.#record.link.state, this.#record.link.step as ReferralStep, 0))
    )
      return { state: 'lost' };
    const unheard = await this.#hearOfUnheard();
    if (unheard) return unheard;
    const message = `This deal is already with the partner${networkId ? ` as ${networkId}` : ''}; nothing was sent twice.`;
    await this.#makeRecordAgain();
    const writer = new RecordWriter(this.#org.crm, null, undefined, this.#held.mayWrite);
    writer.post({ request: { id: this.#facts.request.id, state: 'done', message } });
    return this.#record.afterWrite(await writer.flush(), { state: 'done', note: 'already open' });
  }

  /** A process that ended between link and record left the record behind: it is read at the partner, and written. */
  async #makeRecordAgain(): Promise<void> {
    const { key, state } = this.#record.link;
    const shown = this.#facts.referrals.find((referral) => referral.key === key);
    if (shown && shown.state !== state) await this.#org.links.rewriteRecordsOf(this.#held.work.deal);
  }

  /**
   * The look at the partner's reviews may see a referral before the turn that sent it has heard what came of it: that is
   * asked after, so that it stands in the ledger too.
   */
  async #hearOfUnheard(): Promise<Handled | null> {
    for (const { effect, done } of await this.#org.effects.mayStand(this.#record.decision)) {
      if (done) continue;
      this.#org.trace(`${effect.step}-before-look-up`);
      const found = await this.#portal.lookUp(effect);
      this.#org.trace(`${effect.step}-after-look-up`);
      if (!found.ok)
        return found.error.retry === 'never'
          ? null
          : { state: 'again', inMs: found.error.retryAfterMs ?? firstPollMs, note: found.error.message };
      if (found.value.done) await this.#org.effects.settle(this.#record.settledAs(effect, found.value.answer));
    }
    return null;
  }

  /** Asks what only a person can say, keeping what was answered so far. */
  async ask({ questions, draft, answersToKeep }: Questions): Promise<Handled> {
    const count = questions.length;
    const message = count === 1 ? 'One answer is missing.' : `${count} answers are missing.`;
    this.#record.stand('needs-answers', 'drafted', {
      message,
      nextAction: 'Answer the questions; it goes on by itself.',
    });
    const asked = this.#facts.referrals.find(({ key }) => key === this.#record.link.key)?.questionsAsked ?? 0;
    this.#record.writer.post({
      // Asked again is not asked anew: the same question counts once.
      fields: asksFor(questions, Math.max(asked, count)),
      values: valueRows(draft.values),
      obsolete: this.#record.obsolete(draft.values),
      // Followed from now on: a missing value may be filled in on the deal itself.
      kept: this.#record.kept(answersToKeep, true),
      request: { id: this.#facts.request.id, state: 'done', message },
    });
    return this.#record.settle('needs-answers', 'drafted', null);
  }

  /** A correction whose values are not in the right form: asked again, the referral stays where it is. */
  async askAgain(questions: readonly Question[]): Promise<Handled> {
    const message = questions.map(({ label, problem, question }) => `${label}: ${problem ?? question}`).join('\n');
    this.#record.writer.post({
      fields: { message, questions: JSON.stringify(questions) },
      request: { id: this.#facts.request.id, state: 'refused', message },
    });
    return this.#record.afterWrite(await this.#record.writer.flush(), { state: 'done' });
  }

  /** Files the referral, or goes on with one that an earlier request filed and could not submit. */
  async file(outcome: Filing): Promise<Handled> {
    const { networkId, key } = this.#record.link;
    if (networkId === null || !(await filedEarlier(this.#org, key, this.#record.decision)))
      return this.#send(outcome, outcome.proposal, key);
    // What this request sent before its process went down is asked after first: where it stands at the partner, nothing of
    // it is planned anew, and nobody else would hear of it.
    const unheard = await this.#hearOfUnheard();
    if (unheard) return unheard;
    const again = await planResubmission(this.#org, this.#portal, outcome, networkId);
    switch (again.kind) {
      case 'submitted': {
        const sent = await this.#org.effects.mayStand(this.#record.decision);
        const unheard = sent.find(({ effect, done }) => effect.step === 'submit' && !done);
        if (unheard) this.#record.endsWith(this.#record.settledAs(unheard.effect, again.answer));
        return this.#submitted(again.answer);
      }
      case 'proposal':
        return this.#send(outcome, again.proposal, this.#record.decision);
      case 'refused':
        return this.#record.failed(problemsInWords('', again.problems));
      case 'not-read':
        return again.error.retry === 'never'
          ? this.#record.failed(again.error.message)
          : { state: 'again', inMs: again.error.retryAfterMs ?? firstPollMs, note: again.error.message };
    }
  }

  async #send(
    { draft, answersToKeep }: Pick<Filing, 'draft' | 'answersToKeep'>,
    proposal: Proposal,
    identity: string,
  ): Promise<Handled> {
    const result = await this.#decide(proposal, identity, {
      values: draft.values,
      answers: answersToKeep,
      kept: this.#record.kept(answersToKeep, true),
      fieldsSent: draft.values.length,
    });
    return result.kind === 'finished' ? this.#submitted(result.answers.submit ?? {}) : this.#unfinished(result);
  }

  async #submitted(submitted: JsonObject): Promise<Handled> {
    const followed = await this.#portal.followSubmission(submitted);
    this.#org.trace('after-submission-followed');
    if (followed.ok && followed.value.outcome?.state === 'refused') {
      const { message, problems } = followed.value.outcome;
      return this.#record.failed(problemsInWords(message, problems));
    }
    if (!followed.ok || !followed.value.finished) {
      this.#record.change({ submission: submitted });
      this.#record.stand('filing', 'associated', { message: 'Filed; the partner is taking the submission in.' });
      return this.#record.settle('filing', 'associated', firstPollMs, this.#record.done('Filed.'));
    }
    this.#record.stand('submitted', 'submitted', { message: 'Filed and submitted. The partner reviews it now.' });
    return this.#record.settle('submitted', 'submitted', firstPollMs, this.#record.done('Filed and submitted.'));
  }

  /** Sends what the partner asked to have corrected. */
  async amend(
    outcome: {
      readonly proposal: Proposal;
      readonly values: readonly DraftValue[];
      readonly answersToKeep: readonly AnswerToKeep[];
    },
    current: PortalReferral,
  ): Promise<Handled> {
    const result = await this.#decide(outcome.proposal, this.#record.decision, {
      values: outcome.values,
      answers: outcome.answersToKeep,
      kept: this.#record.kept(outcome.answersToKeep, false),
      fieldsSent: null,
    });
    if (result.kind !== 'finished') return this.#unfinished(result, current);
    return this.#corrected(current.review === 'approved');
  }

  /**
   * Ends a correction that an earlier turn had sent before it went down. It is asked after, never planned anew: the
   * partner's review may have gone on since, and what it says now is no longer what was answered. Null: AWS does not
   * have it, so this turn sends it.
   */
  async resume(): Promise<Handled | null> {
    for (const { effect, done } of await this.#org.effects.mayStand(this.#record.decision)) {
      if (done) return this.#corrected();
      this.#org.trace(`${effect.step}-before-look-up`);
      const found = await this.#portal.lookUp(effect);
      this.#org.trace(`${effect.step}-after-look-up`);
      if (!found.ok)
        return { state: 'again', inMs: found.error.retryAfterMs ?? firstPollMs, note: found.error.message };
      if (!found.value.done) continue;
      this.#record.endsWith(this.#record.settledAs(effect, found.value.answer));
      return this.#corrected();
    }
    return null;
  }

  /** Somebody with the office said no, or nobody said anything in time. A referral that stands at the partner stays there. */
  async declined(message: string, rule: string): Promise<Handled> {
    if (isWithPartner(this.#record.link.state as ReferralState)) return this.#record.leaveWithPartner(message);
    this.#record.stand('blocked', this.#record.reached, {
      message,
      nextAction: 'Change what was asked about, or talk to them, then try again.',
    });
    this.#record.writer.post({ fields: { blockedBy: rule } });
    return this.#record.settle('blocked', this.#record.reached, null, this.#record.done(message, 'refused'));
  }

  /** What was asked of others is shown once the referral's own record is there; a failure is made good by the chore. */
  async #unfinished(...[result, current]: [Parameters<typeof endUnfinished>[1], PortalReferral?]): Promise<Handled> {
    const handled = await endUnfinished(this.#turn, result, current);
    const touched = this.#approvals?.touched ?? [];
    if (handled.state !== 'lost' && touched.length > 0)
      await mirrorApprovals(this.#org, await this.#org.approvals.byKeys(touched));
    return handled;
  }

  get #turn(): Turn {
    return { held: this.#held, org: this.#org, record: this.#record, waitsFor: this.#approvals?.waitsFor ?? '' };
  }

  /** What the partner has approved stays approved; what it asked for is under review again. */
  #corrected(approved = this.#record.link.state === 'approved'): Promise<Handled> {
    this.#record.change({ reviewStatus: null });
    if (approved) {
      this.#record.stand('approved', 'decided', { message: 'The changes are with the partner.' });
      return this.#record.settle(
        'approved',
        'decided',
        firstPollMs,
        this.#record.done('The changes are with the partner.'),
      );
    }
    this.#record.stand('submitted', 'submitted', { message: 'Corrected. The partner reviews it again.' });
    this.#record.writer.post({ fields: { editableNow: null, reviewComments: null } });
    return this.#record.settle('submitted', 'submitted', firstPollMs, this.#record.done('Corrected.'));
  }

  #decide(proposal: Proposal, identity: string, shown: ShownValues): Promise<DecisionResult> {
    const deciding = {
      held: this.#held,
      org: this.#org,
      facts: this.#facts,
      portal: this.#portal,
      record: this.#record,
    };
    return decideTurn(deciding, proposal, identity, shown, (approvals) => {
      this.#approvals = approvals;
    });
  }
}
