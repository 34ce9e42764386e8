import { LightningElement, api } from 'lwc';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import type { Mode } from 'c/modeData';
import { labels } from 'c/modeLabels';
import { functionName } from 'c/partnerFunctions';
import { count, fill } from 'c/textFormat';

const MODES: readonly { value: string; label: string }[] = [
  { value: 'off', label: labels.mode_off },
  { value: 'assisted', label: labels.mode_assisted },
  { value: 'led', label: labels.mode_led },
];
const CHECKS: Readonly<Record<string, string>> = {
  guardrails: labels.check_guardrails,
  agent: labels.check_agent,
  ledger: labels.check_ledger,
  'kill-switch': labels.check_killSwitch,
  grant: labels.check_grant,
  phase: labels.check_phase,
  decisions: labels.check_decisions,
  'approval-rate': labels.check_approvalRate,
  'five-parts': labels.check_fiveParts,
  contact: labels.check_contact,
  disputes: labels.check_disputes,
};
/** The service asks for a reason that says something. */
const SHORTEST_REASON = 3;

interface ShownCheck {
  key: string;
  name: string;
  says: string;
  icon: string;
  variant: string;
  word: string;
  held: boolean;
}

/**
 * How one function may act with one partner, what is missing before it may act alone, and the change of its mode.
 * @fires changed after the service has answered, so that the page reads again.
 */
export default class FunctionMode extends LightningElement {
  @api mode: Mode | undefined;
  @api changeable = false;
  /** Opens the change at once, as for a partner that was just chosen. */
  @api editing = false;

  labels = labels;
  sendFailed = sendFailed;
  modes = MODES;
  isOpen = false;
  wanted = '';
  reason = '';
  problem = '';
  requestId = '';
  checkId = '';
  busy = false;
  sendErrors: unknown;
  private focusNext = '';

  connectedCallback(): void {
    if (this.editing) {
      this.handleOpen();
    }
  }

  renderedCallback(): void {
    const { focusNext } = this;
    if (focusNext !== '') {
      this.focusNext = '';
      this.template?.querySelector<HTMLElement>(focusNext)?.focus();
    }
  }

  get badge(): string {
    return MODES.find(({ value }) => value === this.mode?.mode)?.label ?? '';
  }

  get badgeClass(): string {
    return `badge ${this.mode?.mode ?? 'off'}`;
  }

  get names(): [string, string] {
    return [functionName(this.mode?.function ?? ''), this.mode?.partnerName ?? ''];
  }

  get changeName(): string {
    return fill(labels.change_for, ...this.names);
  }

  get checkName(): string {
    return fill(labels.readiness_check_for, ...this.names);
  }

  get paused(): string {
    const why = this.mode?.pausedWhy ?? '';
    return why === '' ? '' : fill(labels.paused, why);
  }

  get canOpen(): boolean {
    return this.changeable && !this.isOpen;
  }

  get saveLabel(): string {
    return this.busy ? labels.saving : labels.save;
  }

  get checks(): ShownCheck[] {
    return (this.mode?.readiness ?? [])
      .map(({ check, held, says }) => ({
        key: check,
        name: CHECKS[check] ?? check,
        says,
        held,
        icon: held ? 'utility:success' : 'utility:warning',
        variant: held ? 'success' : 'warning',
        word: held ? labels.held : labels.missing,
      }))
      .sort((one, other) => Number(one.held) - Number(other.held));
  }

  get isChecked(): boolean {
    return this.checks.length > 0;
  }

  get readiness(): string {
    const missing = this.checks.filter(({ held }) => !held).length;
    if (!this.isChecked) {
      return labels.readiness_none;
    }
    return missing === 0
      ? labels.readiness_ready
      : count(missing, labels.readiness_one, labels.readiness_missing, missing);
  }

  handleOpen(): void {
    this.isOpen = true;
    this.wanted = this.mode?.mode ?? 'off';
    this.requestId = '';
    this.focusNext = 'lightning-radio-group';
  }

  handleMode(event: CustomEvent<{ value: string }>): void {
    this.wanted = event.detail.value;
    this.problem = '';
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
    this.problem = '';
  }

  handleCancel(): void {
    this.isOpen = false;
    this.problem = '';
    this.focusNext = '.title';
  }

  async handleSave(): Promise<void> {
    if (this.wanted === this.mode?.mode && !this.editing) {
      this.problem = labels.mode_same;
    } else if (this.reason.trim().length < SHORTEST_REASON) {
      this.problem = labels.reason_missing;
      this.focusNext = 'lightning-textarea';
    } else {
      this.busy = true;
      this.requestId = await this.send('change-mode', { mode: this.wanted, reason: this.reason.trim() });
      this.busy = this.requestId !== '';
    }
  }

  async handleCheck(): Promise<void> {
    this.checkId = await this.send('check-readiness', {});
  }

  handleAnswered(event: CustomEvent<Answer>): void {
    this.busy = false;
    if (event.detail.state === 'done') {
      this.isOpen = false;
      this.reason = '';
      this.focusNext = '.title';
    }
    // A refused switch has written what is missing.
    this.tellChanged();
  }

  handleChecked(): void {
    this.tellChanged();
  }

  private tellChanged(): void {
    this.dispatchEvent(new CustomEvent('changed'));
  }

  private async send(kind: 'change-mode' | 'check-readiness', input: object): Promise<string> {
    this.sendErrors = undefined;
    this.requestId = '';
    this.checkId = '';
    try {
      return await sendRequest(kind, this.mode?.key ?? '', input);
    } catch (error) {
      this.sendErrors = error;
      return '';
    }
  }
}
