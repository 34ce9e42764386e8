import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import REFERRAL from '@salesforce/schema/Referral__c';
import LOCALE from '@salesforce/i18n/locale';
import type { Bar } from 'c/jointBars';
import { JOINT_OBJECTS, jointQuery, readJoint } from 'c/jointData';
import type { Joint, JointInsight, JointPart, JointPartner } from 'c/jointData';
import { PARTNER_FACTS, byMonth, outcomeOf, pipelineByBand, sightOf } from 'c/jointFigures';
import type { JointReferral, Outcome } from 'c/jointFigures';
import { labels } from 'c/jointLabels';
import { asQuery } from 'c/recordQuery';
import { bandWords, decimal, money, percent } from 'c/scoreWords';
import { count, fill } from 'c/textFormat';

const MONTHS = 6;
/** Bands of health in which nothing has to be done. */
const WELL = new Set(['strong', 'steady']);
const FACTS: Record<(typeof PARTNER_FACTS)[number], string> = {
  stage: labels.factStage,
  owner: labels.factOwner,
  review: labels.factReview,
  number: labels.factNumber,
};
const MOST_INSIGHTS = 5;

/**
 * What a company and its partners do together, read with the reader's own rights: the company's people see all partners
 * they may see, a partner's people their own. What the reader may not see is left out and said.
 */
