import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import APPROVAL from '@salesforce/schema/Approval__c';
import DECISION from '@salesforce/schema/Decision__c';
import { arrived, lineAfter, linesOf, NOTHING_OUT, sendAnswers, setOut, withGiven } from 'c/approvalAnswers';
import type { Given, Line, Outgoing } from 'c/approvalAnswers';
import { INBOX_QUERY, MOST_AT_ONCE, readInbox } from 'c/approvalData';
import type { Approval, ApprovalAnswer, Inbox } from 'c/approvalData';
import { labels } from 'c/approvalLabels';
import { aloneWords, shownWords, waitingWords } from 'c/approvalWords';
import type { Answer } from 'c/governanceRequest';
import { Poller } from 'c/poller';
import { asQuery } from 'c/recordQuery';
import { fill } from 'c/textFormat';
import { momentOf } from 'c/timeFormat';

const PAGE = 50;
/** More lines than anybody works through before the list is read again. */
const MOST_SHOWN = 500;
const PAUSES = { first: 10_000, growth: 1.3, longest: 60_000 };
const DECISIONS = {
  type: 'standard__objectPage',
  attributes: { objectApiName: DECISION.objectApiName, actionName: 'list' },
};

interface RowElement extends HTMLElement {
  focusRow(): void;
}

/**
 * What waits for the reader by deadline and money, answered by key, button or many at once, and taken back until it is
 * carried out. Answers given while a request is on its way go together in the next one.
 */
