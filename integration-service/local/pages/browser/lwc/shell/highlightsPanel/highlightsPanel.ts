import { LightningElement, api } from 'lwc';
import { recordName, viewOf, type FieldView } from '../../../data/field-view.ts';
import { objectInfo } from '../../../data/metadata.ts';
import { pageContext } from '../../../data/page-context.ts';
import { followVisibleFields, type RecordState } from '../../../data/record-follower.ts';
import RecordForm from 'shell/recordForm';
import FlowModal from 'shell/flowModal';

/** The band on top of a record's page: its name, the compact layout's fields, and its actions. */
export default class HighlightsPanel extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  /** Actions that the page names (`Edit`, `Opportunity.Some_Action`); without any, the standard ones. */
  @api actionNames: string[] = [];
  state: RecordState = { info: undefined, record: undefined, failure: '' };
  mayRequest = true;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    const names = pageContext.model.objects[this.objectApiName]?.highlights ?? [];
    this.stop = followVisibleFields(this.objectApiName, this.recordId, names, (state) => {
      this.state = state;
    });
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  get icon(): string {
    return pageContext.model.objects[this.objectApiName]?.icon ?? 'standard:default';
  }

  get objectLabel(): string {
    return this.state.info?.label ?? '';
  }

  get name(): string {
    const { info, record } = this.state;
    return info === undefined || record === undefined ? '' : recordName(info, record);
  }

  get fields(): FieldView[] {
    const { info, record } = this.state;
    if (info === undefined || record === undefined) return [];
    const names = pageContext.model.objects[this.objectApiName]?.highlights ?? [];
    return names.flatMap((name) => viewOf(info, record, name) ?? []);
  }

  get canEdit(): boolean {
    const offered = this.actionNames.length === 0 || this.actionNames.includes('Edit');
    const object = this.state.info;
    if (object === undefined || !offered || !object.updateable) return false;
    return Object.values(object.fields).some((field) => field.updateable);
  }

  get flowActions() {
    const actions = pageContext.model.objects[this.objectApiName]?.quickActions ?? [];
    const named = new Set(this.actionNames.map((name) => name.split('.').at(-1)));
    return this.actionNames.length === 0 ? actions : actions.filter(({ name }) => named.has(name));
  }

  async handleEdit(): Promise<void> {
    await objectInfo(this.objectApiName);
    await RecordForm.open({
      size: 'medium',
      label: `Edit ${this.name}`,
      objectApiName: this.objectApiName,
      recordId: this.recordId,
    });
  }

  async handleFlow(event: Event): Promise<void> {
    const name = (event.currentTarget as HTMLElement).dataset['flow'] ?? '';
    const action = this.flowActions.find(({ flow }) => flow === name);
    await FlowModal.open({
      size: 'small',
      label: action?.label ?? name,
      flowName: name,
      inputs: { recordId: this.recordId },
    });
  }
}
