import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { PARTNER_FUNCTIONS, functionName } from 'c/partnerFunctions';
import { amountOf } from 'c/stopData';
import type { StopSwitchRow, UnderWay } from 'c/stopData';
import { labels } from 'c/stopLabels';
import { fill } from 'c/textFormat';
import { momentOf, relativeText } from 'c/timeFormat';

type What = 'all' | 'function' | 'partner';

/**
 * Chooses what to stop, says what that stops, asks why, and stops it; or tests the switch without stopping anything.
 * @fires stopped once the service has stopped it.
 * @fires cancel when nothing shall be stopped.
 */
export default class StopForm extends LightningElement {
  @api underWay: UnderWay = { referrals: [], agents: [], partners: [] };
  @api switches: StopSwitchRow[] = [];

  labels = labels;
  sendFailed = sendFailed;
  what: What = 'all';
  name = '';
  reason = '';
  reasonProblem = '';
  scopeProblem = '';
  requestId = '';
  working: '' | 'stop' | 'test-stop' = '';
  asked: 'stop' | 'test-stop' = 'stop';
  sendErrors: unknown;
  private needsFocus = true;

  renderedCallback(): void {
    if (this.needsFocus) {
      this.needsFocus = false;
      this.template?.querySelector<HTMLElement>('.title')?.focus();
    }
  }

  get whats(): { label: string; value: What }[] {
    return [
      { label: labels.what_all, value: 'all' },
      { label: labels.what_function, value: 'function' },
      { label: labels.what_partner, value: 'partner' },
    ];
  }

  get isFunction(): boolean {
    return this.what === 'function';
  }

  get isPartner(): boolean {
    return this.what === 'partner';
  }

  get functions(): { label: string; value: string }[] {
    return PARTNER_FUNCTIONS.map(({ id, name }) => ({ label: name, value: id }));
  }

  get partners(): { label: string; value: string }[] {
    return this.underWay.partners.map(({ key, name }) => ({ label: name, value: key }));
  }

  get busy(): boolean {
    return this.working !== '';
  }

  get hasScope(): boolean {
    return this.scope !== '';
  }

  get consequence(): string {
    const { scope, what, name } = this;
    const { referrals, work } = amountOf(this.underWay, scope);
    const partner = this.underWay.partners.find(({ key }) => key === name)?.name ?? name;
    const words = {
      all: labels.will_all,
      function: name === 'co-selling' ? labels.will_coSelling : labels.will_function,
      partner: labels.will_partner,
    }[what];
    return fill(words, number(referrals), number(work), what === 'partner' ? partner : functionName(name));
  }

  get tested(): string {
    const testedAt = this.switches.find(({ scope }) => scope === this.scope)?.testedAt;
    const moment = momentOf(testedAt);
    return moment === undefined ? labels.drill_never : fill(labels.drill_last, relativeText(moment, Date.now()));
  }

  get stopLabel(): string {
    if (this.working === 'stop') {
      return labels.stopping;
    }
    const things = {
      all: labels.stop_everything,
      function: labels.stop_thing_function,
      partner: labels.stop_thing_partner,
    };
    return this.what === 'all' ? things.all : fill(labels.stop, things[this.what]);
  }

  get drillLabel(): string {
    return this.working === 'test-stop' ? labels.drilling : labels.drill;
  }

  get waiting(): string {
    return this.asked === 'stop' ? labels.stopping : labels.drilling;
  }

  handleWhat(event: CustomEvent<{ value: string }>): void {
    this.what = event.detail.value as What;
    this.name = '';
    this.forget();
  }

  handleName(event: CustomEvent<{ value: string }>): void {
    this.name = event.detail.value;
    this.forget();
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
    this.reasonProblem = '';
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  handleStop(): void {
    this.scopeProblem = this.scope === '' ? labels.scope_missing : '';
    this.reasonProblem = this.reason.trim() === '' ? labels.reason_missing : '';
    if (this.scopeProblem === '' && this.reasonProblem === '') {
      this.send('stop', { reason: this.reason.trim() });
    } else if (this.scopeProblem === '') {
      this.template?.querySelector<HTMLElement>('lightning-textarea')?.focus();
    }
  }

  handleDrill(): void {
    this.scopeProblem = this.scope === '' ? labels.scope_missing : '';
    if (this.scopeProblem === '') {
      this.send('test-stop', {});
    }
  }

  handleAnswered(event: CustomEvent<Answer>): void {
    this.working = '';
    if (event.detail.state === 'done') {
      const name = this.asked === 'stop' ? 'stopped' : 'tested';
      this.dispatchEvent(new CustomEvent(name, { detail: { message: event.detail.message } }));
    }
  }

  private get scope(): string {
    if (this.what === 'all') {
      return 'all';
    }
    return this.name === '' ? '' : `${this.what}:${this.name}`;
  }

  private forget(): void {
    this.scopeProblem = '';
    this.requestId = '';
  }

  private async send(kind: 'stop' | 'test-stop', input: object): Promise<void> {
    this.sendErrors = undefined;
    this.requestId = '';
    this.asked = kind;
    this.working = kind;
    try {
      this.requestId = await sendRequest(kind, this.scope, input);
    } catch (error) {
      this.sendErrors = error;
      this.working = '';
    }
  }
}

function number(value: number): string {
  return new Intl.NumberFormat(LOCALE).format(value);
}