export default class ApprovalInbox extends NavigationMixin(LightningElement) {
  labels = labels;
  errors: unknown;
  sendErrors: unknown;
  query: unknown;
  variables = { first: PAGE };
  isForbidden = false;
  now = Date.now();
  said = '';
  answerRequest = '';
  decisionsAddress: string | undefined;
  private inbox: Inbox | undefined;
  private chosen: ReadonlySet<string> = new Set();
  private out: Outgoing = NOTHING_OUT;
  private activeKey = '';
  private hasFocus = false;
  /** The line or heading that takes the focus once the page has been drawn, so that it is never lost. */
  private focusNext = '';
  private isSending = false;
  private awaitsMore = false;
  private refresh: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.readAgain(), PAUSES);

  @wire(getObjectInfo, { objectApiName: APPROVAL })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(INBOX_QUERY));
    }
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (!data) {
      return;
    }
    const before = this.open;
    this.now = Date.now();
    this.inbox = readInbox(data);
    const there = new Set(this.open.map(({ key }) => key));
    this.chosen = new Set([...this.chosen].filter((key) => there.has(key)));
    if (this.activeKey !== '' && !there.has(this.activeKey)) {
      // Somebody else answered it, or it is done: the line that took its place.
      const at = before.findIndex(({ key }) => key === this.activeKey);
      this.activate(this.open[Math.min(Math.max(at, 0), this.open.length - 1)]?.key ?? '', this.hasFocus);
    }
    if (this.awaitsMore) {
      this.awaitsMore = false;
      this.said = fill(labels.moreShown, this.open.length);
    }
  }

  connectedCallback(): void {
    this.poller.start();
    this.findAddress();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  renderedCallback(): void {
    if (this.focusNext === '') {
      return;
    }
    const rows = [...(this.template?.querySelectorAll<RowElement>('c-approval-row') ?? [])];
    const row = rows.find(({ dataset }) => dataset.key === this.focusNext);
    this.focusNext = '';
    if (row) {
      row.focusRow();
    } else {
      this.template?.querySelector<HTMLElement>('.count')?.focus();
    }
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.inbox === undefined && !this.errors;
  }

  get isEmpty(): boolean {
    return this.inbox !== undefined && this.open.length === 0;
  }

  get rows(): Line[] {
    return linesOf(this.open, this.chosen, this.out, this.activeKey);
  }

  get hasRows(): boolean {
    return this.open.length > 0;
  }

  get countWords(): string {
    return waitingWords(this.inbox?.total ?? 0);
  }

  get shownWords(): string {
    return shownWords(this.open.length, this.inbox?.total ?? 0);
  }

  get emptyWords(): string {
    return aloneWords(this.inbox?.alone ?? 0);
  }

  get hasAlone(): boolean {
    return (this.inbox?.alone ?? 0) > 0;
  }

  get mayShowMore(): boolean {
    return this.inbox?.hasMore === true && this.variables.first < MOST_SHOWN;
  }

  get answered(): Approval[] {
    return (this.inbox?.answered ?? []).filter(({ undoUntil }) => (momentOf(undoUntil) ?? 0) > this.now);
  }

  get hasAnswered(): boolean {
    return this.answered.length > 0;
  }

  get isAllChosen(): boolean {
    return this.chosen.size > 0 && this.chosen.size === Math.min(this.open.length, MOST_AT_ONCE);
  }

  get shownCount(): number {
    return this.open.length;
  }

  get chosenApprovals(): Approval[] {
    return this.open.filter(({ key }) => this.chosen.has(key));
  }

  handleFocusIn(event: FocusEvent): void {
    this.hasFocus = true;
    this.activeKey = (event.currentTarget as HTMLElement).dataset.key ?? '';
  }

  handleFocusOut(): void {
    this.hasFocus = false;
  }

  handleMove(event: CustomEvent<{ by: number }>): void {
    const at = this.open.findIndex(({ key }) => key === this.activeKey);
    const next = this.open[at + event.detail.by];
    if (next) {
      this.activate(next.key, true);
    }
  }

  handleChoose({ detail }: CustomEvent<{ key: string; chosen: boolean }>): void {
    const chosen = new Set(this.chosen);
    if (detail.chosen && chosen.size < MOST_AT_ONCE) {
      chosen.add(detail.key);
    } else {
      chosen.delete(detail.key);
    }
    this.chosen = chosen;
  }

  handleChooseAll({ detail }: CustomEvent<{ checked: boolean }>): void {
    const free = this.rows.filter(({ busy }) => !busy).slice(0, MOST_AT_ONCE);
    this.chosen = new Set(detail.checked ? free.map(({ key }) => key) : []);
  }

  handleClear(): void {
    this.chosen = new Set();
    this.focusNext = 'count';
  }

  handleAnswer({ detail }: CustomEvent<Given>): void {
    const { says = '' } = this.open.find(({ key }) => key === detail.key) ?? {};
    this.said = fill(detail.answer === 'approve' ? labels.approvedOne : labels.rejectedOne, says);
    this.answerAll([detail]);
  }

  handleAnswerChosen({ detail: { answer } }: CustomEvent<{ answer: ApprovalAnswer }>): void {
    const keys = this.rows.filter(({ chosen, busy }) => chosen && !busy).map(({ key }) => key);
    if (keys.length === 0) {
      return;
    }
    this.said = fill(answer === 'approve' ? labels.approvedMany : labels.rejectedMany, keys.length);
    this.answerAll(keys.map((key) => ({ key, answer, comment: '' })));
  }

  handleMore(): void {
    this.awaitsMore = true;
    this.activate(this.open.at(-1)?.key ?? '', true);
    this.variables = { first: Math.min(this.variables.first + PAGE, MOST_SHOWN) };
  }

  async handleAnswered({ detail }: CustomEvent<Answer>): Promise<void> {
    if (detail.state === 'done') {
      this.answerRequest = '';
      this.said = detail.message || this.said;
    } else {
      this.said = '';
    }
    await this.refresh?.();
    this.out = arrived(this.out);
    await this.send();
  }

  async handleUndone({ detail }: CustomEvent<{ said: string }>): Promise<void> {
    this.said = detail.said;
    this.focusNext = 'count';
    await this.refresh?.();
  }

  handleDecisions(event: Event): void {
    event.preventDefault();
    this[NavigationMixin.Navigate](DECISIONS);
  }

  private get open(): Approval[] {
    return this.inbox?.open ?? [];
  }

  /** Takes answers at once, whatever is on its way, and leads to the next line that waits. */
  private answerAll(answers: readonly Given[]): void {
    const keys = new Set(answers.map(({ key }) => key));
    this.out = withGiven(this.out, answers);
    this.chosen = new Set([...this.chosen].filter((key) => !keys.has(key)));
    this.activate(lineAfter(this.rows, keys), true);
    this.send().catch(ignoreReported);
  }

  /** Sends what was answered until now in one request; the next waits until this one is answered. */
  private async send(): Promise<void> {
    const out = this.isSending ? null : setOut(this.out);
    if (out === null) {
      return;
    }
    this.isSending = true;
    this.sendErrors = undefined;
    this.out = out;
    try {
      this.answerRequest = await sendAnswers(out);
    } catch (error) {
      this.sendErrors = error;
      this.said = '';
      this.out = NOTHING_OUT;
    } finally {
      this.isSending = false;
    }
  }

  private activate(key: string, focus: boolean): void {
    this.activeKey = key;
    if (focus) {
      this.focusNext = key || 'count';
    }
  }

  private async readAgain(): Promise<void> {
    this.now = Date.now();
    // A page that is read again while an answer is on its way would show what is about to change.
    if (this.out.underWay.length === 0) {
      await this.refresh?.();
    }
  }

  private async findAddress(): Promise<void> {
    this.decisionsAddress = await this[NavigationMixin.GenerateUrl](DECISIONS);
  }
}

/** The error stands on the page; here it only must not become an unhandled rejection. */
function ignoreReported(): void {}
