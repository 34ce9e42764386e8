import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import CONTROL from '@salesforce/schema/FunctionControl__c';
import { CONTROL_QUERY, PILLARS, ZONES, nameIn, readAgentChoices, readControls, stateOf } from 'c/controlData';
import type { Choice, Control } from 'c/controlData';
import { mayManage } from 'c/governanceRights';
import { labels } from 'c/matrixLabels';
import { PARTNER_FUNCTIONS, functionName } from 'c/partnerFunctions';
import { asQuery } from 'c/recordQuery';
import { isPhone } from 'c/screenSize';
import { fill } from 'c/textFormat';

interface ShownCell {
  key: string;
  control: Control;
  pillar: string;
  name: string;
  state: string;
  icon: string;
  owner: string;
  details: string;
  className: string;
  tabIndex: string;
  expanded: string;
  isOpen: boolean;
  row: number;
  column: number;
}
interface ShownRow {
  id: string;
  detailsKey: string;
  number: string;
  name: string;
  cells: ShownCell[];
  open: Control | undefined;
}

/** Rows and columns that an arrow key moves by. */
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Who owns which part of which function: one zone at a time as a grid, on a phone one function at a time. */
export default class ControlMatrix extends LightningElement {
  labels = labels;
  zones: readonly Choice[] = ZONES;
  pillars: readonly Choice[] = PILLARS;
  changeable = mayManage;
  isPhone = isPhone;
  zone = ZONES[0]?.value ?? '';
  functionId = PARTNER_FUNCTIONS[0]?.id ?? '';
  query: unknown;
  errors: unknown;
  isForbidden = false;
  saved = '';
  agents: Choice[] = [];
  private controls: Control[] | undefined;
  private openKey = '';
  /** The cell that the Tab key reaches. */
  private at = { row: 0, column: 0 };
  private focusNext = false;
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(getObjectInfo, { objectApiName: CONTROL })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(CONTROL_QUERY));
    }
  }

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.controls = readControls(data);
      this.agents = readAgentChoices(data);
    }
  }

  renderedCallback(): void {
    if (this.focusNext) {
      this.focusNext = false;
      this.focusCell();
    }
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.controls === undefined && !this.errors;
  }

  get isEmpty(): boolean {
    return !this.isForbidden && this.controls?.length === 0;
  }

  get isReady(): boolean {
    return !this.isForbidden && (this.controls?.length ?? 0) > 0;
  }

  get isReader(): boolean {
    return !this.changeable;
  }

  get functionOptions(): Choice[] {
    return PARTNER_FUNCTIONS.map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }));
  }

  get caption(): string {
    return fill(labels.table, nameIn(ZONES, this.zone));
  }

  get counts(): string {
    const states = this.ofZone.map(({ state }) => state);
    const amount = (state: string): number => states.filter((one) => one === state).length;
    return fill(labels.counts, amount('in-place'), amount('planned'), amount('gap'), amount('not-needed'));
  }

  get rows(): ShownRow[] {
    const functions = this.isPhone ? PARTNER_FUNCTIONS.filter(({ id }) => id === this.functionId) : PARTNER_FUNCTIONS;
    return functions.map(({ id, number, name }, row) => {
      const cells = PILLARS.flatMap(({ value }, column) => {
        const control = this.ofZone.find((one) => one.function === id && one.pillar === value);
        return control ? [this.cellOf(control, row, column)] : [];
      });
      return {
        id,
        detailsKey: `${id} details`,
        number,
        name,
        cells,
        open: cells.find(({ isOpen }) => isOpen)?.control,
      };
    });
  }

  get phoneCells(): ShownCell[] {
    return this.rows[0]?.cells ?? [];
  }

  handleZone(event: CustomEvent<{ value: string }>): void {
    this.zone = event.detail.value;
    this.close();
  }

  handleFunction(event: CustomEvent<{ value: string }>): void {
    this.functionId = event.detail.value;
    this.close();
  }

  handleOpen(event: Event): void {
    const { key = '', row, column } = (event.currentTarget as HTMLElement).dataset;
    this.at = { row: Number(row), column: Number(column) };
    this.openKey = this.openKey === key ? '' : key;
    this.saved = '';
  }

  handleKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const button = (event.target as HTMLElement).closest('[data-row]');
    if (!step || !button) {
      return;
    }
    event.preventDefault();
    this.at = {
      row: clamp(this.at.row + step[0], this.rows.length),
      column: clamp(this.at.column + step[1], PILLARS.length),
    };
    this.focusCell();
  }

  handleCellFocus(event: Event): void {
    const { row, column } = (event.currentTarget as HTMLElement).dataset;
    this.at = { row: Number(row), column: Number(column) };
  }

  handleClose(): void {
    this.openKey = '';
    this.focusNext = true;
  }

  async handleSaved(event: CustomEvent<{ message: string }>): Promise<void> {
    await this.refresh?.();
    this.saved = event.detail.message;
    this.handleClose();
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
  }

  private get ofZone(): Control[] {
    return (this.controls ?? []).filter(({ zone }) => zone === this.zone);
  }

  private close(): void {
    this.openKey = '';
    this.saved = '';
    this.at = { row: 0, column: 0 };
  }

  private focusCell(): void {
    const { row, column } = this.at;
    this.template?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  }

  private cellOf(control: Control, row: number, column: number): ShownCell {
    const { label, icon } = stateOf(control.state);
    const owner = fill(labels.owned, control.ownerName || labels.noOwner);
    const pillar = nameIn(PILLARS, control.pillar);
    const isOpen = this.openKey === control.key;
    return {
      key: control.key,
      control,
      pillar,
      name: fill(labels.cell_name, functionName(control.function), pillar),
      state: label,
      icon,
      owner,
      details: [control.agentName, control.metric].filter((part) => part !== '').join(' · '),
      className: `cell ${control.state || 'none'}${isOpen ? ' open' : ''}`,
      tabIndex: this.isPhone || (this.at.row === row && this.at.column === column) ? '0' : '-1',
      expanded: String(isOpen),
      isOpen,
      row,
      column,
    };
  }
}

function clamp(value: number, length: number): number {
  return Math.min(Math.max(value, 0), length - 1);
}
