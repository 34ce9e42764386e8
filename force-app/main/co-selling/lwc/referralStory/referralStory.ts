import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import REFERRAL from '@salesforce/schema/Referral__c';
import FIELDS_REKEYED from '@salesforce/schema/Referral__c.FieldsRekeyed__c';
import FIELDS_SENT from '@salesforce/schema/Referral__c.FieldsSent__c';
import FIVE_PART_TEST from '@salesforce/schema/Referral__c.FivePartTest__c';
import DEAL_NAME from '@salesforce/schema/Referral__c.Opportunity__r.Name';
import QUESTIONS_ASKED from '@salesforce/schema/Referral__c.QuestionsAsked__c';
import REQUESTED_BY from '@salesforce/schema/Referral__c.RequestedBy__r.Name';
import { Poller } from 'c/poller';
import { asQuery, jsonList, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { REFERRAL_FIELDS, SENT_VALUES, readSentValues, referralOf } from 'c/referralData';
import type { Referral } from 'c/referralData';
import type { DraftValue } from 'c/referralDraft';
import { viewOf } from 'c/referralView';
import type { ReferralView } from 'c/referralView';
import { labels } from 'c/storyLabels';
import { fill } from 'c/textFormat';
import { durationText } from 'c/timeFormat';

const FIELDS = {
  ...REFERRAL_FIELDS,
  dealName: DEAL_NAME,
  requestedBy: REQUESTED_BY,
  fieldsSent: FIELDS_SENT,
  fieldsRekeyed: FIELDS_REKEYED,
  questionsAsked: QUESTIONS_ASKED,
  fivePartTest: FIVE_PART_TEST,
};
const QUERY = uiApiQuery('referralStory', '$recordId: ID', [
  selectRows('referrals', REFERRAL, FIELDS, 'where: { Id: { eq: $recordId } }, first: 1'),
  SENT_VALUES,
]);
const PAUSES = { first: 2_000, growth: 1.25, longest: 15_000 };

/** What each recorded step means in a sentence; `{0}` is the partner. */
const STEP_SENTENCES: Record<string, string> = {
  received: labels.stepReceived,
  drafted: labels.stepDrafted,
  checked: labels.stepChecked,
  recorded: labels.stepRecorded,
  filed: labels.stepFiled,
  associated: labels.stepAssociated,
  submitted: labels.stepSubmitted,
  'in-review': labels.stepInReview,
  decided: labels.stepDecided,
};

/** The five parts of the test by the names the service gives them. */
const PART_NAMES: Record<string, string> = {
  'system-of-record': labels.partSystemOfRecord,
  'closes-the-loop': labels.partLoopClosed,
  'live-context': labels.partLiveContext,
  sanctioned: labels.partSanctioned,
  auditable: labels.partAuditable,
};

interface Story {
  referral: Referral;
  dealName: string;
  requestedBy: string;
  fieldsSent: string;
  fieldsRekeyed: string;
  questionsAsked: string;
  parts: { part: string; held: boolean; why: string }[];
}

/** The page of a referral: where it stands, what was sent with its sources, what happened, and the five-part test. */
export default class ReferralStory extends LightningElement {
  @api
  get recordId(): string {
    return this.variables?.recordId ?? '';
  }
  set recordId(value: string) {
    this.variables = { recordId: value };
  }

  labels = labels;
  errors: unknown;
  query = asQuery(QUERY);
  variables: { recordId: string } | undefined;
  values: DraftValue[] = [];
  private story: Story | undefined;
  private wasAnswered = false;
  private now = Date.now();
  private refresh: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.readAgain(), PAUSES);

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.wasAnswered = true;
      this.values = readSentValues(data);
      this.story = readRows(data, 'referrals', FIELDS).map((row) => ({
        referral: referralOf(row),
        dealName: text(row.dealName),
        requestedBy: text(row.requestedBy),
        fieldsSent: text(row.fieldsSent),
        fieldsRekeyed: text(row.fieldsRekeyed ?? 0),
        questionsAsked: text(row.questionsAsked),
        parts: jsonList(row.fivePartTest).map(partOf),
      }))[0];
      this.follow();
    }
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isLoading(): boolean {
    return !this.wasAnswered && !this.errors;
  }

  get isGone(): boolean {
    return this.wasAnswered && this.story === undefined;
  }

  get referral(): Referral | undefined {
    return this.story?.referral;
  }

  get partnerName(): string {
    return this.referral?.partnerName ?? '';
  }

  get view(): ReferralView | undefined {
    return this.referral && viewOf(this.referral, undefined, this.now);
  }

  get dealId(): string {
    return this.referral?.opportunityId ?? '';
  }

  get dealName(): string {
    return this.story?.dealName ?? '';
  }

  get facts(): { label: string; value: string }[] {
    const { requestedBy = '', fieldsSent = '', fieldsRekeyed = '', questionsAsked = '' } = this.story ?? {};
    const latency = this.referral?.latencyMs;
    return [
      { label: labels.askedBy, value: requestedBy },
      { label: fill(labels.number, this.partnerName), value: this.referral?.networkId ?? '' },
      { label: labels.filedIn, value: latency === undefined ? '' : durationText(latency) },
      { label: labels.fields, value: fieldsSent === '' ? '' : fill(labels.fieldsValue, fieldsSent, fieldsRekeyed) },
      { label: labels.questions, value: questionsAsked },
    ].filter(({ value }) => value !== '');
  }

  get network(): string {
    return this.referral?.network ?? '';
  }

  get contact(): string {
    return this.referral?.partnerOwner ?? '';
  }

  /** When the deal was read for what was sent. */
  get draftedAt(): string {
    return this.referral?.steps.find(({ step }) => step === 'drafted')?.at ?? '';
  }

  get hasValues(): boolean {
    return this.values.length > 0;
  }

  get valuesTitle(): string {
    return fill(labels.valuesTitle, this.values.length);
  }

  /** Newest first, as a story that is still being told. */
  get history(): { key: string; sentence: string; note: string; at: string }[] {
    const steps = this.referral?.steps ?? [];
    return steps
      .map(({ step, at, note }, index) => ({
        key: `${index}`,
        sentence: fill(STEP_SENTENCES[step] ?? step, this.partnerName),
        note,
        at,
      }))
      .reverse();
  }

  get hasHistory(): boolean {
    return this.history.length > 0;
  }

  get parts(): { key: string; icon: string; variant: string; part: string; words: string; why: string }[] {
    return (this.story?.parts ?? []).map(({ part, held, why }) => ({
      key: part,
      icon: held ? 'utility:success' : 'utility:warning',
      variant: held ? 'success' : 'warning',
      part: PART_NAMES[part] ?? part,
      words: held ? labels.testHeld : labels.testNotHeld,
      why,
    }));
  }

  get hasParts(): boolean {
    return this.parts.length > 0;
  }

  private async readAgain(): Promise<void> {
    this.now = Date.now();
    await this.refresh?.();
  }

  private follow(): void {
    if (!this.view || this.view.finished) {
      this.poller.stop();
    } else if (!this.poller.isRunning) {
      this.poller.start();
    }
  }
}

function partOf(stored: unknown): { part: string; held: boolean; why: string } {
  const { part, held, why } = (stored ?? {}) as { part?: unknown; held?: unknown; why?: unknown };
  return { part: text(part), held: held === true, why: text(why) };
}
