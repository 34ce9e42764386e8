import { LightningElement, api } from 'lwc';
import { messageOf } from '../../../data/field-view.ts';
import { FlowInterview, type ShownScreen } from '../../../data/flow-interview.ts';
import { orgRecords } from '../../../data/flow-records.ts';
import { pageContext } from '../../../data/page-context.ts';

interface Validatable extends HTMLElement {
  reportValidity(): boolean;
}

/**
 * Runs a screen flow of the package: only the elements that its flows use, each as the platform documents it. Salesforce
 * runs flows itself; this stand-in shows the same screens and writes the same records. Fires `finish` at the end.
 */
export default class FlowRunner extends LightningElement {
  @api flowName = '';
  @api inputs: Record<string, unknown> = {};
  screen: ShownScreen | undefined;
  failure = '';
  isBusy = true;
  private interview: FlowInterview | undefined;
  private entered: Record<string, unknown> = {};

  override connectedCallback(): void {
    const flow = pageContext.model.flows[this.flowName];
    if (flow === undefined) {
      this.failure = `The package has no flow named ${this.flowName}.`;
      this.isBusy = false;
      return;
    }
    const world = {
      flows: pageContext.model.flows,
      labels: pageContext.model.flowLabels,
      records: orgRecords,
      now: () => new Date(),
    };
    const interview = new FlowInterview(
      flow,
      world,
      JSON.parse(JSON.stringify(this.inputs)) as Record<string, unknown>,
    );
    this.interview = interview;
    this.goTo(() => interview.start());
  }

  get fields() {
    return (this.screen?.fields ?? []).map((field) => ({
      ...field,
      isChoice: field.kind === 'choice',
      value: this.entered[field.name] ?? field.value,
    }));
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    const name = (event.currentTarget as HTMLElement).dataset['name'] ?? '';
    this.entered = { ...this.entered, [name]: event.detail.value };
  }

  handleBack(): void {
    const { interview } = this;
    if (interview !== undefined) this.goTo(() => interview.back());
  }

  handleNext(): void {
    const controls = [...(this.template?.querySelectorAll<Validatable>('.control') ?? [])];
    if (!controls.map((control) => control.reportValidity()).every(Boolean)) return;
    const { interview, entered } = this;
    if (interview !== undefined) this.goTo(() => interview.next({ ...entered }));
  }

  private async goTo(move: () => Promise<ShownScreen | undefined>): Promise<void> {
    this.isBusy = true;
    try {
      const screen = await move();
      this.entered = Object.fromEntries(
        (screen?.fields ?? []).filter(({ kind }) => kind === 'choice').map(({ name, value }) => [name, value]),
      );
      this.screen = screen;
      if (screen === undefined) this.dispatchEvent(new CustomEvent('finish'));
      else await this.focusHeading();
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.isBusy = false;
  }

  /** A new screen replaces the one that had the focus. */
  private async focusHeading(): Promise<void> {
    await Promise.resolve();
    this.template?.querySelector<HTMLElement>('h2')?.focus();
  }
}
