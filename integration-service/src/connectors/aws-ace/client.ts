/** The only place that knows the vendor's SDK: AWS Partner Central Selling (ACE). */
export {
  CountryCode,
  DeliveryModel,
  Industry,
  OpportunityType,
  PrimaryNeedFromAws,
  SalesActivity,
  Stage,
} from '@aws-sdk/client-partnercentral-selling';
