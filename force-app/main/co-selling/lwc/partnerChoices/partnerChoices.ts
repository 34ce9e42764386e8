import { LightningElement, api } from 'lwc';
import type { Partner } from 'c/referralSetup';
import { labels } from 'c/referralLabels';
import { count, fill } from 'c/textFormat';

/** A partner with how well it fits this deal and, when there is one, the state of the referral to it in words. */
export interface PartnerChoice {
  partner: Partner;
  reasons: string[];
  score: number;
  referralState: string;
}

/**
 * The partners beside the one that is shown, folded away.
 * @fires choose with `detail.partnerId`.
 */
export default class PartnerChoices extends LightningElement {
  /** The other partners, best fit first. */
  @api choices: PartnerChoice[] = [];

  get hasChoices(): boolean {
    return this.choices.length > 0;
  }

  get label(): string {
    return fill(labels.fitOthers, this.choices.length);
  }

  get items(): { id: string; name: string; about: string; canChoose: boolean; buttonLabel: string }[] {
    return this.choices.map(({ partner, reasons, referralState }) => ({
      id: partner.id,
      name: partner.name,
      about: aboutOf(partner, reasons, referralState),
      canChoose: isConnected(partner),
      buttonLabel: fill(labels.choosePartner, partner.name),
    }));
  }

  handleChoose(event: Event): void {
    const { partnerId } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('choose', { detail: { partnerId } }));
  }
}

/** Whether a network of ours reaches the partner. */
export function isConnected({ network }: Partner): boolean {
  return network !== '' && network !== 'none';
}

function aboutOf(partner: Partner, reasons: string[], referralState: string): string {
  if (!isConnected(partner)) {
    return labels.chooseUnconnected;
  }
  if (referralState !== '') {
    return referralState;
  }
  return reasons.length === 0
    ? labels.chooseReasonsNone
    : count(reasons.length, labels.chooseReasonsOne, labels.chooseReasonsMany);
}
