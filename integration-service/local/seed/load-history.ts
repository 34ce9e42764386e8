import { join } from 'node:path';
import { SYSTEM_USERNAME } from '../org/engine/bootstrap.ts';
import type { FieldValue } from '../org/engine/engine.ts';
import type { Life, Restore } from '../org/engine/restore.ts';
import { SAMPLE_USERS, type SeedUser } from '../org/seed-users.ts';
import type { RunningOrg } from '../org/start-org.ts';
import { dayAfter, inHours } from './history/days.ts';
import type { Family } from './history/deal-truth.ts';
import type { HistoryDeal } from './history/deals.ts';
import { type HistoryWishes, type SampleHistory, sampleHistory } from './history/sample-history.ts';

/** Source folder of the sample company's own fields of deals, and of what its org keeps history of. */
export const COMPANY_FOLDER = join(import.meta.dirname, 'metadata');

/** The company's own permission sets besides ours: those who sell edit its fields, the integration user reads them. */
export const COMPANY_USERS: readonly SeedUser[] = SAMPLE_USERS.map((user) => ({
  ...user,
  permissionSets: [
    ...user.permissionSets,
    user.permissionSets.includes('TandemIntegration') ? 'NorthwindIntegration' : 'NorthwindSales',
  ],
}));

/** The history as it stands in the org: ids in the order of its accounts and deals. */
export interface LoadedHistory extends SampleHistory {
  readonly accountIds: readonly string[];
  readonly dealIds: readonly string[];
  readonly partnerIds: ReadonlyMap<string, string>;
}

/** Products that deals of the history are about, with list prices. */
const PRODUCTS: Readonly<Record<Family, { readonly name: string; readonly code: string; readonly price: number }>> = {
  SaaS: { name: 'Northwind Insight Suite', code: 'NW-INSIGHT', price: 4_500 },
  Services: { name: 'Northwind Delivery Days', code: 'NW-DAYS', price: 1_600 },
  Support: { name: 'Northwind Premier Support', code: 'NW-SUPPORT', price: 900 },
  Hardware: { name: 'Northwind Edge Gateway', code: 'NW-EDGE', price: 2_300 },
};

/** Partners that have been gone for so many days are no longer in use. */
const FORGOTTEN_AFTER = 90;

/**
 * Puts two years of history into a local org, once: null when it is there already. The org must have been started with
 * `COMPANY_FOLDER` among its source folders. A real org cannot be given a past: field history has no way in.
 */
export const loadHistory = async (org: RunningOrg, wishes: HistoryWishes): Promise<LoadedHistory | null> => {
  const history = sampleHistory(wishes);
  const reader = org.engine.as(await org.engine.contextFor(SYSTEM_USERNAME));
  const [marker] = history.accounts;
  const there = await reader.query(`SELECT Id FROM Account WHERE Name = '${marker?.name ?? ''}' LIMIT 1`);
  if (there.totalSize > 0) return null;
  const books = await reader.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const bookId = String(books.records[0]?.Id ?? '');
  return org.restore((put) => new HistoryLoad(put, history, org.users, bookId).load());
};

const once = (day: string, by: string, values: Readonly<Record<string, FieldValue>>): Life => [
  { at: inHours(day, 0), by, values },
];

/** One load: everything is put there in the order in which it refers to each other. */
class HistoryLoad {
  readonly #put: Restore;
  readonly #history: SampleHistory;
  readonly #users: Readonly<Record<string, string>>;
  readonly #bookId: string;

  constructor(put: Restore, history: SampleHistory, users: Readonly<Record<string, string>>, bookId: string) {
    this.#put = put;
    this.#history = history;
    this.#users = users;
    this.#bookId = bookId;
  }

  async load(): Promise<LoadedHistory> {
    const accountIds = await this.#accounts();
    const partnerIds = await this.#partners();
    const contactIds = await this.#contacts(accountIds);
    const dealIds = await this.#deals(accountIds);
    await this.#products(dealIds);
    await this.#roles(dealIds, contactIds);
    await this.#referrals(dealIds, partnerIds);
    return { ...this.#history, accountIds, dealIds, partnerIds };
  }

  #user(name: string): string {
    const id = this.#users[`${name}@tandem.example.com`];
    if (id === undefined)
      throw new Error(`The org has no user ${name}@tandem.example.com, who is part of its history.`);
    return id;
  }

  get #firstDay(): string {
    return dayAfter(this.#history.today, -1_000);
  }

