import { LightningElement, api } from 'lwc';
import { labels } from 'c/referralLabels';
import type { PathStep } from 'c/referralView';
import { fill } from 'c/textFormat';

const ICONS: Record<PathStep['status'], string> = {
  done: 'utility:success',
  current: 'utility:clock',
  todo: '',
  stopped: 'utility:warning',
};
const VARIANTS: Record<PathStep['status'], string> = { done: 'success', current: '', todo: '', stopped: 'warning' };

/** The five steps of a referral from top to bottom, with times; the step it stands at is marked for screen readers too. */
export default class ReferralPath extends LightningElement {
  @api steps: PathStep[] = [];
  /** The partner's id of the deal and its page; shown at the step "Filed" as soon as they exist. */
  @api networkId = '';
  @api networkUrl = '';
  @api partnerName = '';

  labels = labels;

  get items(): (PathStep & { icon: string; variant: string; class: string; current: string | null; link: boolean })[] {
    return this.steps.map((step) => ({
      ...step,
      icon: ICONS[step.status],
      variant: VARIANTS[step.status],
      class: `step ${step.status}`,
      current: step.status === 'current' ? 'step' : null,
      link: step.key === 'filed' && this.networkId !== '' && this.networkUrl !== '',
    }));
  }

  get linkTitle(): string {
    return fill(labels.networkId, this.networkId, this.partnerName);
  }
}
