import { resultEntry } from '../../agents/orchestration/decision-entries.ts';
import { type DecisionResult, runDecision } from '../../agents/orchestration/run-decision.ts';
import type { FrozenEffect } from '../../domain/decisions/effect.ts';
import type { DraftValue, Question } from '../../domain/referrals/draft.ts';
import type { Proposal } from '../../domain/decisions/proposal.ts';
import type { ReferralState, ReferralStep } from '../../domain/referrals/referral.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import { underWay } from '../../functions/co-selling/attempt.ts';
import type { AnswerToKeep } from '../../functions/co-selling/context.ts';
import type { ReferOutcome } from '../../functions/co-selling/refer-to-partner.ts';
import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import type { ReferralFields, ReferralWrite } from '../../ports/crm/crm.ts';
import type { Settled } from '../../ports/effect-log/effect-log.ts';
import type { PartnerPortal, PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { Gathered } from './gather-context.ts';
import { backoffMs, type Handled, type HeldWork } from './held-work.ts';
import { RecordWriter } from './record-writer.ts';
import { filedEarlier, planResubmission } from './resubmission.ts';
import { asksFor, judgedFields, problemsInWords, standing, stoppedBy, valueRows, withStep } from './referral-record.ts';

/** Longest wait for the rate budget with the deal in hand; above it the seller is told the place in line. */
const maxWaitMs = 3_000;
/** After so many tries an operator must look; the seller is told. */
const maxAttempts = 30;
const firstPollMs = 2_000;

type Questions = Extract<ReferOutcome, { kind: 'questions' }>;
type Filing = Extract<ReferOutcome, { kind: 'proposal' }>;

/** One turn of one referral: what is decided is done, and the record and the link say so. */
export class ReferralTurn {
  readonly #held: HeldWork;
  readonly #org: OrgRuntime;
  readonly #facts: Gathered;
  readonly #portal: PartnerPortal;
  readonly #writer: RecordWriter;
  #link: ReferralLink;
  /** The last result of the decision: recorded with the link that says what the work ended as. */
  #last: Settled | null = null;

  constructor(
    held: HeldWork,
    org: OrgRuntime,
    facts: Gathered,
    portal: PartnerPortal,
    identity: { readonly key: string; readonly attempt: number; readonly networkId?: string | null },
  ) {
    this.#held = held;
    this.#org = org;
    this.#facts = facts;
    this.#portal = portal;
    const { request, partner, deal, context } = facts;
    const known = facts.links.find(({ key }) => key === identity.key);
    const record = facts.referrals.find(({ key }) => key === identity.key);
    const opportunityId = String(deal.Opportunity.Id);
    this.#link = {
      opportunity: opportunityId,
      partner: partner.key,
      attempt: identity.attempt,
      network: partner.network,
      recordId: record?.id ?? null,
      lockValue: null,
      reviewStatus: null,
      state: record?.state ?? 'queued',
      step: record?.step ?? 'received',
      steps: [{ step: 'received', at: request.clickedAt ?? request.createdAt }],
      submission: null,
      summaryHash: null,
      finished: false,
      ...known,
      key: identity.key,
      networkId: known?.networkId ?? identity.networkId ?? record?.networkId ?? null,
      requestId: request.id,
      correlation: held.work.correlation,
      shown: context.request.input.shown
        ? { ...context.request.input.shown, by: request.requestedBy }
        : (known?.shown ?? null),
    };
    this.#writer = new RecordWriter(
      org.crm,
      identity.key,
      {
        opportunityId,
        partnerId: partner.id,
        ownerId: record ? null : text(deal.Opportunity.OwnerId),
        attempt: identity.attempt,
        requestedBy: request.requestedBy,
        clickedAt: request.clickedAt,
        correlationId: held.work.correlation,
      },
      held.mayWrite,
    );
  }

  /** Somebody asked for what is under way: they meet the referral there is. */
  async meet(): Promise<Handled> {
    const { networkId } = this.#link;
    const known = this.#facts.links.some(({ key }) => key === this.#link.key);
    // A database restored to before the click does not know the referral that the record shows: follow it again.
    if (!known && networkId && !(await this.#save(this.#link.state, this.#link.step as ReferralStep, 0)))
      return { state: 'lost' };
    const message = `This deal is already with the partner${networkId ? ` as ${networkId}` : ''}; nothing was sent twice.`;
    const writer = new RecordWriter(this.#org.crm, null, undefined, this.#held.mayWrite);
    writer.post({ request: { id: this.#facts.request.id, state: 'done', message } });
    return this.#afterWrite(await writer.flush(), { state: 'done', note: 'already open' });
  }

  /** Asks what only a person can say, keeping what was answered so far. */
  async ask({ questions, draft, answersToKeep }: Questions): Promise<Handled> {
    const count = questions.length;
    const message = count === 1 ? 'One answer is missing.' : `${count} answers are missing.`;
    this.#stand('needs-answers', 'drafted', { message, nextAction: 'Answer the questions; it goes on by itself.' });
    const asked = this.#facts.referrals.find(({ key }) => key === this.#link.key)?.questionsAsked ?? 0;
    this.#writer.post({
      // Asked again is not asked anew: the same question counts once.
      fields: asksFor(questions, Math.max(asked, count)),
      values: valueRows(draft.values),
      obsolete: this.#obsolete(draft.values),
      // Followed from now on: a missing value may be filled in on the deal itself.
      kept: this.#kept(answersToKeep, true),
      request: { id: this.#facts.request.id, state: 'done', message },
    });
    return this.#settle('needs-answers', 'drafted', null);
  }

  /** A correction whose values are not in the right form: asked again, the referral stays where it is. */
  async askAgain(questions: readonly Question[]): Promise<Handled> {
    const message = questions.map(({ label, problem, question }) => `${label}: ${problem ?? question}`).join('\n');
    this.#writer.post({
      fields: { message, questions: JSON.stringify(questions) },
      request: { id: this.#facts.request.id, state: 'refused', message },
    });
    return this.#afterWrite(await this.#writer.flush(), { state: 'done' });
  }

  /** Files the referral, or goes on with one that an earlier request filed and could not submit. */
  async file(outcome: Filing): Promise<Handled> {
    const { networkId, key } = this.#link;
    const { request } = this.#facts;
    if (networkId === null || !(await filedEarlier(this.#org, key, `${key}#${request.id}`)))
      return this.#send(outcome, outcome.proposal, key);
    const again = await planResubmission(this.#org, this.#portal, outcome, networkId);
    switch (again.kind) {
      case 'submitted': {
        const sent = await this.#org.effects.mayStand(`${key}#${request.id}`);
        const unheard = sent.find(({ effect, done }) => effect.step === 'submit' && !done);
        if (unheard) this.#foundDone(unheard.effect, again.answer);
        return this.#submitted(again.answer);
      }
      case 'proposal':
        return this.#send(outcome, again.proposal, `${key}#${request.id}`);
      case 'refused':
        return this.#failed(problemsInWords('', again.problems));
      case 'not-read':
        return again.error.retry === 'never'
          ? this.#failed(again.error.message)
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
      kept: this.#kept(answersToKeep, true),
      fieldsSent: draft.values.length,
    });
    return result.kind === 'finished' ? this.#submitted(result.answers.submit ?? {}) : this.#notFinished(result);
  }

  async #submitted(submitted: JsonObject): Promise<Handled> {
    const followed = await this.#portal.followSubmission(submitted);
    this.#org.trace('after-submission-followed');
    if (followed.ok && followed.value.outcome?.state === 'refused') {
      const { message, problems } = followed.value.outcome;
      return this.#failed(problemsInWords(message, problems));
    }
    if (!followed.ok || !followed.value.finished) {
      this.#link = { ...this.#link, submission: submitted };
      this.#stand('filing', 'associated', { message: 'Filed; the partner is taking the submission in.' });
      return this.#settle('filing', 'associated', firstPollMs, this.#done('Filed.'));
    }
    this.#stand('submitted', 'submitted', { message: 'Filed and submitted. The partner reviews it now.' });
    return this.#settle('submitted', 'submitted', firstPollMs, this.#done('Filed and submitted.'));
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
    const result = await this.#decide(outcome.proposal, `${this.#link.key}#${this.#facts.request.id}`, {
      values: outcome.values,
      kept: this.#kept(outcome.answersToKeep, false),
      fieldsSent: null,
    });
    if (result.kind !== 'finished') return this.#notFinished(result, current);
    return this.#corrected();
  }

  /**
   * Ends a correction that an earlier turn had sent before it went down. It is asked after, never planned anew: the
   * partner's review may have gone on since, and what it says now is no longer what was answered. Null: AWS does not
   * have it, so this turn sends it.
   */
  async resume(): Promise<Handled | null> {
    for (const { effect, done } of await this.#org.effects.mayStand(`${this.#link.key}#${this.#facts.request.id}`)) {
      if (done) return this.#corrected();
      this.#org.trace(`${effect.step}-before-look-up`);
      const found = await this.#portal.lookUp(effect);
      this.#org.trace(`${effect.step}-after-look-up`);
      if (!found.ok)
        return { state: 'again', inMs: found.error.retryAfterMs ?? firstPollMs, note: found.error.message };
      if (!found.value.done) continue;
      this.#foundDone(effect, found.value.answer);
      return this.#corrected();
    }
    return null;
  }

  /** What an earlier turn of this request sent without hearing of it stands at the partner: recorded with the link. */
  #foundDone(effect: FrozenEffect, answer: JsonObject): void {
    const { partner, deal, request } = this.#facts;
    const { org, clock } = this.#org;
    const outcome = { state: 'done', answer, lookedUp: true } as const;
    const frame = {
      org,
      decision: `${this.#link.key}#${request.id}`,
      partner: partner.key,
      at: clock.now(),
      subject: subjectOf(deal.Opportunity.Id),
    };
    this.#last = { key: effect.key, outcome, entry: resultEntry(frame, effect, outcome) };
  }

  #corrected(): Promise<Handled> {
    this.#link = { ...this.#link, reviewStatus: null };
    this.#stand('submitted', 'submitted', { message: 'Corrected. The partner reviews it again.' });
    this.#writer.post({ fields: { editableNow: null, reviewComments: null } });
    return this.#settle('submitted', 'submitted', firstPollMs, this.#done('Corrected.'));
  }

  async #decide(
    proposal: Proposal,
    identity: string,
    shown: {
      readonly values: readonly DraftValue[];
      readonly kept: ReferralWrite['kept'];
      readonly fieldsSent: number | null;
    },
  ): Promise<DecisionResult> {
    const { org, request, deal, partner, judge, existing } = { ...this.#facts, org: this.#org };
    const now = org.clock.now();
    const result = await runDecision(
      {
        proposal,
        outcomeTo: 'Referral__c',
        facts: { ...judge, now, underWay: underWay(existing) },
        frame: {
          org: org.org,
          decision: `${this.#link.key}#${request.id}`,
          partner: partner.key,
          at: now,
          subject: subjectOf(deal.Opportunity.Id),
        },
        dispatch: {
          claim: this.#held.claim,
          identity,
          place: { priority: this.#held.work.priority, id: this.#held.work.id },
          // The record shows more than our own tables know, or the click is old: our memory may be younger than the deed.
          cautious: this.#memoryMayBeYounger(),
          maxWaitMs,
          onDone: (step, answer) => this.#stepDone(step, answer),
        },
        onJudged: (judged) => {
          const at = org.clock.now();
          let { steps } = this.#link;
          for (const step of ['drafted', 'checked', 'recorded'] as const) steps = withStep(steps, step, at);
          this.#link = { ...this.#link, steps };
          if (this.#link.networkId === null || this.#link.state !== 'action-required')
            this.#writer.post({
              fields: standing('filing', 'recorded', steps, { message: '', at }),
            });
          this.#writer.post({
            fields: {
              ...judgedFields(judged),
              ...(shown.fieldsSent === null ? {} : { fieldsSent: shown.fieldsSent, fieldsRekeyed: 0 }),
            },
            values: valueRows(shown.values),
            // A correction sends a few of the values; a filing sends all there are.
            obsolete: shown.fieldsSent === null ? [] : this.#obsolete(shown.values),
            kept: shown.kept,
            request: { id: request.id, state: 'taken', message: '' },
          });
        },
      },
      { ...org, portal: this.#portal, monotonic: () => performance.now() },
    );
    if (result.kind === 'finished') this.#last = result.last;
    return result;
  }

  #memoryMayBeYounger(): boolean {
    const { request, links, referrals } = this.#facts;
    const unknown = !links.some(({ key }) => key === this.#link.key);
    const ageMs = Date.parse(this.#org.clock.now()) - Date.parse(request.createdAt);
    return unknown && (ageMs > 120_000 || referrals.some(({ key }) => key === this.#link.key));
  }

  #stepDone(step: string, answer: JsonObject): void {
    const at = this.#org.clock.now();
    if (step === 'create') {
      const { networkId } = answer;
      if (typeof networkId !== 'string') throw new Error('the network answered a filed referral without its id');
      const filed = this.#link.steps.some((one) => one.step === 'filed');
      this.#link = { ...this.#link, networkId, steps: withStep(this.#link.steps, 'filed', at) };
      this.#writer.post({
        fields: {
          ...standing('filing', 'filed', this.#link.steps, { message: `Filed as ${networkId}.`, at }),
          networkId,
        },
      });
      if (!filed) this.#writer.post({ fields: this.#latency(at) });
    } else if (step === 'associate') {
      this.#link = { ...this.#link, steps: withStep(this.#link.steps, 'associated', at) };
      this.#writer.post({ fields: { step: 'associated', steps: JSON.stringify(this.#link.steps) } });
    }
    const lock = answer.lastModified;
    if (typeof lock === 'string') this.#link = { ...this.#link, lockValue: lock };
  }

  /** From the click to the id at the network; a browser's clock that is ahead of ours does not make it negative. */
  #latency(at: string): ReferralFields {
    const { request } = this.#facts;
    const clicked = Date.parse(request.clickedAt ?? request.createdAt);
    const latencyMs = Math.max(0, Date.parse(at) - clicked);
    this.#org.metrics.clickToFiled.observe({ network: this.#link.network }, latencyMs / 1_000);
    return { filedAt: at, latencyMs: Math.min(latencyMs, 999_999_999) };
  }

  async #notFinished(
    result: Exclude<DecisionResult, { kind: 'finished' }>,
    current?: PortalReferral,
  ): Promise<Handled> {
    const { attempts } = this.#held.work;
    switch (result.kind) {
      case 'denied':
      case 'needs-approval': {
        const { rule, reason } = stoppedBy(result.judged);
        const waits = result.kind === 'needs-approval';
        if (current) return this.#leaveWithPartner(reason);
        this.#stand(waits ? 'waiting-approval' : 'blocked', this.#reached, {
          message: reason,
          nextAction: waits ? 'Look at what will be sent and confirm.' : 'Ask your admin or partner manager.',
        });
        this.#writer.post({ fields: { ...judgedFields(result.judged), blockedBy: rule } });
        return this.#settle(waits ? 'waiting-approval' : 'blocked', this.#reached, null, this.#done(reason, 'refused'));
      }
      case 'wait': {
        const expectedAt = new Date(Date.parse(this.#org.clock.now()) + result.inMs).toISOString();
        const message = result.dailyLimitReached
          ? 'The partner takes no more today. It goes on by itself when it does.'
          : 'Waiting in line for the partner.';
        if (current) return this.#correctLater(message, { state: 'again', inMs: result.inMs, waitsFor: result.bucket });
        const state = this.#link.networkId ? 'filing' : 'queued';
        this.#stand(state, this.#reached, { message });
        this.#writer.post({ fields: { placeInLine: result.placeInLine, expectedAt } });
        return this.#settle(state, this.#reached, null, undefined, {
          state: 'again',
          inMs: result.inMs,
          waitsFor: result.bucket,
        });
      }
      case 'again': {
        if (attempts >= maxAttempts) {
          const handled = await this.#failed(`${result.message} It was tried ${attempts} times.`);
          return handled.state === 'done' ? { state: 'dead', note: result.message } : handled;
        }
        const inMs = Math.max(result.inMs, backoffMs(attempts) / 2);
        const message = `${result.message} It is tried again by itself.`;
        if (current) return this.#correctLater(message, { state: 'again', inMs, note: result.message });
        this.#writer.post({ fields: { message } });
        return this.#settle('filing', this.#link.step as ReferralStep, null, undefined, {
          state: 'again',
          inMs,
          note: result.message,
        });
      }
      case 'refused':
        if (current) return this.#leaveWithPartner(problemsInWords(result.message, result.problems));
        return this.#failed(problemsInWords(result.message, result.problems));
      case 'stopped':
        if (result.why === 'claim-lost') return this.#lost();
        if (result.why === 'epoch-changed')
          return { state: 'again', inMs: 0, note: 'a grant or a mode changed meanwhile' };
        this.#stand('blocked', this.#reached, {
          message: `An operator has stopped this (${result.scope ?? 'all'}).${this.#link.networkId ? ' What was filed already stands at the partner.' : ''}`,
          nextAction: 'Ask your admin when it may go on.',
        });
        this.#writer.post({ fields: { blockedBy: 'kill-switch' } });
        return this.#settle('blocked', this.#reached, null, this.#done('Stopped by an operator.', 'refused'));
    }
  }

  /** How far it stands at the partner, whatever stopped it on the way. */
  get #reached(): ReferralStep {
    return this.#link.networkId ? 'filed' : 'checked';
  }

  #failed(message: string): Promise<Handled> {
    this.#stand('failed', this.#reached, {
      message,
      nextAction: 'Put it right, then try again.',
    });
    return this.#settle('failed', this.#reached, null, this.#done(message, 'refused'));
  }

  /** A correction that cannot be sent yet: the referral stays as the partner left it, and the turn comes again. */
  async #correctLater(message: string, handled: Handled): Promise<Handled> {
    this.#writer.post({ fields: { message } });
    return this.#afterWrite(await this.#writer.flush(), handled);
  }

  /** A correction that was not sent: the referral stays as the partner left it. */
  async #leaveWithPartner(message: string): Promise<Handled> {
    this.#writer.post({ fields: { message }, request: { id: this.#facts.request.id, state: 'refused', message } });
    return this.#afterWrite(await this.#writer.flush(), { state: 'refused', note: message });
  }

  #stand(state: ReferralState, step: ReferralStep, said: { message: string; nextAction?: string }): void {
    const at = this.#org.clock.now();
    const steps = withStep(this.#link.steps, step, at);
    this.#link = { ...this.#link, steps };
    this.#writer.post({ fields: standing(state, step, steps, { ...said, at }) });
    this.#org.metrics.referrals.inc({ network: this.#link.network, state });
  }

  #done(message: string, state: 'done' | 'refused' = 'done'): NonNullable<ReferralWrite['request']> {
    return { id: this.#facts.request.id, state, message };
  }

  /** Values of an earlier try that are not sent any more: the record shows what was sent, and nothing else. */
  #obsolete(values: readonly DraftValue[]): readonly string[] {
    const { valueIds = {} } = this.#facts.referrals.find(({ key }) => key === this.#link.key) ?? {};
    const sent = new Set(values.map(({ target }) => target));
    return Object.entries(valueIds).flatMap(([target, id]) => (sent.has(target) ? [] : [id]));
  }

  #kept(answers: readonly AnswerToKeep[], track: boolean): ReferralWrite['kept'] {
    const { Opportunity } = this.#facts.deal;
    const kept = (record: 'Opportunity' | 'Account', id: unknown, more: ReferralFields = {}) => {
      const fields = {
        ...more,
        ...Object.fromEntries(answers.filter((one) => one.record === record).map(({ field, value }) => [field, value])),
      };
      return typeof id === 'string' && Object.keys(fields).length > 0 ? [{ record, id, fields }] : [];
    };
    const tracked = track && Opportunity.TandemTracked__c !== true ? { TandemTracked__c: true } : {};
    return [...kept('Opportunity', Opportunity.Id, tracked), ...kept('Account', Opportunity.AccountId)];
  }

  #save(state: string, step: ReferralStep, pollInMs: number | null): Promise<boolean> {
    this.#link = { ...this.#link, state, step, recordId: this.#writer.recordId ?? this.#link.recordId };
    return this.#org.links.save(this.#held.claim(), this.#link, pollInMs, this.#last);
  }

  /** Link and record, in this order: the record can be made again from the link, never the other way round. */
  async #settle(
    state: ReferralState,
    step: ReferralStep,
    pollInMs: number | null,
    request?: NonNullable<ReferralWrite['request']>,
    handled: Handled = { state: 'done' },
  ): Promise<Handled> {
    this.#org.trace('before-link-saved');
    if (!(await this.#save(state, step, pollInMs))) return this.#lost();
    this.#org.trace('after-link-saved');
    if (request) this.#writer.post({ request });
    const error = await this.#writer.flush();
    this.#org.trace('after-record-written');
    return this.#afterWrite(error, handled);
  }

  /** Somebody else has the deal. A write that had begun comes to its end first, so that the repair comes after it. */
  async #lost(): Promise<Handled> {
    await this.#writer.flush();
    return { state: 'lost' };
  }

  async #afterWrite(error: Awaited<ReturnType<RecordWriter['flush']>>, handled: Handled): Promise<Handled> {
    if (!this.#held.mayWrite()) return { state: 'lost' };
    if (error === null) return handled;
    this.#org.log.warn(
      { correlation: this.#held.work.correlation, problem: error.message },
      'the record could not be written',
    );
    if (error.retry === 'never' && this.#held.work.attempts >= 5) return { state: 'dead', note: error.message };
    return { state: 'again', inMs: error.retryAfterMs ?? backoffMs(this.#held.work.attempts), note: error.message };
  }
}

/** Whose key the personal values of a decision are kept under. */
const subjectOf = (opportunityId: unknown): string => `deal:${String(opportunityId)}`;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
