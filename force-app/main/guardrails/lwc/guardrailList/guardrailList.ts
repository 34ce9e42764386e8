import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import POLICY from '@salesforce/schema/GuardrailPolicy__c';
import { mayManage } from 'c/governanceRights';
import { labels } from 'c/guardrailLabels';
import { PARTNER_FUNCTIONS, functionName } from 'c/partnerFunctions';
import { Poller } from 'c/poller';
import { POLICY_QUERY, groupsOf, readPolicies, readScopePartners } from 'c/policyData';
import type { PolicyGroup, PolicyVersion, ScopePartner } from 'c/policyData';
import { asQuery } from 'c/recordQuery';
import { RULE_SHAPES } from 'c/ruleShapes';
import type { RuleShape } from 'c/ruleShapes';
import { sentenceOf, ruleTitle } from 'c/ruleTexts';
import { fill } from 'c/textFormat';

interface ShownRule {
  id: string;
  shape: RuleShape;
  groups: PolicyGroup[];
  notice: string;
}

/** The function of the first phase that this company begins with. */
const FIRST_FUNCTION = 'co-selling';
/** Others change rules too, and one that was planned begins. */
const PAUSES = { first: 30_000, growth: 1.5, longest: 120_000 };

/** The rules that bound the agents, function by function, as sentences whose numbers an admin changes in place. */
export default class GuardrailList extends LightningElement {
  labels = labels;
  changeable = mayManage;
  functionId = FIRST_FUNCTION;
  query: unknown;
  errors: unknown;
  isForbidden = false;
  partners: ScopePartner[] = [];
  private saved: { rule: string; message: string } | undefined;
  private versions: PolicyVersion[] | undefined;
  private now = Date.now();
  private refresh: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.readAgain(), PAUSES);

  @wire(getObjectInfo, { objectApiName: POLICY })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(POLICY_QUERY));
    }
  }

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.now = Date.now();
      this.versions = readPolicies(data);
      this.partners = readScopePartners(data);
    }
  }

  connectedCallback(): void {
    this.poller.start();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.versions === undefined && !this.errors;
  }

  get isReady(): boolean {
    return !this.isForbidden && this.versions !== undefined;
  }

  get isReader(): boolean {
    return !this.changeable;
  }

  get functionOptions(): { label: string; value: string }[] {
    return PARTNER_FUNCTIONS.map(({ id, name }) => ({
      value: id,
      label: fill(labels.function_option, name, new Set(this.versionsOf(id).map(({ rule }) => rule)).size),
    }));
  }

  get setRules(): ShownRule[] {
    return this.rules.filter(({ groups }) => groups.length > 0);
  }

  get unsetRules(): ShownRule[] {
    return this.rules.filter(({ groups }) => groups.length === 0);
  }

  get fixedRules(): { id: string; title: string; sentence: string }[] {
    return RULE_SHAPES.filter((shape) => isFixed(shape)).map((shape) => ({
      id: shape.id,
      title: ruleTitle(shape.id),
      sentence: sentenceOf(shape, {})
        .map(({ words }) => words)
        .join(''),
    }));
  }

  get hasSetRules(): boolean {
    return this.setRules.length > 0;
  }

  get hasUnsetRules(): boolean {
    return this.unsetRules.length > 0;
  }

  get emptyTitle(): string {
    return fill(labels.empty_title, functionName(this.functionId));
  }

  get unsetTitle(): string {
    return fill(labels.notSet, this.unsetRules.length);
  }

  get fixedTitle(): string {
    return fill(labels.fixed, this.fixedRules.length);
  }

  handleFunction(event: CustomEvent<{ value: string }>): void {
    this.functionId = event.detail.value;
    this.saved = undefined;
  }

  async handleChanged(): Promise<void> {
    await this.readAgain();
  }

  /** A rule that had no numbers stands elsewhere once it has some, so what was saved is kept here. */
  async handleSaved(event: CustomEvent<{ rule: string; message: string }>): Promise<void> {
    const { rule, message } = event.detail;
    await this.readAgain();
    this.saved = { rule, message };
  }

  private get rules(): ShownRule[] {
    const { versions = [], functionId, now, saved } = this;
    return RULE_SHAPES.filter((shape) => !isFixed(shape)).map((shape) => ({
      id: `${functionId}:${shape.id}`,
      shape,
      groups: groupsOf(versions, functionId, shape.id, now),
      notice: saved?.rule === shape.id ? saved.message : '',
    }));
  }

  private versionsOf(id: string): PolicyVersion[] {
    return (this.versions ?? []).filter((version) => version.function === id);
  }

  private async readAgain(): Promise<void> {
    await this.refresh?.();
    this.now = Date.now();
  }
}

/** A rule without numbers cannot be changed. */
function isFixed({ slots }: RuleShape): boolean {
  return Object.keys(slots).length === 0;
}
