import { LightningElement, api, wire } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import MOVE from '@salesforce/schema/BoundaryProposal__c';
import BACK_TEST from '@salesforce/schema/BoundaryProposal__c.BackTest__c';
import DIRECTION from '@salesforce/schema/BoundaryProposal__c.Direction__c';
import EVIDENCE from '@salesforce/schema/BoundaryProposal__c.Evidence__c';
import FUNCTION from '@salesforce/schema/BoundaryProposal__c.Function__c';
import KEY from '@salesforce/schema/BoundaryProposal__c.Key__c';
import RULE from '@salesforce/schema/BoundaryProposal__c.Rule__c';
import SAYS from '@salesforce/schema/BoundaryProposal__c.Says__c';
import SETTINGS from '@salesforce/schema/BoundaryProposal__c.Settings__c';
import STATE from '@salesforce/schema/BoundaryProposal__c.State__c';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer, GovernanceKind } from 'c/governanceRequest';
import { labels } from 'c/guardrailLabels';
import { functionName } from 'c/partnerFunctions';
import { asQuery, jsonObject, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { shapeOf } from 'c/ruleShapes';
import type { RuleShape, Settings } from 'c/ruleShapes';
import { ruleTitle } from 'c/ruleTexts';
import { fill } from 'c/textFormat';

const FIELDS = {
  key: KEY,
  function: FUNCTION,
  rule: RULE,
  direction: DIRECTION,
  says: SAYS,
  settings: SETTINGS,
  evidence: EVIDENCE,
  backTest: BACK_TEST,
};
const QUERY = uiApiQuery('boundaryMoves', '', [
  selectRows(
    'moves',
    MOVE,
    FIELDS,
    `where: { ${STATE.fieldApiName}: { eq: "proposed" } }, orderBy: { CreatedDate: { order: DESC } }, first: 50`,
  ),
]);

interface Move {
  id: string;
  key: string;
  title: string;
  direction: string;
  icon: string;
  says: string;
  shape: RuleShape | undefined;
  settings: Settings;
  evidence: string;
  backTest: string;
  against: string;
  adoptName: string;
  declineName: string;
  requestId: string;
  busy: boolean;
}

/**
 * Moves of limits that the answers of people speak for. Nothing is changed until somebody adopts one.
 * @fires changed after one was adopted, so that the rules are read again.
 */
export default class BoundaryMoves extends LightningElement {
  /** The reader may adopt and decline. */
  @api changeable = false;

  labels = labels;
  sendFailed = sendFailed;
  query: unknown;
  sendErrors: unknown;
  private rows: ReturnType<typeof readMoves> = [];
  /** The requests made here, by the key of the move they are about. */
  private requests: Record<string, string> = {};
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(getObjectInfo, { objectApiName: MOVE })
  receiveInfo({ data }: Wire.LdsResult<ObjectInfo>): void {
    this.query = data?.queryable === true ? (this.query ?? asQuery(QUERY)) : undefined;
  }

  @wire(graphql, { query: '$query' })
  receive({ data, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    if (data) {
      this.rows = readMoves(data);
    }
  }

  get hasMoves(): boolean {
    return this.rows.length > 0;
  }

  get moves(): Move[] {
    return this.rows.map((row) => this.moveOf(row));
  }

  handleAdopt(event: Event): void {
    this.decide('adopt-boundary', event);
  }

  handleDecline(event: Event): void {
    this.decide('decline-boundary', event);
  }

  async handleAnswered(event: CustomEvent<Answer>): Promise<void> {
    if (event.detail.state === 'done') {
      this.dispatchEvent(new CustomEvent('changed'));
      await this.refresh?.();
    } else {
      const { key = '' } = (event.currentTarget as HTMLElement).dataset;
      this.refused = { ...this.refused, [key]: true };
    }
  }

  /** Moves whose request was refused: they can be decided again. */
  private refused: Record<string, boolean> = {};

  private async decide(kind: GovernanceKind, event: Event): Promise<void> {
    const { key = '' } = (event.currentTarget as HTMLElement).dataset;
    this.sendErrors = undefined;
    this.refused = { ...this.refused, [key]: false };
    try {
      this.requests = { ...this.requests, [key]: await sendRequest(kind, key, {}) };
    } catch (error) {
      this.sendErrors = error;
    }
  }

  private moveOf(row: (typeof this.rows)[number]): Move {
    const { id, key, says, evidence, backTest } = row;
    const wider = row.direction === 'widen';
    const against = Number((evidence.against as unknown[] | undefined)?.length ?? evidence.against ?? 0);
    const requestId = this.requests[key] ?? '';
    return {
      id,
      key,
      title: fill(labels.move_rule, functionName(row.function), ruleTitle(row.rule)),
      direction: wider ? labels.move_direction_widen : labels.move_direction_narrow,
      icon: wider ? 'utility:expand' : 'utility:contract',
      says,
      shape: shapeOf(row.rule),
      settings: row.settings,
      evidence: fill(
        labels.move_evidence,
        ...[evidence.cases, evidence.approved, evidence.rejected, evidence.people].map((value) => number(value)),
      ),
      backTest: fill(labels.move_backTest, number(backTest.judged ?? backTest.decisions), number(backTest.changed)),
      against: against > 0 ? fill(labels.move_against, number(against)) : '',
      adoptName: fill(labels.move_adopt_for, says),
      declineName: fill(labels.move_decline_for, says),
      requestId,
      busy: requestId !== '' && this.refused[key] !== true,
    };
  }
}

function readMoves(data: unknown) {
  return readRows(data, 'moves', FIELDS).map((row) => ({
    id: row.id,
    key: text(row.key),
    function: text(row.function),
    rule: text(row.rule),
    direction: text(row.direction),
    says: text(row.says),
    settings: jsonObject(row.settings),
    evidence: jsonObject(row.evidence),
    backTest: jsonObject(row.backTest),
  }));
}

function number(value: unknown): string {
  return new Intl.NumberFormat(LOCALE).format(Number(value ?? 0));
}
