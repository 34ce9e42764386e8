import type { Connection, SaveResult } from 'jsforce';
import { sampleAccounts, sampleDeals, sampleProducts, type SampleDeal } from './sample-company.ts';

type Row = Record<string, string | number | boolean>;

/** Saves rows in one call each 200; a refused row stops the load with the org's words, since the sample has to be whole. */
const create = async (connection: Connection, object: string, rows: readonly Row[]): Promise<string[]> => {
  const ids: string[] = [];
  for (let start = 0; start < rows.length; start += 200) {
    const results = (await connection
      .sobject(object)
      .create(rows.slice(start, start + 200), { allOrNone: true })) as SaveResult[];
    for (const [index, result] of results.entries()) {
      if (!result.success)
        throw new Error(
          `The sample ${object} ${JSON.stringify(rows[start + index])} was refused: ${JSON.stringify(result.errors)}`,
        );
      ids.push(result.id);
    }
  }
  return ids;
};

const onDay = (today: string, days: number): string =>
  new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

const dealRow = (deal: SampleDeal, today: string, accountId: string, ownerId: string, pricebookId: string): Row => ({
  Name: deal.name,
  AccountId: accountId,
  OwnerId: ownerId,
  StageName: deal.stage,
  Amount: deal.amount,
  CloseDate: onDay(today, deal.closesInDays),
  Type: deal.type,
  Pricebook2Id: pricebookId,
  ...(deal.problem ? { CustomerProblem__c: deal.problem } : {}),
  ...(deal.useCase ? { UseCase__c: deal.useCase } : {}),
  ...(deal.monthlySpend ? { PartnerMonthlySpend__c: deal.monthlySpend } : {}),
  ...(deal.nextStep ? { NextStep: deal.nextStep } : {}),
});

const prefixed = (row: Row, namespace: string): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      namespace && name.endsWith('__c') ? `${namespace}__${name}` : name,
      value,
    ]),
  );

/**
 * Loads the sample company once; a second call finds it and changes nothing. `connection` is an administrator's.
 * `today` is `YYYY-MM-DD`: close dates are counted from it. Gives back deal ids by name.
 */
export const loadSample = async (
  connection: Connection,
  today: string,
  namespace = '',
): Promise<Map<string, string>> => {
  const known = await connection.query<{ Id: string; Name: string }>('SELECT Id, Name FROM Opportunity');
  const names = new Set(sampleDeals.map((deal) => deal.name));
  const there = new Map(
    known.records.filter((record) => names.has(record.Name)).map((record) => [record.Name, record.Id]),
  );
  if (there.size === names.size) return there;

  const users = await connection.query<{ Id: string; Username: string }>(
    'SELECT Id, Username FROM User WHERE IsActive = true',
  );
  const userId = (name: string): string => {
    const user = users.records.find((record) => record.Username.startsWith(`${name}@`));
    if (!user) throw new Error(`The org has no user ${name}@…, who owns sample deals.`);
    return user.Id;
  };
  const books = await connection.query<{ Id: string }>('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const pricebookId = books.records[0]?.Id;
  if (!pricebookId) throw new Error('The org has no standard price book, without which a deal can have no products.');
  const productIds = await create(
    connection,
    'Product2',
    sampleProducts.map(({ name, code, family }) => ({ Name: name, ProductCode: code, Family: family, IsActive: true })),
  );
  const entryIds = await create(
    connection,
    'PricebookEntry',
    sampleProducts.map(({ price }, index) => ({
      Pricebook2Id: pricebookId,
      Product2Id: productIds[index] ?? '',
      UnitPrice: price,
      IsActive: true,
    })),
  );
  const ownerOf = (account: string): string =>
    sampleDeals.find((deal) => deal.account === account)?.owner ?? 'sally.seller';
  const accountIds = await create(
    connection,
    'Account',
    sampleAccounts.map((account) => ({
      Name: account.name,
      OwnerId: userId(ownerOf(account.name)),
      Industry: account.industry,
      NumberOfEmployees: account.employees,
      BillingCountry: account.country,
      BillingCity: account.city,
      BillingStreet: account.street,
      ...(account.website ? { Website: account.website } : {}),
      ...(account.state ? { BillingState: account.state } : {}),
      ...(account.postalCode ? { BillingPostalCode: account.postalCode } : {}),
    })),
  );
  const indexOf = new Map(sampleAccounts.map((account, index) => [account.name, index]));
  const accountId = (name: string): string => accountIds[indexOf.get(name) ?? -1] ?? '';
  const contactIds = await create(
    connection,
    'Contact',
    sampleAccounts.map(({ name, contact }) => ({
      AccountId: accountId(name),
      OwnerId: userId(ownerOf(name)),
      FirstName: contact.first,
      LastName: contact.last,
      Title: contact.title,
      Email: contact.email,
      Phone: contact.phone,
    })),
  );
  const dealIds = await create(
    connection,
    'Opportunity',
    sampleDeals.map((deal) =>
      prefixed(dealRow(deal, today, accountId(deal.account), userId(deal.owner), pricebookId), namespace),
    ),
  );
  await create(
    connection,
    'OpportunityContactRole',
    sampleDeals.map((deal, index) => ({
      OpportunityId: dealIds[index] ?? '',
      ContactId: contactIds[indexOf.get(deal.account) ?? -1] ?? '',
      IsPrimary: true,
      Role: 'Decision Maker',
    })),
  );
  await create(
    connection,
    'OpportunityLineItem',
    sampleDeals.flatMap((deal, index) => {
      const product = sampleProducts.findIndex(({ name }) => name === deal.product);
      return product < 0
        ? []
        : [
            {
              OpportunityId: dealIds[index] ?? '',
              PricebookEntryId: entryIds[product] ?? '',
              Quantity: 1,
              // The org sums a deal's products into its amount, so the product carries the whole of it.
              UnitPrice: deal.amount,
            },
          ];
    }),
  );
  return new Map(sampleDeals.map((deal, index) => [deal.name, dealIds[index] ?? '']));
};
