import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import PARTNER from '@salesforce/schema/Partner__c';
import PARTNER_NAME from '@salesforce/schema/Partner__c.Name';
import REFERRAL from '@salesforce/schema/Referral__c';
import LATENCY from '@salesforce/schema/Referral__c.LatencyMs__c';
import REFERRAL_NAME from '@salesforce/schema/Referral__c.Name';
import REFERRAL_PARTNER from '@salesforce/schema/Referral__c.Partner__c';
import { asQuery, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { SLOW_AFTER } from 'c/referralView';
import { labels } from 'c/speedLabels';
import { count, fill } from 'c/textFormat';
import { durationText } from 'c/timeFormat';

const PARTNER_FIELDS = { name: PARTNER_NAME };
const REFERRAL_FIELDS = { name: REFERRAL_NAME, latency: LATENCY };
const LOOKED_AT = 50;
const MOST_LATE = 5;
const QUERY = uiApiQuery('referralSpeed', '$recordId: ID', [
  selectRows('partners', PARTNER, PARTNER_FIELDS, 'where: { Id: { eq: $recordId } }, first: 1'),
  selectRows(
    'referrals',
    REFERRAL,
    REFERRAL_FIELDS,
    `where: { and: [{ ${REFERRAL_PARTNER.fieldApiName}: { eq: $recordId } }, { ${LATENCY.fieldApiName}: { ne: null } }] }, ` +
      `orderBy: { CreatedDate: { order: DESC } }, first: ${LOOKED_AT}`,
  ),
]);

interface Filed {
  id: string;
  name: string;
  latency: number;
  took: string;
}

/** On a partner's page: how long it takes from a click until the partner has the deal, and which referrals were slow. */
export default class ReferralSpeed extends LightningElement {
  @api
  get recordId(): string {
    return this.variables?.recordId ?? '';
  }
  set recordId(value: string) {
    this.variables = { recordId: value };
  }

  labels = labels;
  errors: unknown;
  query: unknown;
  variables: { recordId: string } | undefined;
  private isForbidden = false;
  private partnerName: string | undefined;
  /** The fastest first. */
  private filed: Filed[] = [];

  @wire(getObjectInfo, { objectApiName: REFERRAL })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : asQuery(QUERY);
    }
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors }: Wire.GraphqlResult): void {
    this.errors = errors;
    if (data) {
      this.partnerName = text(readRows(data, 'partners', PARTNER_FIELDS)[0]?.name);
      this.filed = readRows(data, 'referrals', REFERRAL_FIELDS)
        .map(({ id, name, latency }) => ({ id, name: text(name), latency: Number(latency) }))
        .map((referral) => ({ ...referral, took: durationText(referral.latency) }))
        .sort((one, other) => one.latency - other.latency);
    }
  }

  get isShown(): boolean {
    return !this.isForbidden;
  }

  get isLoading(): boolean {
    return this.partnerName === undefined && !this.errors;
  }

  get heading(): string {
    return fill(labels.title, this.partnerName ?? '');
  }

  get isUnknown(): boolean {
    return this.partnerName !== undefined && this.filed.length === 0;
  }

  get unknownText(): string {
    return fill(labels.none, this.partnerName ?? '');
  }

  get isKnown(): boolean {
    return this.filed.length > 0;
  }

  /** The middle one: half of the referrals were at least as fast. */
  get usual(): string {
    const middle = this.filed[Math.floor((this.filed.length - 1) / 2)];
    return fill(labels.usual, middle?.took ?? '');
  }

  get slowest(): string {
    return fill(labels.slowest, this.filed.at(-1)?.took ?? '', this.filed.length);
  }

  get late(): Filed[] {
    return this.filed
      .filter(({ latency }) => latency > SLOW_AFTER)
      .reverse()
      .slice(0, MOST_LATE);
  }

  get lateText(): string {
    const { length } = this.filed.filter(({ latency }) => latency > SLOW_AFTER);
    return length === 0 ? labels.lateNone : count(length, labels.lateOne, labels.lateMany, length);
  }

  get hasLate(): boolean {
    return this.late.length > 0;
  }
}
