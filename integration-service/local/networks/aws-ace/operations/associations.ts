import type { RequestOf } from '../model/requests.ts';
import { awsProductCodes } from '../rules/aws-products.ts';
import { submittableEntities } from '../rules/submission-rules.ts';
import { opportunityWithOffer, saveOpportunity } from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { businessProblems, problem, resourceNotFound } from '../wire/errors.ts';
import type { AceError, ProblemCode } from '../wire/errors.ts';
import { holdOpportunity, opportunityNotice, touched } from './context.ts';
import type { Call, Operation } from './context.ts';

type Request = RequestOf<'AssociateOpportunity'>;
type EntityType = Request['RelatedEntityType'];

/** How many of each an opportunity may have (developer guide, "Quotas"; offer sets: not published, as offers). */
export const associationLimits: Readonly<Record<EntityType, number>> = {
  AwsProducts: 20,
  Solutions: 10,
  AwsMarketplaceSolutions: 10,
  AwsMarketplaceProducts: 10,
  AwsMarketplaceOffers: 1,
  AwsMarketplaceOfferSets: 1,
};

/** Associations may be changed before submission and after approval; AWS reviews what it was given. */
const changeable: ReadonlySet<string> = new Set(['Pending Submission', 'Approved']);

const field = (type: EntityType): string => `RelatedEntityIdentifiers.${type}`;
const broken = (type: EntityType, code: ProblemCode, message: string): AceError =>
  businessProblems([problem(field(type), code, message)]);

const offerArn = /^arn:aws:aws-marketplace:[a-z]{1,2}-[a-z]*-\d+:(\d{12}):AWSMarketplace\/Offer\/.*$/;
const offerSetArn = /^arn:aws:aws-marketplace:[a-z]{1,2}-[a-z]*-\d+:(\d{12}):AWSMarketplace\/OfferSet\/offerset-.*$/;

const checkOwnArn = (call: Call, type: EntityType, arn: string, pattern: RegExp): void => {
  const seller = pattern.exec(arn)?.[1];
  if (seller === undefined)
    throw broken(
      type,
      'INVALID_STRING_FORMAT',
      `Field ${field(type)} does not match the required format: must follow the AWS Marketplace offer ARN pattern.`,
    );
  if (seller !== call.settings.partner.accountId)
    throw broken(
      type,
      'ACTION_NOT_PERMITTED',
      'The offer must belong to the same seller account that is invoking the action.',
    );
};

/** Whether AWS knows the entity, and may take it for this account. */
const checkEntity = (call: Call, { RelatedEntityType: type, RelatedEntityIdentifier: id }: Request): void => {
  const { marketplace, solutions } = call.settings;
  const known = (list: readonly string[]): void => {
    if (!list.includes(id)) throw resourceNotFound(id);
  };
  switch (type) {
    case 'Solutions': {
      if (!/^S-[0-9]{1,19}$/.test(id))
        throw broken(
          type,
          'INVALID_STRING_FORMAT',
          'Field RelatedEntityIdentifiers.Solutions does not match the required format: Solution ID must follow the pattern S-[0-9]{1,19}.',
        );
      const solution = solutions.find((each) => each.id === id);
      if (!solution) throw resourceNotFound(id);
      if (solution.status !== 'Active')
        throw broken(
          type,
          'INVALID_VALUE',
          `Solution ${id} is ${solution.status}: only an Active solution can be offered.`,
        );
      return;
    }
    case 'AwsProducts':
      if (!awsProductCodes.has(id))
        throw broken(
          type,
          'INVALID_VALUE',
          'Field RelatedEntityIdentifiers.AwsProducts must be one of the allowed AWS products. Refer to the complete list at https://github.com/aws-samples/partner-crm-integration-samples/blob/main/resources/aws_products.json',
        );
      return;
    case 'AwsMarketplaceOffers':
      checkOwnArn(call, type, id, offerArn);
      return known(marketplace.offers);
    case 'AwsMarketplaceOfferSets':
      checkOwnArn(call, type, id, offerSetArn);
      return known(marketplace.offerSets);
    case 'AwsMarketplaceSolutions':
      return known(marketplace.solutions);
    case 'AwsMarketplaceProducts':
      return known(marketplace.products);
  }
};

const isOffer = (type: EntityType): boolean => type === 'AwsMarketplaceOffers' || type === 'AwsMarketplaceOfferSets';

const checkChangeable = (opportunity: Opportunity, type: EntityType): void => {
  if (!changeable.has(opportunity.reviewStatus))
    throw broken(
      type,
      'ACTION_NOT_PERMITTED',
      `Associations cannot be changed when LifeCycle.ReviewStatus is '${opportunity.reviewStatus}'.`,
    );
  if (isOffer(type) && opportunity.body.LifeCycle?.Stage === 'Closed Lost')
    throw broken(
      type,
      'INVALID_RESOURCE_STATE',
      "Cannot associate/disassociate offers when opportunity is in 'Closed Lost'.",
    );
};

const storeRelated = async (
  call: Call,
  opportunity: Opportunity,
  type: EntityType,
  identifiers: readonly string[],
): Promise<void> => {
  // An association moves LastModifiedDate: an update planned before it meets a conflict.
  const changed = touched(call, { ...opportunity, related: { ...opportunity.related, [type]: identifiers } });
  await saveOpportunity(call.queries, changed);
  call.announce(opportunityNotice('Opportunity Updated', changed));
};

export const associateOpportunity: Operation<'AssociateOpportunity'> = async (call, request) => {
  const { RelatedEntityType: type, RelatedEntityIdentifier: id } = request;
  const opportunity = await holdOpportunity(call, request.Catalog, request.OpportunityIdentifier);
  checkChangeable(opportunity, type);
  checkEntity(call, request);
  const present = opportunity.related[type] ?? [];
  if (present.includes(id))
    throw broken(type, 'DUPLICATE_KEY_VALUE', `${id} is already associated with opportunity ${opportunity.id}.`);
  if (type === 'AwsMarketplaceOffers' && (await opportunityWithOffer(call.queries, id)) !== undefined)
    throw broken(
      type,
      'DUPLICATE_KEY_VALUE',
      'One AWS Marketplace offer can only be associated with one opportunity. This offer is already associated with another opportunity, try a different offer ID.',
    );
  if (present.length >= associationLimits[type])
    throw broken(
      type,
      'TOO_MANY_VALUES',
      `An opportunity can have at most ${associationLimits[type]} associations of type ${type}.`,
    );
  await storeRelated(call, opportunity, type, [...present, id]);
  return undefined;
};

export const disassociateOpportunity: Operation<'DisassociateOpportunity'> = async (call, request) => {
  const { RelatedEntityType: type, RelatedEntityIdentifier: id } = request;
  const opportunity = await holdOpportunity(call, request.Catalog, request.OpportunityIdentifier);
  checkChangeable(opportunity, type);
  const present = opportunity.related[type] ?? [];
  if (!present.includes(id)) throw resourceNotFound(id);
  const left = present.filter((each) => each !== id);
  const offered = submittableEntities.some((kind) =>
    kind === type ? left.length > 0 : (opportunity.related[kind]?.length ?? 0) > 0,
  );
  const needsOne = opportunity.reviewStatus === 'Approved' && !opportunity.body.Project?.OtherSolutionDescription;
  if (needsOne && !offered)
    throw broken(
      type,
      'ACTION_NOT_PERMITTED',
      'The last required entity cannot be removed: attach the new entity first, then disassociate this one.',
    );
  await storeRelated(call, opportunity, type, left);
  return undefined;
};
