import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { loadScript } from 'lightning/platformResourceLoader';
import LANGUAGE from '@salesforce/i18n/lang';
import PDF_LIBRARY from '@salesforce/resourceUrl/TandemPdf';
import { asQuery } from 'c/recordQuery';
import { buildReview, quarterName } from 'c/reviewContent';
import type { Audience, Review } from 'c/reviewContent';
import { REVIEW_QUERY, quartersBefore, readReviewFacts } from 'c/reviewData';
import type { Quarter, ReviewFacts } from 'c/reviewData';
import { labels } from 'c/reviewLabels';
import { writePdf } from 'c/reviewPdf';
import type { PdfLibrary } from 'c/reviewPdf';
import { fill } from 'c/textFormat';

/** This quarter and the year before it. */
const QUARTERS = 5;

/**
 * A partner's quarter, put together from the records as they are now: for our own team, or for the partner with what it
 * may read. The PDF is made in the browser; the library is loaded when it is asked for.
 */
export default class PartnerReview extends LightningElement {
  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(value: string) {
    this.shownId = value;
    this.ask();
  }

  labels = labels;
  audiences = [
    { value: 'company', label: labels.audienceCompany },
    { value: 'partner', label: labels.audiencePartner },
  ];
  audience: Audience = 'company';
  query: unknown;
  variables: { recordId: string; from: string; to: string } | undefined;
  errors: unknown;
  pdfErrors: unknown;
  isMaking = false;
  said = '';
  private shownId = '';
  private readonly quarters: readonly Quarter[] = quartersBefore(Date.now(), QUARTERS);
  private quarter = this.quarters[0];
  private facts: ReviewFacts | undefined;
  private answered = false;
  private now = Date.now();
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data && this.quarter) {
      this.facts = readReviewFacts(data, this.quarter);
      this.answered = true;
      this.now = Date.now();
    }
  }

  get isLoading(): boolean {
    return !this.answered && !this.errors;
  }

  get isForbidden(): boolean {
    return this.answered && this.facts === undefined;
  }

  get review(): Review | undefined {
    return this.facts && this.quarter ? buildReview(this.facts, this.quarter, this.audience, this.now) : undefined;
  }

  get quarterChoices(): { value: string; label: string }[] {
    return this.quarters.map((quarter) => ({ value: quarter.from, label: quarterName(quarter) }));
  }

  get chosenQuarter(): string {
    return this.quarter?.from ?? '';
  }

  get audienceSays(): string {
    return this.audience === 'partner' ? labels.audiencePartnerSays : labels.intro;
  }

  handleQuarter(event: CustomEvent<{ value: string }>): void {
    this.quarter = this.quarters.find(({ from }) => from === event.detail.value);
    this.answered = false;
    this.facts = undefined;
    this.said = '';
    this.ask();
  }

  handleAudience(event: CustomEvent<{ value: Audience }>): void {
    this.audience = event.detail.value;
    this.said = '';
  }

  async handleMake(): Promise<void> {
    const { review } = this;
    if (!review || this.isMaking) {
      return;
    }
    this.isMaking = true;
    this.pdfErrors = undefined;
    this.said = labels.making;
    try {
      await loadScript(this, PDF_LIBRARY);
      const { jspdf } = window as unknown as { jspdf: PdfLibrary };
      const { file, lost } = writePdf(jspdf, review, LANGUAGE);
      download(file, `${review.title.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()}.pdf`);
      this.said = lost === 0 ? labels.made : `${labels.made} ${fill(labels.letters, lost)}`;
    } catch (error) {
      this.pdfErrors = error;
      this.said = '';
    } finally {
      this.isMaking = false;
    }
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
  }

  private ask(): void {
    if (this.shownId === '' || !this.quarter) {
      return;
    }
    this.query ??= asQuery(REVIEW_QUERY);
    this.variables = { recordId: this.shownId, from: this.quarter.from, to: this.quarter.to };
  }
}

/** Hands a file to the browser's downloads. */
function download(file: ArrayBuffer, name: string): void {
  const address = URL.createObjectURL(new Blob([file], { type: 'application/pdf' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
