import { z } from 'zod';

/** Who approved a record, in which version; shared by everything a text may be composed of. */
const approved = {
  key: z.string().min(1),
  version: z.int().positive(),
  /** Name and role, for the reader of a decision. */
  approver: z.string().min(1),
};

const names = z.array(z.string().min(1));

/** A sentence that may be said of the company or its products; value propositions and positioning have one form. */
export const approvedStatementSchema = z.strictObject({ ...approved, text: z.string().min(1) });

/** What a feature's status allows: only `available` may be offered in a text that leaves the company. */
export const featureStatusSchema = z.enum(['available', 'beta', 'planned', 'retired']);

export const featureSchema = z.strictObject({
  name: z.string().min(1),
  alsoKnownAs: names,
  status: featureStatusSchema,
});

/** A claim with figures or effects, and the document that supports it. */
export const documentedClaimSchema = z.strictObject({
  key: z.string().min(1),
  text: z.string().min(1),
  documentation: z.string().min(1),
});

/** A product specification: what there is, what its status is, what may be claimed of it. */
export const productSpecificationSchema = z.strictObject({
  ...approved,
  name: z.string().min(1),
  alsoKnownAs: names,
  features: z.array(featureSchema),
  claims: z.array(documentedClaimSchema),
});

/** Whether a competitor may be named at all, and what may be said of it beyond the bare fact that it is there. */
export const competitorGuidelineSchema = z.strictObject({
  ...approved,
  name: z.string().min(1),
  alsoKnownAs: names,
  mayBeNamed: z.boolean(),
  statements: z.array(z.string().min(1)),
});

/** A text with places in braces; a place is a variable of the template or the key of an approved statement. */
export const textTemplateSchema = z.strictObject({
  ...approved,
  text: z.string().min(1),
  variables: names,
});

/** Everything a company has approved to be said, and the names that may never leave it. */
export const approvedMaterialSchema = z.strictObject({
  key: z.string().min(1),
  company: z.string().min(1),
  alsoKnownAs: names,
  valuePropositions: z.array(approvedStatementSchema),
  positioning: z.array(approvedStatementSchema),
  products: z.array(productSpecificationSchema),
  competitors: z.array(competitorGuidelineSchema),
  otherCustomers: names,
  templates: z.array(textTemplateSchema),
});

const partySchema = z.strictObject({ name: z.string().min(1), alsoKnownAs: names });

/** A value known of the deal, and the record and field (or report) it comes from. */
export const sourcedFactSchema = z.strictObject({ source: z.string().min(1), value: z.string() });

/** A person who may be named to this partner, with the contact details that may be passed on. */
export const clearedPersonSchema = z.strictObject({ name: z.string().min(1), contact: names });

/** The deal a text is about: who reads it, whose deal it is, and the facts that may be told. */
export const dealContextSchema = z.strictObject({
  key: z.string().min(1),
  partner: partySchema,
  customer: partySchema,
  facts: z.array(sourcedFactSchema),
  people: z.array(clearedPersonSchema),
});

export type ApprovedStatement = z.infer<typeof approvedStatementSchema>;
export type Feature = z.infer<typeof featureSchema>;
export type CompetitorGuideline = z.infer<typeof competitorGuidelineSchema>;
export type TextTemplate = z.infer<typeof textTemplateSchema>;
export type ApprovedMaterial = z.infer<typeof approvedMaterialSchema>;
export type SourcedFact = z.infer<typeof sourcedFactSchema>;
export type DealContext = z.infer<typeof dealContextSchema>;
