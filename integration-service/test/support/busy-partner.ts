import { PostgresRateBudget } from '../../src/infrastructure/database/budgets.ts';
import { openOrgDatabase } from '../../src/infrastructure/database/org-database.ts';

/**
 * What another process of the company does when it has much to send: takes the next writes of the AWS account, one a
 * second, so that whoever comes later waits in line. The account is the environment's (`AWS_ACCOUNT_ID` is not set in
 * worlds); `org` is any org's id of 18 characters.
 */
export const spendWrites = async (databaseUrl: string, org: string, count: number): Promise<void> => {
  const database = openOrgDatabase(org, { url: databaseUrl, maxConnections: 1 });
  try {
    const limit = { bucket: 'aws-ace:default:write', ratePerSecond: 1, perDay: 10_000 };
    const answer = await new PostgresRateBudget(database).take(limit, count, 0, { priority: 0, id: '0' });
    if (!answer.granted) throw new Error('The line is not empty: nobody can stand before it.');
  } finally {
    await database.close();
  }
};
