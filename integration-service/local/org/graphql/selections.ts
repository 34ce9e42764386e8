import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';

/** The parts of a running request that selections depend on. */
export type Document = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>;

const included = (node: Parameters<typeof getDirectiveValues>[1], document: Document): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, document.variableValues)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, document.variableValues)?.['if'] !== false;

/**
 * The fields selected on `typeName`, fragments opened and `@skip`/`@include` obeyed. A field selected twice appears
 * twice: its parts have to be merged by the caller.
 */
export const selectedFields = (
  selectionSets: readonly (SelectionSetNode | undefined)[],
  typeName: string,
  document: Document,
): FieldNode[] =>
  selectionSets.flatMap((set) =>
    (set?.selections ?? []).flatMap((selection): FieldNode[] => {
      if (!included(selection, document)) return [];
      if (selection.kind === Kind.FIELD) return [selection];
      const fragment:
        | (Pick<FragmentDefinitionNode, 'selectionSet'> & { typeCondition?: FragmentDefinitionNode['typeCondition'] })
        | undefined =
        selection.kind === Kind.INLINE_FRAGMENT ? (selection as never) : document.fragments[selection.name.value];
      if (!fragment || (fragment.typeCondition && fragment.typeCondition.name.value !== typeName)) return [];
      return selectedFields([fragment.selectionSet], typeName, document);
    }),
  );

/** The key under which a field's value is answered. */
export const responseKey = (node: FieldNode): string => node.alias?.value ?? node.name.value;

/** Selected fields by response key, the nodes of each merged. */
export const byResponseKey = (nodes: readonly FieldNode[]): Map<string, FieldNode[]> => {
  const groups = new Map<string, FieldNode[]>();
  for (const node of nodes) groups.set(responseKey(node), [...(groups.get(responseKey(node)) ?? []), node]);
  return groups;
};
