import { problemIn, type Rule } from '../rule.ts';

/** A custom name inside quotes or a template text, on one line. */
const QUOTED_CUSTOM_NAME = /(['"`])[^'"`\n]*?\b([A-Za-z]\w*__[cr])\b/g;
const PLATFORM_IMPORT = /from '@salesforce\/[^']+'/;
const COMMENT = /^\s*(?:\/\/|\/?\*)/;

/** Components that work on names without namespace, because their callers have taken it off. */
const WITHOUT_NAMESPACE = new Set(['referralDraft']);

export const namespace: Rule = {
  id: 'namespace',
  about:
    'Installed as a managed package every custom name gets a prefix; only imports from @salesforce/schema follow it, quoted names do not.',
  *check(project) {
    for (const bundle of project.bundles.values()) {
      if (WITHOUT_NAMESPACE.has(bundle.name)) continue;
      for (const source of [...bundle.scripts, ...bundle.templates]) {
        for (const match of source.text.matchAll(QUOTED_CUSTOM_NAME)) {
          const start = source.text.lastIndexOf('\n', match.index) + 1;
          const line = source.text.slice(start).split('\n', 1)[0] ?? '';
          if (PLATFORM_IMPORT.test(line) || COMMENT.test(line)) continue;
          yield problemIn(
            source,
            match.index,
            `quotes the name ${match[2]}, which is another name in a managed package`,
            'import it from @salesforce/schema and use its fieldApiName or objectApiName',
          );
        }
      }
    }
  },
};
