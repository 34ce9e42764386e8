import { LightningElement, api } from 'lwc';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { labels } from 'c/guardrailLabels';
import type { ScopePartner } from 'c/policyData';
import { slotsOf, valueOf, withValue } from 'c/ruleShapes';
import type { RuleShape, Settings } from 'c/ruleShapes';
import { ruleTitle } from 'c/ruleTexts';
import { orderProblems, readTyped, typedValue } from 'c/ruleValues';
import { fill } from 'c/textFormat';
import { absoluteText, momentOf } from 'c/timeFormat';

/** A change as the service takes it. */
export interface PolicyChange {
  function: string;
  rule: string;
  scope: string;
  settings: Settings;
  effectiveFrom: string | null;
}
interface Sentence extends HTMLElement {
  focusSlot(slot?: string): boolean;
}

/**
 * Changes the numbers of one rule: they are typed in their sentence, the service says what they would have changed, and
 * only then they can be saved. What was typed stays when something is refused.
 * @fires saved with `detail.message`, what the service says.
 * @fires cancel when the reader gives up.
 */
export default class GuardrailEditor extends LightningElement {
  @api shape: RuleShape | undefined;
  @api functionId = '';
  /** The numbers to begin with. */
  @api settings: Settings = {};
  /** The scope that is changed; empty: the reader chooses one. */
  @api scope = '';
  /** The version that the numbers come from; 0 where there was none. A change made meanwhile by somebody else is refused. */
  @api basedOn = 0;
  @api partners: ScopePartner[] = [];
  /** The number that takes the focus first. */
  @api firstSlot = '';

  labels = labels;
  sendFailed = sendFailed;
  typed: Record<string, string> = {};
  problems: Record<string, string> = {};
  when = 'now';
  later = '';
  whenProblem = '';
  scopeProblem = '';
  chosenScope = '';
  simulateId = '';
  saveId = '';
  sendErrors: unknown;
  result: Record<string, unknown> | undefined;
  hint = '';
  /** What is being asked of the service. */
  working: '' | 'simulate' | 'save' = '';
  private simulated = '';
  private needsFocus = true;

  renderedCallback(): void {
    if (this.needsFocus) {
      this.needsFocus = false;
      this.focusFirst(this.firstSlot);
    }
  }

  get heading(): string {
    return fill(labels.heading_change, ruleTitle(this.shape?.id ?? ''));
  }

  get choosesScope(): boolean {
    return this.scope === '';
  }

  get whenOptions(): { label: string; value: string }[] {
    return [
      { label: labels.when_now, value: 'now' },
      { label: labels.when_later, value: 'later' },
    ];
  }

  get isLater(): boolean {
    return this.when === 'later';
  }

  get busy(): boolean {
    return this.working !== '';
  }

  /** The result belongs to what stands in the fields. */
  get isSimulated(): boolean {
    return this.result !== undefined && this.simulated === this.fingerprint;
  }

  get isOutdated(): boolean {
    return this.result !== undefined && !this.isSimulated;
  }

  get simulateLabel(): string {
    return this.working === 'simulate' ? labels.simulating : labels.simulate;
  }

  get saveLabel(): string {
    return this.working === 'save' ? labels.saving : labels.save;
  }

  handleTyped(event: CustomEvent<{ slot: string; typed: string }>): void {
    const { slot, typed } = event.detail;
    this.typed = { ...this.typed, [slot]: typed };
    this.problems = Object.fromEntries(Object.entries(this.problems).filter(([other]) => other !== slot));
    this.hint = '';
  }

  handleScope(event: CustomEvent<{ scope: string }>): void {
    this.chosenScope = event.detail.scope;
    this.scopeProblem = '';
  }

  handleWhen(event: CustomEvent<{ value: string }>): void {
    this.when = event.detail.value;
    this.whenProblem = '';
  }

