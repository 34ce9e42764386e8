/** The ACE network's public face: how to start it, and the rules it judges by, readable as tables. */
export { startAceNetwork } from './ace-network.ts';
export type { AceNetwork } from './ace-network.ts';
export { publishedQuotas } from './settings.ts';
export type { AceCredential, AceNetworkOptions, AceSolution } from './settings.ts';
export type { Opportunity } from './store/opportunities.ts';
export { associationLimits } from './operations/associations.ts';
export { offeredOperations, quotaKind } from './model/requests.ts';
export { approval, reviewRules } from './review/review-rules.ts';
export type { Decision } from './review/review-rules.ts';
export { editabilityByReviewStatus, editableAfterLaunch } from './rules/editability.ts';
export { countriesWithoutPostalCode, postalCodeFormats, postalCodePattern } from './rules/postal-codes.ts';
export { submissionRules } from './rules/submission-rules.ts';
export { accountIdAtLaunch, rulesForCreate, rulesForUpdate, softwareRevenueAtLaunch } from './rules/writing-rules.ts';
export { signNotice } from './wire/notices.ts';