export default class JointDashboard extends LightningElement {
  labels = labels;
  query: unknown;
  errors: unknown;
  partnerId = '';
  isForbidden = false;
  private readonly readable = new Set<JointPart>();
  private readonly answered = new Set<JointPart>();
  private maySee = false;
  private joint: Joint | undefined;
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(getObjectInfo, { objectApiName: REFERRAL })
  receiveReferralInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.maySee = data?.queryable === true;
      this.isForbidden = !this.maySee;
      this.prepare();
    }
  }

  @wire(getObjectInfo, { objectApiName: JOINT_OBJECTS.deals })
  receiveDealInfo(result: Wire.LdsResult<ObjectInfo>): void {
    this.receivePart('deals', result);
  }

  @wire(getObjectInfo, { objectApiName: JOINT_OBJECTS.insights })
  receiveInsightInfo(result: Wire.LdsResult<ObjectInfo>): void {
    this.receivePart('insights', result);
  }

  @wire(getObjectInfo, { objectApiName: JOINT_OBJECTS.mappings })
  receiveMappingInfo(result: Wire.LdsResult<ObjectInfo>): void {
    this.receivePart('mappings', result);
  }

  @wire(getObjectInfo, { objectApiName: JOINT_OBJECTS.grants })
  receiveGrantInfo(result: Wire.LdsResult<ObjectInfo>): void {
    this.receivePart('grants', result);
  }

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    this.joint = data ? readJoint(data, this.readable) : this.joint;
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.joint === undefined && !this.errors;
  }

  get isEmpty(): boolean {
    return !this.isForbidden && this.joint?.referrals.length === 0;
  }

  get isReady(): boolean {
    return !this.isForbidden && (this.joint?.referrals.length ?? 0) > 0;
  }

  /** A reader who sees one partner has nothing to choose. */
  get hasChoice(): boolean {
    return (this.joint?.partners.length ?? 0) > 1;
  }

  get choices(): { value: string; label: string }[] {
    const partners = this.joint?.partners.map(({ id, name }) => ({ value: id, label: name })) ?? [];
    return [{ value: '', label: labels.allPartners }, ...partners];
  }

  get headline(): string {
    const months = this.months;
    const sum = (outcome: Outcome): number => months.reduce((total, month) => total + month[outcome], 0);
    const underWay = this.referrals.filter(({ state }) => outcomeOf(state) === 'underWay').length;
    return fill(labels.headline, underWay, sum('taken'), sum('notTaken'), MONTHS);
  }

  get moreText(): string {
    const { joint } = this;
    return joint && joint.total > joint.referrals.length
      ? fill(labels.more, decimal(joint.referrals.length, 0), decimal(joint.total, 0))
      : '';
  }

  get seesDeals(): boolean {
    return this.readable.has('deals');
  }

  get pipelineBars(): Bar[] {
    const bands = pipelineByBand(this.referrals);
    const largest = Math.max(1, ...bands.map(({ amount }) => amount));
    return bands.map(({ band, deals, amount }) => ({
      key: band,
      label: bandWords(band) || labels.bandNone,
      words: fill(labels.pipelineRow, count(deals, labels.dealsOne, labels.dealsMany), money(amount)),
      parts: [{ key: 'amount', share: (amount / largest) * 100, tone: 'one' }],
    }));
  }

  get hasPipeline(): boolean {
    return this.pipelineBars.length > 0;
  }

  get monthBars(): Bar[] {
    const { months } = this;
    const largest = Math.max(1, ...months.map(({ taken, underWay, notTaken }) => taken + underWay + notTaken));
    return months.map(({ month, taken, underWay, notTaken }) => {
      const all = taken + underWay + notTaken;
      const part = (key: string, value: number, tone: Bar['parts'][number]['tone']): Bar['parts'][number] => ({
        key,
        share: (value / largest) * 100,
        tone,
      });
      return {
        key: month,
        label: monthWords(month),
        words: all === 0 ? labels.monthNone : fill(labels.monthRow, all, taken, underWay, notTaken),
        parts: [part('taken', taken, 'one'), part('underWay', underWay, 'two'), part('notTaken', notTaken, 'three')],
      };
    });
  }

  get healthBars(): Bar[] {
    const { partner } = this;
    const row = (key: string, label: string, value: number | undefined): Bar => ({
      key,
      label,
      words: value === undefined ? labels.healthMissing : fill(labels.healthRow, decimal(value, 0)),
      parts: value === undefined ? [] : [{ key, share: value, tone: 'one' }],
    });
    return partner
      ? [
          row('health', labels.healthScore, partner.health),
          row('usage', labels.healthUsage, partner.usage),
          row('interaction', labels.healthInteraction, partner.interaction),
        ]
      : [];
  }

  get hasOnePartner(): boolean {
    return this.partner !== undefined;
  }

  /** For all partners together: how many of those with a health are well. */
  get healthText(): string {
    const known = (this.joint?.partners ?? []).filter(({ health }) => health !== undefined);
    const well = known.filter(({ band }) => WELL.has(band)).length;
    return known.length === 0
      ? labels.healthUnknown
      : fill(labels.healthPartners, well, known.length, known.length - well);
  }

  get seesInsights(): boolean {
    return this.readable.has('insights');
  }

  get insightsCompany(): JointInsight[] {
    return this.insights('company');
  }

  get insightsPartner(): JointInsight[] {
    return this.insights('partner');
  }

  get hasInsightsCompany(): boolean {
    return this.insightsCompany.length > 0;
  }

  get hasInsightsPartner(): boolean {
    return this.insightsPartner.length > 0;
  }

  get sightBars(): Bar[] {
    const sight = sightOf(this.referrals, this.places);
    if (!sight) {
      return [];
    }
    const bar = (key: string, label: string, share: number, words: string): Bar => ({
      key,
      label: fill(label, percent(share)),
      words,
      parts: [{ key, share: share * 100, tone: 'one' }],
    });
    const facts = PARTNER_FACTS.length;
    return [
      ...(this.places === 0
        ? []
        : [
            bar(
              'given',
              labels.sightTheirs,
              sight.givenShare,
              fill(labels.sightTheirsText, decimal(sight.given, 1), this.places),
            ),
          ]),
      bar('seen', labels.sightOurs, sight.seenShare, fill(labels.sightOursText, decimal(sight.seen, 1), facts)),
    ];
  }

  get hasSight(): boolean {
    return this.sightBars.length > 0;
  }

  get sightSentences(): string[] {
    const sight = sightOf(this.referrals, this.places);
    if (!sight) {
      return [];
    }
    const { missing, referrals, asked } = sight;
    const allowed = this.joint?.allowed.get(this.partner?.id ?? '');
    return [
      missing ? fill(labels.sightMissing, FACTS[missing.fact], missing.referrals, referrals) : labels.sightNone,
      fill(labels.sightAsked, decimal(asked, 1)),
      ...(allowed === undefined ? [] : [fill(labels.sightAllowed, this.partner?.name ?? '', allowed)]),
    ];
  }

  handlePartner(event: CustomEvent<{ value: string }>): void {
    this.partnerId = event.detail.value;
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
  }

  private get referrals(): JointReferral[] {
    const all = this.joint?.referrals ?? [];
    return this.partnerId === '' ? all : all.filter(({ partnerId }) => partnerId === this.partnerId);
  }

  private get months(): ReturnType<typeof byMonth> {
    return byMonth(this.referrals, Date.now(), MONTHS);
  }

  /** The chosen partner, or the only one there is. */
  private get partner(): JointPartner | undefined {
    const partners = this.joint?.partners ?? [];
    return partners.length === 1 ? partners[0] : partners.find(({ id }) => id === this.partnerId);
  }

  private get places(): number {
    return this.joint?.places ?? 0;
  }

  private insights(audience: string): JointInsight[] {
    return (this.joint?.insights ?? [])
      .filter((insight) => insight.audience === audience)
      .filter(({ partnerId }) => this.partnerId === '' || partnerId === this.partnerId)
      .slice(0, MOST_INSIGHTS);
  }

  private receivePart(part: JointPart, { data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.answered.add(part);
      if (data?.queryable === true) {
        this.readable.add(part);
      }
      this.prepare();
    }
  }

  /** Asks once it is known of every object whether the reader may see it. */
  private prepare(): void {
    if (this.maySee && this.answered.size === Object.keys(JOINT_OBJECTS).length) {
      this.query ??= asQuery(jointQuery(this.readable));
    }
  }
}

/** "Nov 2026" of "2026-11". */
function monthWords(month: string): string {
  return new Intl.DateTimeFormat(LOCALE, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );
}
