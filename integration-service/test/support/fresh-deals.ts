import type { Connection } from 'jsforce';
import { loadSample } from '../../local/seed/load-sample.ts';
import { sampleAccounts, sampleDeals } from '../../local/seed/sample-company.ts';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** What differs from a deal that AWS approves without a question. */
export interface DealChanges {
  /** User name part before `@`. */
  readonly owner?: string;
  readonly account?: Fields;
  readonly opportunity?: Fields;
}

/** Makes deals that need nothing more to be filed, each with an account of its own. */
export type MakeDeal = (changes?: DealChanges) => Promise<string>;

const firstId = async (connection: Connection, soql: string): Promise<string> => {
  const { records } = await connection.query<{ Id: string }>(soql);
  const id = records[0]?.Id;
  if (!id) throw new Error(`The org has no row for: ${soql}`);
  return id;
};

const create = async (connection: Connection, object: string, row: Fields): Promise<string> => {
  const saved = await connection.sobject(object).create(row as Record<string, unknown>);
  if (!saved.success) throw new Error(`${object} was refused: ${JSON.stringify(saved.errors)}`);
  return saved.id;
};

/** Our fields as an org with the package under a namespace has them. */
const prefixed = (row: Fields, namespace: string): Fields =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      namespace && name.endsWith('__c') ? `${namespace}__${name}` : name,
      value,
    ]),
  );

/** Loads the sample company and gives the maker of further deals like its first one. `admin` may write for others. */
export const freshDeals = async (admin: Connection, namespace = ''): Promise<MakeDeal> => {
  const today = new Date().toISOString().slice(0, 10);
  await loadSample(admin, today, namespace);
  const [account] = sampleAccounts;
  const [deal] = sampleDeals;
  if (!account || !deal) throw new Error('The sample company has no first deal.');
  const entry = await firstId(admin, `SELECT Id FROM PricebookEntry WHERE Product2.Name = '${deal.product ?? ''}'`);
  const book = await firstId(admin, 'SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const owners = new Map<string, string>();
  let made = 0;
  return async (changes = {}) => {
    const owner = changes.owner ?? 'sally.seller';
    const known = owners.get(owner);
    const ownerId =
      known ?? (await firstId(admin, `SELECT Id FROM User WHERE Username = '${owner}@tandem.example.com'`));
    owners.set(owner, ownerId);
    made += 1;
    const accountId = await create(admin, 'Account', {
      Name: `${account.name} ${made}`,
      OwnerId: ownerId,
      Industry: account.industry,
      NumberOfEmployees: account.employees,
      Website: account.website ?? null,
      BillingCountry: account.country,
      BillingState: account.state ?? null,
      BillingPostalCode: account.postalCode ?? null,
      BillingCity: account.city,
      BillingStreet: account.street,
      ...changes.account,
    });
    const { contact } = account;
    const contactId = await create(admin, 'Contact', {
      AccountId: accountId,
      OwnerId: ownerId,
      FirstName: contact.first,
      LastName: contact.last,
      Title: contact.title,
      Email: contact.email,
      Phone: contact.phone,
    });
    const opportunityId = await create(
      admin,
      'Opportunity',
      prefixed(
        {
          Name: `${account.name} ${made}: warehouse analytics`,
          AccountId: accountId,
          OwnerId: ownerId,
          StageName: deal.stage,
          CloseDate: new Date(Date.parse(today) + deal.closesInDays * 86_400_000).toISOString().slice(0, 10),
          Type: deal.type,
          Pricebook2Id: book,
          CustomerProblem__c: deal.problem ?? null,
          UseCase__c: deal.useCase ?? null,
          PartnerMonthlySpend__c: deal.monthlySpend ?? null,
          ...changes.opportunity,
        },
        namespace,
      ),
    );
    await create(admin, 'OpportunityContactRole', {
      OpportunityId: opportunityId,
      ContactId: contactId,
      IsPrimary: true,
      Role: 'Decision Maker',
    });
    await create(admin, 'OpportunityLineItem', {
      OpportunityId: opportunityId,
      PricebookEntryId: entry,
      Quantity: 1,
      UnitPrice: deal.amount,
    });
    return opportunityId;
  };
};
