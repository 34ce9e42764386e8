import { LightningElement, wire } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import CLOSE_DATE from '@salesforce/schema/Opportunity.CloseDate';
import OPPORTUNITY_NAME from '@salesforce/schema/Opportunity.Name';
import OPPORTUNITY from '@salesforce/schema/Opportunity';
import REFERRAL from '@salesforce/schema/Referral__c';
import DEAL_NAME from '@salesforce/schema/Referral__c.Opportunity__r.Name';
import { Poller } from 'c/poller';
import { asQuery, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { REFERRAL_FIELDS, referralOf } from 'c/referralData';
import type { Referral, ReferralState } from 'c/referralData';
import { isToConfirm, viewOf } from 'c/referralView';
import { fill } from 'c/textFormat';
import { labels } from 'c/worklistLabels';

const FIELDS = { ...REFERRAL_FIELDS, dealName: DEAL_NAME };
const DEAL_FIELDS = { name: OPPORTUNITY_NAME, closeDate: CLOSE_DATE };
const QUERY = uiApiQuery('referralWorklist', '', [
  selectRows('referrals', REFERRAL, FIELDS, 'scope: MINE, orderBy: { CreatedDate: { order: DESC } }, first: 500'),
  selectRows(
    'deals',
    OPPORTUNITY,
    DEAL_FIELDS,
    'scope: MINE, where: { IsClosed: { eq: false } }, orderBy: { CloseDate: { order: ASC } }, first: 200',
  ),
]);

/** States that wait for the seller, the most pressing first: a partner that asks is waiting, a failure is not. */
const NEEDS_PERSON: readonly ReferralState[] = [
  'action-required',
  'needs-answers',
  'waiting-approval',
  'failed',
  'blocked',
  'rejected',
];
const MOST_READY = 5;
/** The list the reader has pinned: a list view of ours has another name where the package has a namespace. */
const ALL_DEALS = {
  type: 'standard__objectPage',
  attributes: { objectApiName: OPPORTUNITY.objectApiName, actionName: 'list' },
};
const PAUSES = { first: 30_000, growth: 1.5, longest: 120_000 };

interface Item {
  id: string;
  dealId: string;
  dealName: string;
  headline: string;
  next: string;
  since: string;
}

/** The home page's list: the reader's deals that need a person now, and the open ones that can be referred. */
export default class ReferralWorklist extends NavigationMixin(LightningElement) {
  labels = labels;
  errors: unknown;
  query: unknown;
  isForbidden = false;
  allAddress: string | undefined;
  private referrals: (Referral & { dealName: string })[] | undefined;
  private deals: { id: string; name: string; closeDate: string }[] = [];
  private refresh: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(async () => this.refresh?.(), PAUSES);

  @wire(getObjectInfo, { objectApiName: REFERRAL })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(QUERY));
    }
  }

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.referrals = readRows(data, 'referrals', FIELDS).map((row) => ({
        ...referralOf(row),
        dealName: text(row.dealName) || text(row.name),
      }));
      this.deals = readRows(data, 'deals', DEAL_FIELDS).map(({ id, name, closeDate }) => ({
        id,
        name: text(name),
        closeDate: text(closeDate),
      }));
    }
  }

  connectedCallback(): void {
    this.poller.start();
    this.findAddress();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.referrals === undefined && !this.errors;
  }

  get isReady(): boolean {
    return !this.isForbidden && this.referrals !== undefined;
  }

  get items(): Item[] {
    return (
      this.newest
        .filter((referral) => NEEDS_PERSON.includes(referral.state))
        // What somebody else has to approve does not wait for the seller.
        .filter((referral) => referral.state !== 'waiting-approval' || isToConfirm(referral))
        .sort((one, other) => NEEDS_PERSON.indexOf(one.state) - NEEDS_PERSON.indexOf(other.state))
        .map((referral) => {
          const { headline, next } = viewOf(referral, undefined, Date.now());
          const { id, opportunityId: dealId, dealName, stateChangedAt: since } = referral;
          return { id, dealId, dealName, headline, next, since };
        })
    );
  }

  get hasItems(): boolean {
    return this.items.length > 0;
  }

  get readyDeals(): { id: string; name: string; closes: string }[] {
    const referred = new Set((this.referrals ?? []).map(({ opportunityId }) => opportunityId));
    return this.deals
      .filter(({ id }) => !referred.has(id))
      .slice(0, MOST_READY)
      .map(({ id, name, closeDate }) => ({
        id,
        name,
        closes: closeDate === '' ? '' : fill(labels.readyClose, dayText(closeDate)),
      }));
  }

  get hasReadyDeals(): boolean {
    return this.readyDeals.length > 0;
  }

  handleAll(event: Event): void {
    event.preventDefault();
    this[NavigationMixin.Navigate](ALL_DEALS);
  }

  private async findAddress(): Promise<void> {
    this.allAddress = await this[NavigationMixin.GenerateUrl](ALL_DEALS);
  }

  /** The newest attempt per deal and partner: what an older one asked for no longer matters. */
  private get newest(): (Referral & { dealName: string })[] {
    const seen = new Set<string>();
    return (this.referrals ?? []).filter(({ opportunityId, partnerId }) => {
      const key = `${opportunityId}:${partnerId}`;
      const isNewest = !seen.has(key);
      seen.add(key);
      return isNewest;
    });
  }
}

/** A calendar day (`YYYY-MM-DD`) in the user's locale; a day has no time zone. */
function dayText(day: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
}
