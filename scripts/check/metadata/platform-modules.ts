/**
 * Modules and components of the `lightning` namespace that the platform has but the npm package of base components
 * does not (checked against the Component Library).
 */
export const PLATFORM_LIGHTNING = [
  'clickToDial',
  'empApi',
  'fileUpload',
  'flow',
  'graphql',
  'inputField',
  'inputRichText',
  'map',
  'messageService',
  'messages',
  'navigation',
  'outputField',
  'pageReferenceUtils',
  'platformResourceLoader',
  'platformShowToastEvent',
  'platformWorkspaceApi',
  'quickActionPanel',
  'recordEditForm',
  'recordForm',
  'recordPicker',
  'recordViewForm',
  'refresh',
  'uiGraphQLApi',
  'uiListApi',
  'uiListsApi',
  'uiObjectInfoApi',
  'uiRecordApi',
  'uiRelatedListApi',
];

/** Kinds of `@salesforce/…` modules, with what may stand behind them; those that name metadata are resolved by the rule. */
export const SALESFORCE_MODULES: Record<string, RegExp> = {
  client: /^formFactor$/,
  i18n: /^(lang|dir|locale|currency|timeZone|firstDayOfWeek|dateTime\.\w+|number\.\w+|calendar)$/,
  user: /^(Id|isGuest)$/,
  userPermission: /^\w+$/,
};
