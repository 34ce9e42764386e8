import type { AceSolution } from '../settings.ts';
import { cutPage, pageOf } from './context.ts';
import type { Operation } from './context.ts';

const sortKeys: Readonly<Record<string, (solution: AceSolution) => string>> = {
  Identifier: ({ id }) => id,
  Name: ({ name }) => name,
  Status: ({ status }) => status,
  Category: ({ category }) => category,
  CreatedDate: ({ createdDate }) => createdDate,
};

const among = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.length === 0 || list.includes(value);

export const listSolutions: Operation<'ListSolutions'> = async (call, request) => {
  const page = pageOf(request.NextToken, request.MaxResults ?? 20);
  const keyOf = sortKeys[request.Sort?.SortBy ?? 'Identifier'] ?? (({ id }) => id);
  const direction = request.Sort?.SortOrder === 'DESCENDING' ? -1 : 1;
  const found = call.settings.solutions
    .filter(
      (solution) =>
        among(request.Identifier, solution.id) &&
        among(request.Status, solution.status) &&
        among(request.Category, solution.category) &&
        // No sample solution is listed in AWS Marketplace.
        (request.AwsMarketplaceSolutionArn ?? []).length === 0,
    )
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -direction : direction))
    .slice(page.offset, page.offset + page.limit + 1);
  const { rows, NextToken } = cutPage(found, page);
  return {
    NextToken,
    SolutionSummaries: rows.map((solution) => ({
      Arn: null,
      Catalog: request.Catalog,
      Category: solution.category,
      CreatedDate: solution.createdDate,
      Id: solution.id,
      Name: solution.name,
      Status: solution.status,
    })),
  };
};
