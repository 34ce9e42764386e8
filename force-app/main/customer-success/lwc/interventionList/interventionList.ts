import { LightningElement, api } from 'lwc';
import type { Intervention, OpenInterventions } from 'c/interventionData';
import { labels } from 'c/interventionLabels';
import { fill } from 'c/textFormat';

/** The handful that is shown until the reader asks for all. */
const HANDFUL = 5;

interface CardElement extends HTMLElement {
  focusCard(): void;
}

/**
 * What needs action: the handful with the most money at stake, all on request, and what is under way.
 * @fires answered when the service has taken an answer; what is shown should be read again.
 */
export default class InterventionList extends LightningElement {
  @api interventions: OpenInterventions | undefined;
  @api now = 0;

  labels = labels;
  said = '';
  private showsAll = false;
  private focusAfter = '';

  renderedCallback(): void {
    if (this.focusAfter === '') {
      return;
    }
    const cards = [...(this.template?.querySelectorAll<CardElement>('c-intervention-card') ?? [])];
    if (cards.some(({ dataset }) => dataset.id === this.focusAfter)) {
      return;
    }
    // The answered one is gone: the focus goes to what took its place, never to the top of the page.
    this.focusAfter = '';
    if (cards[0]) {
      cards[0].focusCard();
    } else {
      this.template?.querySelector<HTMLElement>('.heading')?.focus();
    }
  }

  get heading(): string {
    const total = this.interventions?.total ?? 0;
    return total === 0 ? labels.title : fill(labels.titleCount, total.toLocaleString());
  }

  get isEmpty(): boolean {
    return this.proposed.length === 0;
  }

  get shown(): Intervention[] {
    return this.showsAll ? this.proposed : this.proposed.slice(0, HANDFUL);
  }

  get mayShowAll(): boolean {
    return this.shown.length < this.proposed.length;
  }

  get showAllLabel(): string {
    return fill(labels.showAll, this.proposed.length.toLocaleString());
  }

  get underWay(): Intervention[] {
    return this.interventions?.underWay ?? [];
  }

  get hasUnderWay(): boolean {
    return this.underWay.length > 0;
  }

  get underWayLabel(): string {
    return fill(labels.underWay, this.underWay.length);
  }

  handleShowAll(): void {
    this.showsAll = true;
  }

  handleAnswered(event: CustomEvent<{ said: string }>): void {
    this.said = event.detail.said;
    this.focusAfter = (event.currentTarget as HTMLElement).dataset.id ?? '';
    this.dispatchEvent(new CustomEvent('answered'));
  }

  private get proposed(): Intervention[] {
    return this.interventions?.proposed ?? [];
  }
}