  handleLater(event: CustomEvent<{ value: string }>): void {
    this.later = event.detail.value ?? '';
    this.whenProblem = '';
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  async handleSimulate(): Promise<void> {
    const change = this.checked();
    if (change) {
      this.result = undefined;
      this.simulated = this.fingerprint;
      this.simulateId = await this.send('simulate', 'simulate-policy', { change });
    }
  }

  async handleSave(): Promise<void> {
    const change = this.checked();
    if (change && this.isSimulated) {
      this.saveId = await this.send('save', 'change-policy', { change, basedOn: this.basedOn });
    }
  }

  handleSimulated(event: CustomEvent<Answer>): void {
    const { state, result } = event.detail;
    this.working = '';
    this.result = state === 'done' ? result : undefined;
  }

  handleSaved(event: CustomEvent<Answer>): void {
    const { state, message, result } = event.detail;
    this.working = '';
    if (state === 'done') {
      this.dispatchEvent(new CustomEvent('saved', { detail: { message: savedText(result) || message } }));
    }
  }

  /** Makes a request and gives its id; what stood there of the last one goes. */
  private async send(
    working: 'simulate' | 'save',
    kind: 'simulate-policy' | 'change-policy',
    input: object,
  ): Promise<string> {
    this.sendErrors = undefined;
    this.simulateId = '';
    this.saveId = '';
    this.hint = '';
    this.working = working;
    try {
      return await sendRequest(kind, '', input);
    } catch (error) {
      this.sendErrors = error;
      this.working = '';
      return '';
    }
  }

  /** What stands in the fields, so that a result can be told from one for other numbers. */
  private get fingerprint(): string {
    return JSON.stringify([this.typed, this.when, this.later, this.chosenScope]);
  }

  /** The change, or undefined with every problem at its field and the focus in the first one. */
  private checked(): PolicyChange | undefined {
    const { shape } = this;
    if (!shape) {
      return undefined;
    }
    const { settings, problems } = this.read(shape);
    this.problems = problems;
    const from = this.isLater ? Date.parse(this.later) : Number.NaN;
    this.whenProblem = this.isLater && !(from > Date.now()) ? labels.when_missing : '';
    const scope = this.scope || this.chosenScope;
    this.scopeProblem = scope === '' ? labels.scope_missing : '';
    const [slot] = Object.keys(problems);
    if (slot || this.whenProblem !== '' || this.scopeProblem !== '') {
      this.hint = labels.problems;
      this.focusFirst(slot);
      return undefined;
    }
    if (this.basedOn > 0 && JSON.stringify(settings) === JSON.stringify(this.settings)) {
      this.hint = labels.nothing;
      this.focusFirst();
      return undefined;
    }
    const effectiveFrom = this.isLater ? new Date(from).toISOString() : null;
    return { function: this.functionId, rule: shape.id, scope, settings, effectiveFrom };
  }

  private read(shape: RuleShape): { settings: Settings; problems: Record<string, string> } {
    let { settings } = this;
    const problems: Record<string, string> = {};
    // A currency is read first: how an amount is read depends on it.
    const slots = Object.entries(slotsOf(shape, settings)).sort(([, one]) => (one.kind === 'currency' ? -1 : 0));
    slots.forEach(([slot, kind]) => {
      const typed = this.typed[slot] ?? typedValue(kind, valueOf(settings, slot), settings);
      const read = readTyped(kind, typed, settings);
      if (read.ok) {
        settings = withValue(settings, slot, read.value);
      } else {
        problems[slot] = read.problem;
      }
    });
    return { settings, problems: Object.keys(problems).length > 0 ? problems : orderProblems(shape, settings) };
  }

  private focusFirst(slot = ''): void {
    this.template?.querySelector<Sentence>('c-rule-sentence')?.focusSlot(slot);
  }
}

/** What was saved, with its time in the reader's own clock; empty where the service does not say. */
function savedText({ version, effectiveFrom, overtaken }: Record<string, unknown>): string {
  const moment = momentOf(effectiveFrom);
  if (typeof version !== 'number' || moment === undefined) {
    return '';
  }
  const above = Array.isArray(overtaken) ? overtaken.join(', ') : '';
  return fill(above === '' ? labels.saved : labels.saved_overtaken, version, absoluteText(moment), above);
}
