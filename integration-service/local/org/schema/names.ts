/**
 * Names in a namespaced org. Source is written without a namespace; installed as a managed package, each name that the
 * package declares gets the prefix, in references and formulas too, while names of others stay as they are.
 */
export interface PackageNames {
  readonly namespace: string | undefined;
  /** The name in the org of an API name written in source: an object, field or relationship. */
  inOrg(name: string): string;
  /** A formula with every declared name replaced; text in quotes is left alone. */
  formulaInOrg(formula: string): string;
}

/** `declared` holds the custom names (`X__c`) that packaged folders declare. */
export const packageNames = (namespace: string | undefined, declared: ReadonlySet<string>): PackageNames => {
  const bySource = new Map<string, string>();
  if (namespace !== undefined)
    for (const name of declared) {
      bySource.set(name.toLowerCase(), `${namespace}__${name}`);
      if (name.endsWith('__c')) {
        const stem = name.slice(0, -1);
        for (const ending of ['r', 'Share', 'ChangeEvent', 'History'])
          bySource.set(`${stem}${ending}`.toLowerCase(), `${namespace}__${stem}${ending}`);
      }
    }
  const inOrg = (name: string): string => bySource.get(name.toLowerCase()) ?? name;
  return {
    namespace,
    inOrg,
    formulaInOrg: (formula) =>
      formula.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z]\w*__[cr]\b/g, (token) =>
        token.startsWith('"') || token.startsWith("'") ? token : inOrg(token),
      ),
  };
};
