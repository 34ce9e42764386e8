import { LightningElement, api } from 'lwc';
import { PILLARS, STATES, ZONES, nameIn, stateOf } from 'c/controlData';
import type { Choice, Control } from 'c/controlData';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { labels } from 'c/matrixLabels';
import { functionName } from 'c/partnerFunctions';
import { fill } from 'c/textFormat';

type Part = 'ownerId' | 'state' | 'agent' | 'metric' | 'note';

/**
 * One cell of the matrix: to read, or for an admin to change.
 * @fires close when the reader is done with it.
 * @fires saved with `detail.message` after the service has written it.
 */
export default class ControlCell extends LightningElement {
  @api cell: Control | undefined;
  @api agents: Choice[] = [];
  @api changeable = false;

  labels = labels;
  sendFailed = sendFailed;
  states: readonly Choice[] = STATES;
  requestId = '';
  busy = false;
  hint = '';
  sendErrors: unknown;
  private changed: Partial<Record<Part, string>> = {};
  private needsFocus = true;

  renderedCallback(): void {
    if (this.needsFocus) {
      this.needsFocus = false;
      this.template?.querySelector<HTMLElement>('.title')?.focus();
    }
  }

  get title(): string {
    const { cell } = this;
    return cell
      ? fill(labels.cell, functionName(cell.function), nameIn(PILLARS, cell.pillar), nameIn(ZONES, cell.zone))
      : '';
  }

  get state(): string {
    return this.changed.state ?? this.cell?.state ?? '';
  }

  get stateLabel(): string {
    return stateOf(this.cell?.state ?? '').label;
  }

  get ownerName(): string {
    return this.cell?.ownerName || labels.noOwner;
  }

  get agentName(): string {
    return this.cell?.agentName || labels.agent_none;
  }

  get agentKey(): string {
    return this.changed.agent ?? this.cell?.agentKey ?? '';
  }

  get agentOptions(): Choice[] {
    return [{ value: '', label: labels.agent_none }, ...this.agents];
  }

  get saveLabel(): string {
    return this.busy ? labels.saving : labels.save;
  }

  get changedBy(): string {
    return this.cell?.changedBy ? fill(labels.changed, this.cell.changedBy) : '';
  }

  get hasPast(): boolean {
    return this.changedBy !== '';
  }

  handlePerson(event: CustomEvent<{ id: string }>): void {
    this.change('ownerId', event.detail.id);
  }

  handleInput(event: CustomEvent<{ value: string }>): void {
    this.change((event.currentTarget as HTMLElement).dataset.part as Part, event.detail.value);
  }

  handleClose(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  async handleSave(): Promise<void> {
    const { cell } = this;
    const wanted = Object.entries(this.changed).filter(([part, value]) => value !== this.present(part as Part));
    if (!cell || wanted.length === 0) {
      this.hint = labels.nothing;
      return;
    }
    this.busy = true;
    this.sendErrors = undefined;
    this.requestId = '';
    try {
      this.requestId = await sendRequest(
        'change-control',
        cell.key,
        // Null takes a value away.
        Object.fromEntries(wanted.map(([part, value]) => [part, value === '' ? null : value])),
      );
    } catch (error) {
      this.sendErrors = error;
      this.busy = false;
    }
  }

  handleAnswered(event: CustomEvent<Answer>): void {
    const { state, message } = event.detail;
    this.busy = false;
    if (state === 'done') {
      this.changed = {};
      this.dispatchEvent(new CustomEvent('saved', { detail: { message: fill(labels.saved, message) } }));
    }
  }

  private change(part: Part, value: string): void {
    this.changed = { ...this.changed, [part]: value };
    this.hint = '';
  }

  private present(part: Part): string {
    return (part === 'agent' ? this.cell?.agentKey : this.cell?.[part]) ?? '';
  }
}
