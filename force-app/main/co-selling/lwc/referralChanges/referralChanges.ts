import { LightningElement, api } from 'lwc';
import type { Referral } from 'c/referralData';
import { differences } from 'c/referralDifferences';
import type { Difference } from 'c/referralDifferences';
import { fingerprint } from 'c/referralDraft';
import type { DealFacts, DraftValue, MappingRow } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { sourceText } from 'c/referralSource';
import { count, fill } from 'c/textFormat';

/** What a click agrees to: these fields with these values, which the deal has now. */
export interface ChangesInput {
  version: 1;
  shown: { fields: string[]; fingerprints: Record<string, string> };
  changed: string[];
}

interface ShownDifference {
  key: string;
  label: string;
  was: string;
  now: string;
  source: string;
  personal: boolean;
}

/** States in which the partner takes a change; what it takes then is on the referral. */
const OPEN: readonly string[] = ['approved', 'action-required'];

/**
 * What the deal was changed in after it was sent: each field with what was sent and what it says now. Nothing of it is sent
 * by itself; one button sends what the partner takes, and what it does not take is told with the reason.
 * @fires send with `detail.input` (a `ChangesInput`), once per press.
 */
export default class ReferralChanges extends LightningElement {
  @api referral: Referral | undefined;
  /** The mapping of the partner's network. */
  @api mapping: MappingRow[] = [];
  @api facts: DealFacts = { Opportunity: {} };
  /** What was sent with the referral. */
  @api values: DraftValue[] = [];
  @api busy = false;

  labels = labels;

  get all(): Difference[] {
    const today = new Date().toISOString().slice(0, 10);
    return this.values.length === 0 ? [] : differences(this.mapping, this.facts, this.values, today);
  }

  get hasAny(): boolean {
    return this.all.length > 0;
  }

  get title(): string {
    return fill(labels.changesTitle, this.partnerName);
  }

  get sendable(): Difference[] {
    const { state = '', editableNow = [] } = this.referral ?? {};
    return OPEN.includes(state) ? this.all.filter(({ target }) => editableNow.includes(target)) : [];
  }

  get locked(): Difference[] {
    const { sendable } = this;
    return this.all.filter((one) => !sendable.some(({ target }) => target === one.target));
  }

  get sendableRows(): ShownDifference[] {
    return this.sendable.map(rowOf);
  }

  get lockedRows(): ShownDifference[] {
    return this.locked.map(rowOf);
  }

  get canSend(): boolean {
    return this.sendable.length > 0;
  }

  get hasLocked(): boolean {
    return this.locked.length > 0;
  }

  /** Why what cannot be sent cannot be: the partner is at it, or it does not take these. */
  get lockedNote(): string {
    const isOpen = OPEN.includes(this.referral?.state ?? '');
    return fill(isOpen ? labels.changesLocked : labels.changesReview, this.partnerName);
  }

  get buttonLabel(): string {
    const { length } = this.sendable;
    return this.busy
      ? labels.buttonSending
      : count(length, labels.changesSendOne, labels.changesSendMany, this.partnerName, length);
  }

  handleSend(): void {
    const { sendable } = this;
    if (this.busy || sendable.length === 0) {
      return;
    }
    const changed = sendable.map(({ target }) => target);
    const fingerprints = Object.fromEntries(sendable.map(({ target, value }) => [target, fingerprint(value)]));
    const input: ChangesInput = { version: 1, shown: { fields: changed, fingerprints }, changed };
    this.dispatchEvent(new CustomEvent('send', { detail: { input } }));
  }

  private get partnerName(): string {
    return this.referral?.partnerName ?? '';
  }
}

function rowOf({ target, label, was, now, source, sourceKind, personal }: Difference): ShownDifference {
  return {
    key: target,
    label,
    was: was === '' ? labels.changesNotSent : fill(labels.changesWas, was),
    now: fill(labels.changesNow, now),
    source: sourceText(sourceKind, source),
    personal,
  };
}
