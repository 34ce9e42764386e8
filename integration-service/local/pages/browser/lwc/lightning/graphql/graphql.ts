import { mutateGraphql } from '../../../data/graphql.ts';
import { GraphqlWire, requestOf, type GraphqlConfig, type GraphqlDocument } from '../../../data/graphql-wire.ts';

/** Wire adapter: one query. */
export const graphql = GraphqlWire;

/** Marks a query's text; parts may be other queries' text or schema names. */
export const gql = (strings: TemplateStringsArray, ...parts: unknown[]): GraphqlDocument => {
  const text = strings.reduce((query, piece, index) => {
    const part = index === 0 ? '' : parts[index - 1];
    const inserted =
      typeof part === 'object' && part !== null && 'text' in part ? (part as GraphqlDocument).text : part;
    return `${query}${String(inserted)}${piece}`;
  });
  return Object.freeze({ text });
};

/** Sends a mutation. Resolves with errors beside the data; it rejects only where the call itself is wrong. */
export const executeMutation = async (config: GraphqlConfig): Promise<{ data: unknown; errors: unknown }> => {
  const request = requestOf(config);
  if (request === undefined) throw new TypeError('executeMutation needs a query written with gql`…`.');
  return mutateGraphql(request);
};
