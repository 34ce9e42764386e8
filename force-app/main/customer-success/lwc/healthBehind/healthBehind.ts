import { LightningElement, api } from 'lwc';
import { labels } from 'c/detailLabels';
import { dayText } from 'c/healthWords';
import type { Insight } from 'c/insightData';
import type { Intervention } from 'c/interventionData';
import { labels as interventionLabels } from 'c/interventionLabels';
import { kindWords, stateWords } from 'c/interventionWords';
import { fill } from 'c/textFormat';

const WEEK = 7 * 24 * 3_600_000;

interface ShownIntervention {
  id: string;
  headline: string;
  reason: string;
  step: string;
  flaggedAt: string;
  dueAt: string;
  answer: string;
  decidedAt: string;
  why: string;
  lead: string;
}

/**
 * What lies behind a partner's health: what stood out, with the figures, and what was done. A chosen week narrows both.
 * @fires allweeks when the reader wants every week again.
 */
export default class HealthBehind extends LightningElement {
  @api insights: readonly Insight[] = [];
  @api interventions: readonly Intervention[] = [];
  /** ISO Monday of the chosen week; empty for all. */
  @api week = '';

  labels = labels;
  interventionLabels = interventionLabels;

  get heading(): string {
    return this.week === '' ? labels.behind : fill(labels.behindWeek, dayText(this.week));
  }

  get hasWeek(): boolean {
    return this.week !== '';
  }

  get emptyWords(): string {
    return this.hasWeek ? labels.behindWeekEmpty : labels.behindEmpty;
  }

  get shownInsights(): { id: string; says: string; period: string; evidence: object[]; hasEvidence: boolean }[] {
    return this.insights
      .filter(({ from, to }) => this.isInWeek(from || to, to || from))
      .map(({ id, says, from, to, evidence }) => ({
        id,
        says,
        period: from === '' || to === '' ? dayText(to || from) : fill(labels.insightPeriod, dayText(from), dayText(to)),
        evidence: evidence.map((line, key) => ({ key, ...line })),
        hasEvidence: evidence.length > 0,
      }));
  }

  get hasInsights(): boolean {
    return this.shownInsights.length > 0;
  }

  get shownInterventions(): ShownIntervention[] {
    return this.interventions
      .filter(({ flaggedAt, decidedAt }) => this.isInWeek(flaggedAt, decidedAt || flaggedAt))
      .map((one) => ({
        id: one.id,
        headline: `${kindWords(one.kind)}: ${stateWords(one.state)}`,
        reason: one.reason,
        step: one.nextStep,
        flaggedAt: one.flaggedAt,
        dueAt: one.dueAt,
        answer: one.decidedBy === '' ? '' : fill(interventionLabels.decidedBy, stateWords(one.state), one.decidedBy),
        decidedAt: one.decidedAt,
        why: one.dismissed === '' ? '' : fill(interventionLabels.why, one.dismissed),
        lead: one.leadDays === undefined ? '' : fill(interventionLabels.leadDays, one.leadDays),
      }));
  }

  get hasInterventions(): boolean {
    return this.shownInterventions.length > 0;
  }

  /** Nothing in a chosen week is said once; "nothing was ever needed" is said only of all weeks. */
  get showsNoInterventions(): boolean {
    return !this.hasInterventions && !this.hasWeek;
  }

  handleAllWeeks(): void {
    this.dispatchEvent(new CustomEvent('allweeks'));
  }

  private isInWeek(from: string, to: string): boolean {
    if (this.week === '') {
      return true;
    }
    const monday = Date.parse(this.week);
    return Date.parse(from) < monday + WEEK && Date.parse(to) >= monday;
  }
}
