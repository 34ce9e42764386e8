import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import REQUEST from '@salesforce/schema/Request__c';
import MESSAGE from '@salesforce/schema/Request__c.Message__c';
import RESULT from '@salesforce/schema/Request__c.Result__c';
import STATE from '@salesforce/schema/Request__c.State__c';
import { labels } from 'c/governanceLabels';
import type { Answer } from 'c/governanceRequest';
import { Poller } from 'c/poller';
import { asQuery, jsonObject, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { fill } from 'c/textFormat';
import { durationText } from 'c/timeFormat';

const FIELDS = { state: STATE, message: MESSAGE, result: RESULT };
const QUERY = uiApiQuery('requestOutcome', '$requestId: ID', [
  selectRows('requests', REQUEST, FIELDS, 'where: { Id: { eq: $requestId } }, first: 1'),
]);

/** Most wishes are answered within two seconds; a long simulation is asked after less often. */
const PAUSES = { first: 600, growth: 1.25, longest: 10_000 };
/** After this long without an answer the reader is told that nothing is lost. */
const SLOW_AFTER = 20_000;

/**
 * Follows one request until the service has answered it, and says what came of it right where it was asked.
 * @fires answered with the `Answer`, once per request.
 */
export default class RequestOutcome extends LightningElement {
  /** The request's id; nothing is shown without one. */
  @api
  get requestId(): string {
    return this.variables?.requestId ?? '';
  }
  set requestId(value: string) {
    if (value === this.requestId) {
      return;
    }
    this.answer = undefined;
    this.errors = undefined;
    this.variables = value ? { requestId: value } : undefined;
    this.query = value ? (this.query ?? asQuery(QUERY)) : undefined;
    this.since = Date.now();
    this.now = this.since;
    if (value) {
      this.poller.start();
    } else {
      this.poller.stop();
    }
  }

  /** What is said while it is worked on; a general sentence when left out. */
  @api waiting = '';
  /** What could not be done, when it is refused. */
  @api refusal = '';
  /** What stands before the service's words when it is done, as a label with `{0}`. */
  @api success = '';
  /** Says nothing when it is done: the page shows the result itself. */
  @api quiet = false;

  labels = labels;
  variables: { requestId: string } | undefined;
  query: unknown;
  answer: Answer | undefined;
  errors: unknown;
  private since = 0;
  private now = 0;
  private refresh: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.readAgain(), PAUSES);

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    const [row] = readRows(data, 'requests', FIELDS);
    // The last request's answer may still stand in the wire when the next one is set.
    if (!row || row.id !== this.requestId || this.answer) {
      return;
    }
    const state = text(row.state);
    if (state === 'done' || state === 'refused') {
      this.answer = { state, message: text(row.message), result: jsonObject(row.result) };
      this.poller.stop();
      this.dispatchEvent(new CustomEvent('answered', { detail: this.answer }));
    }
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isWaiting(): boolean {
    return this.requestId !== '' && !this.answer;
  }

  get waitingText(): string {
    const waited = this.now - this.since;
    if (waited > SLOW_AFTER) {
      return fill(labels.slow, durationText(waited));
    }
    return this.waiting === '' ? labels.asking : this.waiting;
  }

  get isRefused(): boolean {
    return this.answer?.state === 'refused';
  }

  get refusalTitle(): string {
    return this.refusal === '' ? labels.refused : this.refusal;
  }

  get refusalWords(): string[] {
    return [this.answer?.message ?? ''];
  }

  get isDone(): boolean {
    return this.answer?.state === 'done' && !this.quiet;
  }

  get doneText(): string {
    const message = this.answer?.message || labels.done;
    return this.success === '' ? message : fill(this.success, message);
  }

  private async readAgain(): Promise<void> {
    this.now = Date.now();
    await this.refresh?.();
  }
}
