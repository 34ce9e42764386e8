import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import MODE from '@salesforce/schema/FunctionMode__c';
import { mayManage } from 'c/governanceRights';
import { MODE_QUERY, readAgents, readModePartners, readModes, readPhases } from 'c/modeData';
import type { Agent, Mode, Phase } from 'c/modeData';
import { labels } from 'c/modeLabels';
import { Poller } from 'c/poller';
import { asQuery } from 'c/recordQuery';

/** Workloads and what functions have shown change while the page is looked at. */
const PAUSES = { first: 20_000, growth: 1.5, longest: 120_000 };
const PHASES = ['1', '2', '3'];

/** How far agents may go: three phases with their functions and modes by partner; and who the agents are. */
export default class FunctionModes extends LightningElement {
  labels = labels;
  changeable = mayManage;
  query: unknown;
  errors: unknown;
  isForbidden = false;
  modes: Mode[] = [];
  agents: Agent[] = [];
  partners: { value: string; label: string }[] = [];
  private knownPhases: Phase[] | undefined;
  private refresh: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.readAgain(), PAUSES);

  @wire(getObjectInfo, { objectApiName: MODE })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(MODE_QUERY));
    }
  }

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.modes = readModes(data);
      this.agents = readAgents(data);
      this.partners = readModePartners(data);
      this.knownPhases = readPhases(data);
    }
  }

  connectedCallback(): void {
    this.poller.start();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.knownPhases === undefined && !this.errors;
  }

  get isReady(): boolean {
    return !this.isForbidden && this.knownPhases !== undefined;
  }

  get isReader(): boolean {
    return !this.changeable;
  }

  /** A phase without a record is closed. */
  get phases(): Phase[] {
    return PHASES.map(
      (key) =>
        this.knownPhases?.find((phase) => phase.key === key) ?? {
          key,
          open: false,
          openedAt: '',
          openedBy: '',
          progress: [],
        },
    );
  }

  async handleChanged(): Promise<void> {
    await this.readAgain();
  }

  private async readAgain(): Promise<void> {
    await this.refresh?.();
  }
}