  #accounts(): Promise<readonly string[]> {
    return this.#put(
      'Account',
      this.#history.accounts.map((account) =>
        once(this.#firstDay, this.#user(account.owner), {
          Name: account.name,
          OwnerId: this.#user(account.owner),
          Industry: account.industry,
          NumberOfEmployees: account.employees,
          BillingCountry: account.country,
          BillingCity: account.city,
          Website: account.website,
        }),
      ),
    );
  }

  async #partners(): Promise<ReadonlyMap<string, string>> {
    const { partners, today } = this.#history;
    const ids = await this.#put(
      'Partner__c',
      partners.map((partner) =>
        once(partner.joined, this.#user('sam.setup'), {
          Name: partner.name,
          OwnerId: this.#user('sam.setup'),
          Key__c: partner.key,
          Kind__c: partner.kind,
          Network__c: 'none',
          Tier__c: partner.tier,
          Segment__c: partner.segment,
          Website__c: partner.website,
          Active__c: partner.churnedOn === null || partner.churnedOn > dayAfter(today, -FORGOTTEN_AFTER),
          ManagerUser__c: this.#user('max.manager'),
        }),
      ),
    );
    return new Map(partners.map(({ key }, index) => [key, ids[index] ?? '']));
  }

  #contacts(accountIds: readonly string[]): Promise<readonly string[]> {
    return this.#put(
      'Contact',
      this.#history.accounts.map(({ owner, contact, website }, index) =>
        once(this.#firstDay, this.#user(owner), {
          AccountId: accountIds[index] ?? null,
          OwnerId: this.#user(owner),
          FirstName: contact.first,
          LastName: contact.last,
          Title: contact.title,
          Email: `${contact.first}.${contact.last}@${new URL(website).host}`.toLowerCase(),
        }),
      ),
    );
  }

  #deals(accountIds: readonly string[]): Promise<readonly string[]> {
    return this.#put(
      'Opportunity',
      this.#history.deals.map((deal) => this.#lifeOf(deal, accountIds[deal.account] ?? '')),
    );
  }

  #lifeOf({ name, moments }: HistoryDeal, accountId: string): Life {
    const [first, ...rest] = moments;
    const { Owner, ...values } = first.values;
    const by = this.#user(String(Owner));
    const opening = { ...values, Name: name, AccountId: accountId, OwnerId: by, Pricebook2Id: this.#bookId };
    return [
      { at: inHours(first.day, first.part), by, values: { ...opening, HasOpportunityLineItem: true } },
      ...rest.map((moment) => ({ at: inHours(moment.day, moment.part), by, values: moment.values })),
    ];
  }

  /** One line for each deal that carries the whole of its amount, as the org sums lines into it. */
  async #products(dealIds: readonly string[]): Promise<void> {
    const by = this.#user('sam.setup');
    const families = Object.keys(PRODUCTS) as readonly Family[];
    const productIds = await this.#put(
      'Product2',
      families.map((family) =>
        once(this.#firstDay, by, {
          Name: PRODUCTS[family].name,
          ProductCode: PRODUCTS[family].code,
          Family: family,
          IsActive: true,
        }),
      ),
    );
    const entryIds = await this.#put(
      'PricebookEntry',
      families.map((family, index) =>
        once(this.#firstDay, by, {
          Pricebook2Id: this.#bookId,
          Product2Id: productIds[index] ?? null,
          UnitPrice: PRODUCTS[family].price,
          Name: PRODUCTS[family].name,
          ProductCode: PRODUCTS[family].code,
          IsActive: true,
        }),
      ),
    );
    await this.#put(
      'OpportunityLineItem',
      this.#history.deals.map(({ name, product, amount, moments, facts: _ }, index) => {
        const family = families.indexOf(product);
        return once(moments[0].day, this.#ownerOf(index), {
          OpportunityId: dealIds[index] ?? null,
          PricebookEntryId: entryIds[family] ?? null,
          Product2Id: productIds[family] ?? null,
          ProductCode: PRODUCTS[product].code,
          Name: `${name} ${PRODUCTS[product].name}`,
          ListPrice: PRODUCTS[product].price,
          Quantity: 1,
          UnitPrice: amount,
        });
      }),
    );
  }

  async #roles(dealIds: readonly string[], contactIds: readonly string[]): Promise<void> {
    await this.#put(
      'OpportunityContactRole',
      this.#history.deals.map(({ account, moments }, index) =>
        once(moments[0].day, this.#ownerOf(index), {
          OpportunityId: dealIds[index] ?? null,
          ContactId: contactIds[account] ?? null,
          IsPrimary: true,
          Role: 'Decision Maker',
        }),
      ),
    );
  }

  /** Referrals to partners whom no network reaches: asked and answered by people, long over. */
  async #referrals(dealIds: readonly string[], partnerIds: ReadonlyMap<string, string>): Promise<void> {
    const service = this.#user('integration');
    await this.#put(
      'Referral__c',
      this.#history.deals.flatMap(({ referral }, index) => {
        if (referral === null) return [];
        const { partner, day, approved } = referral;
        const decided = inHours(dayAfter(day, 2), 0.5);
        return [
          once(day, service, {
            OwnerId: this.#ownerOf(index),
            Opportunity__c: dealIds[index] ?? null,
            Partner__c: partnerIds.get(partner) ?? null,
            Key__c: `${dealIds[index]}:${partner}:1`,
            Direction__c: 'outbound',
            Attempt__c: 1,
            RequestedBy__c: this.#ownerOf(index),
            State__c: approved ? 'approved' : 'rejected',
            Step__c: 'decided',
            ClickedAt__c: inHours(day, 0),
            FiledAt__c: inHours(day, 0.01),
            DecidedAt__c: decided,
            StateChangedAt__c: decided,
            Message__c: approved ? 'The partner takes part.' : 'The partner does not take part.',
          }),
        ];
      }),
    );
  }

  #ownerOf(deal: number): string {
    return this.#user(String(this.#history.deals[deal]?.moments[0].values.Owner));
  }
}
