/**
 * A package's name as the org knows it. Installed as a managed package, everything custom of ours carries the namespace
 * (`State__c` → `ns__State__c`, `Referral__r.State__c` → `ns__Referral__r.ns__State__c`); names that carry one already,
 * and standard names, stay as they are.
 */
export const namespaced = (name: string, namespace: string): string => {
  if (namespace === '') return name;
  return name
    .split('.')
    .map((part) =>
      /^(?!\w+?__\w+__)\w+__(?:c|r|e|mdt|chn|pc|Share|ChangeEvent|History)$/.test(part)
        ? `${namespace}__${part}`
        : part,
    )
    .join('.');
};
