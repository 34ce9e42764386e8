import { resultEntry } from '../../agents/orchestration/decision-entries.ts';
import type { FrozenEffect } from '../../domain/decisions/effect.ts';
import type { DraftValue } from '../../domain/referrals/draft.ts';
import type { ReferralState, ReferralStep } from '../../domain/referrals/referral.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { AnswerToKeep } from '../../functions/co-selling/context.ts';
import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import type { ReferralFields, ReferralWrite } from '../../ports/crm/crm.ts';
import type { Settled } from '../../ports/effect-log/effect-log.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { Gathered } from './gather-context.ts';
import { backoffMs, type Handled, type HeldWork } from './held-work.ts';
import { standing, withStep } from './referral-record.ts';
import { RecordWriter } from './record-writer.ts';

/** Which referral a turn is about. */
export interface ReferralIdentity {
  readonly key: string;
  readonly attempt: number;
  readonly networkId?: string | null;
}

/** How one referral stands during a turn: its link in our tables and its record in Salesforce, kept in step. */
export class TurnRecord {
  readonly #held: HeldWork;
  readonly #org: OrgRuntime;
  readonly #facts: Gathered;
  readonly writer: RecordWriter;
  #link: ReferralLink;
  #last: Settled | null = null;

  constructor(held: HeldWork, org: OrgRuntime, facts: Gathered, identity: ReferralIdentity) {
    this.#held = held;
    this.#org = org;
    this.#facts = facts;
    const { request, partner, deal, context } = facts;
    const known = facts.links.find(({ key }) => key === identity.key);
    const record = facts.referrals.find(({ key }) => key === identity.key);
    const opportunityId = String(deal.Opportunity.Id);
    this.#link = {
      opportunity: opportunityId,
      account: text(deal.Opportunity.AccountId),
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
    this.writer = new RecordWriter(
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
        sharedWith: request.requestedBy === text(deal.Opportunity.OwnerId) ? null : request.requestedBy,
      },
      held.mayWrite,
    );
  }

  get link(): ReferralLink {
    return this.#link;
  }

  /** Names the decision of this turn in the ledger: the referral, and the request that it is made for. */
  get decision(): string {
    return `${this.#link.key}#${this.#facts.request.id}`;
  }

  /** Whose key the personal values of a decision are kept under. */
  get subject(): string {
    return `deal:${String(this.#facts.deal.Opportunity.Id)}`;
  }

  change(changes: Partial<ReferralLink>): void {
    this.#link = { ...this.#link, ...changes };
  }

  /** The last result of the decision is recorded with the link that says what the work ended as. */
  endsWith(last: Settled | null): void {
    this.#last = last;
  }

  /** What an earlier turn of this request sent without hearing of it stands at the partner. */
  settledAs(effect: FrozenEffect, answer: JsonObject): Settled {
    const { org, clock } = this.#org;
    const outcome = { state: 'done', answer, lookedUp: true } as const;
    const frame = {
      org,
      decision: this.decision,
      partner: this.#facts.partner.key,
      at: clock.now(),
      subject: this.subject,
    };
    return { key: effect.key, outcome, entry: resultEntry(frame, effect, outcome) };
  }

  /** The record shows more than our own tables know, or the click is old: our memory may be younger than the deed. */
  memoryMayBeYounger(): boolean {
    const { request, links, referrals } = this.#facts;
    const unknown = !links.some(({ key }) => key === this.#link.key);
    const ageMs = Date.parse(this.#org.clock.now()) - Date.parse(request.createdAt);
    return unknown && (ageMs > 120_000 || referrals.some(({ key }) => key === this.#link.key));
  }

  stepDone(step: string, answer: JsonObject): void {
    const at = this.#org.clock.now();
    if (step === 'create') {
      const { networkId } = answer;
      if (typeof networkId !== 'string') throw new Error('the network answered a filed referral without its id');
      const filed = this.#link.steps.some((one) => one.step === 'filed');
      this.#link = { ...this.#link, networkId, steps: withStep(this.#link.steps, 'filed', at) };
      this.writer.post({
        fields: {
          ...standing('filing', 'filed', this.#link.steps, { message: `Filed as ${networkId}.`, at }),
          networkId,
        },
      });
      if (!filed) this.writer.post({ fields: this.#latency(at) });
    } else if (step === 'associate') {
      this.#link = { ...this.#link, steps: withStep(this.#link.steps, 'associated', at) };
      this.writer.post({ fields: { step: 'associated', steps: JSON.stringify(this.#link.steps) } });
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

  /** How far it stands at the partner, whatever stopped it on the way. */
  get reached(): ReferralStep {
    return this.#link.networkId ? 'filed' : 'checked';
  }

  failed(message: string): Promise<Handled> {
    this.stand('failed', this.reached, {
      message,
      nextAction: 'Put it right, then try again.',
    });
    return this.settle('failed', this.reached, null, this.done(message, 'refused'));
  }

  /** A correction that cannot be sent yet: the referral stays as the partner left it, and the turn comes again. */
  async correctLater(message: string, handled: Handled): Promise<Handled> {
    this.writer.post({ fields: { message } });
    return this.afterWrite(await this.writer.flush(), handled);
  }

  /** A correction that was not sent: the referral stays as the partner left it. */
  async leaveWithPartner(message: string, state: 'done' | 'refused' = 'refused'): Promise<Handled> {
    this.writer.post({ fields: { message }, request: { id: this.#facts.request.id, state, message } });
    return this.afterWrite(await this.writer.flush(), { state, note: message });
  }

  stand(state: ReferralState, step: ReferralStep, said: { message: string; nextAction?: string }): void {
    const at = this.#org.clock.now();
    const steps = withStep(this.#link.steps, step, at);
    this.#link = { ...this.#link, steps };
    this.writer.post({ fields: standing(state, step, steps, { ...said, at }) });
    this.#org.metrics.referrals.inc({ network: this.#link.network, state });
  }

  done(message: string, state: 'done' | 'refused' = 'done'): NonNullable<ReferralWrite['request']> {
    return { id: this.#facts.request.id, state, message };
  }

  /** Values of an earlier try that are not sent any more: the record shows what was sent, and nothing else. */
  obsolete(values: readonly DraftValue[]): readonly string[] {
    const { valueIds = {} } = this.#facts.referrals.find(({ key }) => key === this.#link.key) ?? {};
    const sent = new Set(values.map(({ target }) => target));
    return Object.entries(valueIds).flatMap(([target, id]) => (sent.has(target) ? [] : [id]));
  }

  kept(answers: readonly AnswerToKeep[], track: boolean): ReferralWrite['kept'] {
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

  save(state: string, step: ReferralStep, pollInMs: number | null): Promise<boolean> {
    this.#link = { ...this.#link, state, step, recordId: this.writer.recordId ?? this.#link.recordId };
    return this.#org.links.save(this.#held.claim(), this.#link, pollInMs, this.#last);
  }

  /** Link and record, in this order: the record can be made again from the link, never the other way round. */
  async settle(
    state: ReferralState,
    step: ReferralStep,
    pollInMs: number | null,
    request?: NonNullable<ReferralWrite['request']>,
    handled: Handled = { state: 'done' },
  ): Promise<Handled> {
    this.#org.trace('before-link-saved');
    if (!(await this.save(state, step, pollInMs))) return this.lost();
    this.#org.trace('after-link-saved');
    if (request) this.writer.post({ request });
    const error = await this.writer.flush();
    this.#org.trace('after-record-written');
    return this.afterWrite(error, handled);
  }

  /** Somebody else has the deal. A write that had begun comes to its end first, so that the repair comes after it. */
  async lost(): Promise<Handled> {
    await this.writer.flush();
    return { state: 'lost' };
  }

  async afterWrite(error: Awaited<ReturnType<RecordWriter['flush']>>, handled: Handled): Promise<Handled> {
    if (!this.#held.mayWrite()) return { state: 'lost' };
    for (const warning of this.writer.warnings.splice(0))
      this.#org.log.warn({ correlation: this.#held.work.correlation, problem: warning }, 'a part was not written');
    if (error === null) return handled;
    this.#org.log.warn(
      { correlation: this.#held.work.correlation, problem: error.message },
      'the record could not be written',
    );
    if (error.retry === 'never' && this.#held.work.attempts >= 5) return { state: 'dead', note: error.message };
    return { state: 'again', inMs: error.retryAfterMs ?? backoffMs(this.#held.work.attempts), note: error.message };
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
