import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import type { Mode, Phase } from 'c/modeData';
import { labels } from 'c/modeLabels';
import { PARTNER_FUNCTIONS } from 'c/partnerFunctions';
import { fill } from 'c/textFormat';
import { momentOf } from 'c/timeFormat';

interface Choice {
  value: string;
  label: string;
}
interface ShownFunction {
  id: string;
  name: string;
  progress: string;
  exception: string;
  modes: Mode[];
  isEmpty: boolean;
  addName: string;
  partners: Choice[];
  isChoosing: boolean;
  canAdd: boolean;
  canExcept: boolean;
  added: Mode | undefined;
}

const TITLES: Readonly<Record<string, string>> = {
  '1': labels.phase_1,
  '2': labels.phase_2,
  '3': labels.phase_3,
};
const SHORTEST_REASON = 3;

/**
 * One phase: whether it is open, what its functions have shown, their modes by partner, and opening it.
 * @fires changed after something was asked of the service and answered.
 */
export default class PhaseProgress extends LightningElement {
  @api phase: Phase | undefined;
  /** Modes of all functions. */
  @api modes: Mode[] = [];
  @api partners: Choice[] = [];
  @api changeable = false;

  labels = labels;
  sendFailed = sendFailed;
  isAsking = false;
  reason = '';
  problem = '';
  requestId = '';
  busy = false;
  sendErrors: unknown;
  private choosing = '';
  private added: Record<string, Choice> = {};

  get title(): string {
    return TITLES[this.phase?.key ?? ''] ?? '';
  }

  get isOpen(): boolean {
    return this.phase?.open === true;
  }

  get state(): string {
    const { open = false, openedAt = '', openedBy = '' } = this.phase ?? {};
    if (!open) {
      return labels.phase_closed;
    }
    const by = openedBy === '' ? '' : `, ${fill(labels.phase_by, openedBy)}`;
    return fill(labels.phase_open, day(openedAt)) + by;
  }

  get canOpen(): boolean {
    return this.changeable && this.phase?.open === false && !this.isAsking;
  }

  get openLabel(): string {
    return this.busy ? labels.phase_opening : fill(labels.phase_button, this.phase?.key ?? '');
  }

  get functions(): ShownFunction[] {
    const { key = '', progress = [] } = this.phase ?? {};
    return PARTNER_FUNCTIONS.filter(({ phase }) => String(phase) === key).map(({ id, number, name }) => {
      const shown = progress.find((one) => one.function === id);
      const modes = this.modes.filter((mode) => mode.function === id);
      const added = this.added[id];
      const isNew = added && !modes.some(({ partner }) => partner === added.value);
      return {
        id,
        name: `${number} ${name}`,
        progress: progressText(shown?.decisions ?? 0, shown?.approvedBps ?? 0),
        exception: shown?.exceptionUntil ? fill(labels.function_exception, day(shown.exceptionUntil)) : '',
        modes,
        isEmpty: modes.length === 0 && !isNew,
        addName: fill(labels.partner_addFor, name),
        partners: this.partners.filter(({ value }) => !modes.some(({ partner }) => partner === value)),
        isChoosing: this.choosing === id,
        canAdd: this.changeable && this.choosing !== id && modes.length < this.partners.length,
        // One that holds already is said above; it can be allowed anew when it has ended.
        canExcept: this.changeable && !shown?.exceptionUntil,
        added: isNew ? newMode(id, added) : undefined,
      };
    });
  }

  handleAsk(): void {
    this.isAsking = true;
  }

  handleCancel(): void {
    this.isAsking = false;
    this.problem = '';
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
    this.problem = '';
  }

  async handleOpenPhase(): Promise<void> {
    if (this.reason.trim().length < SHORTEST_REASON) {
      this.problem = labels.reason_missing;
      return;
    }
    this.busy = true;
    this.sendErrors = undefined;
    this.requestId = '';
    try {
      this.requestId = await sendRequest('open-phase', this.phase?.key ?? '', { reason: this.reason.trim() });
    } catch (error) {
      this.sendErrors = error;
      this.busy = false;
    }
  }

  handleAnswered(event: CustomEvent<Answer>): void {
    this.busy = false;
    this.isAsking = event.detail.state !== 'done';
    this.tellChanged();
  }

  handleAdd(event: Event): void {
    this.choosing = (event.currentTarget as HTMLElement).dataset.function ?? '';
  }

  handlePartner(event: CustomEvent<{ value: string }>): void {
    const { function: id = '' } = (event.currentTarget as HTMLElement).dataset;
    const partner = this.partners.find(({ value }) => value === event.detail.value);
    if (partner) {
      this.added = { ...this.added, [id]: partner };
      this.choosing = '';
    }
  }

  handleChanged(): void {
    this.tellChanged();
  }

  private tellChanged(): void {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}

/** A mode that no record holds yet: it counts as off. */
function newMode(of: string, partner: Choice): Mode {
  return {
    key: `${of}:${partner.value}`,
    function: of,
    partner: partner.value,
    partnerName: partner.label,
    mode: 'off',
    reason: '',
    pausedWhy: '',
    readiness: [],
    readinessAt: '',
  };
}

function progressText(decisions: number, approvedBps: number): string {
  if (decisions === 0) {
    return labels.function_noProgress;
  }
  const share = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 }).format(
    approvedBps / 10_000,
  );
  return decisions === 1
    ? fill(labels.function_progressOne, share)
    : fill(labels.function_progress, new Intl.NumberFormat(LOCALE).format(decisions), share);
}

function day(moment: string): string {
  const at = momentOf(moment);
  return at === undefined ? '' : new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' }).format(at);
}
