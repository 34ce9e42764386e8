import { z } from 'zod';

/** What the token end point answers (RFC 7523); `id` ends in `/<org id>/<user id>`. */
export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  instance_url: z.url(),
  id: z.string().regex(/\/00D\w{12,15}\/005\w{12,15}$/),
});

export const tokenProblem = z.object({ error: z.string(), error_description: z.string().default('') });

/** One error of the REST API, in any of the forms it comes in. */
export const apiError = z.object({
  errorCode: z.string().optional(),
  statusCode: z.string().optional(),
  message: z.string(),
  fields: z.array(z.string()).nullish(),
});
export type ApiError = z.infer<typeof apiError>;

export const queryAnswer = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});

export const compositeAnswer = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

export const saveResult = z.object({
  id: z.string().nullish(),
  success: z.boolean(),
  created: z.boolean().optional(),
  errors: z.array(apiError).default([]),
});
export const saveResults = z.array(saveResult);

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

/** A grant's evidence as `platformGrantsQuery` reads it. */
export const evidenceRecord = z.object({ Key__c: z.string(), EvidenceCheckedAt__c: z.string().nullable() });

/** Salesforce writes `2026-11-21T10:00:00.000+0000`; the rest of the service knows ISO 8601 in UTC only. */
const instant = text.transform((value) => (value === null ? null : new Date(value).toISOString()));
const lines = text.transform((value) =>
  (value ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean),
);

const children = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .object({ records: z.array(shape) })
    .nullish()
    .transform((value) => value?.records ?? []);

/** Records as read, with the namespace already taken off. */
export const requestRecord = z.object({
  Id: z.string(),
  Kind__c: z.string(),
  State__c: z
    .enum(['new', 'taken', 'done', 'refused'])
    .nullish()
    .transform((state) => state ?? 'new'),
  Opportunity__c: text,
  Referral__c: text,
  Partner__c: text,
  Subject__c: text,
  Surface__c: text,
  ClickedAt__c: instant,
  CreatedDate: instant,
  CreatedById: z.string(),
  CreatedBy: z.object({ Name: text }).nullish(),
  Input__c: text,
  Referral__r: z.object({ Opportunity__c: text }).nullish(),
});

export const referralRecord = z.object({
  Id: z.string(),
  Key__c: z.string(),
  Opportunity__c: z.string(),
  Partner__r: z.object({ Key__c: z.string() }).nullish(),
  Attempt__c: number,
  State__c: z.string(),
  Step__c: text,
  Steps__c: text,
  NetworkId__c: text,
  QuestionsAsked__c: number,
  EditableNow__c: text,
  RetryAllowed__c: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  RequestedBy__c: text,
  ClickedAt__c: instant,
  CorrelationId__c: text,
  Values__r: children(
    z.object({
      Id: z.string(),
      Target__c: z.string(),
      Value__c: text,
      SourceKind__c: text,
      AnsweredBy__c: text,
      AnsweredBy__r: z.object({ Name: text }).nullish(),
    }),
  ),
});

const modified = { LastModifiedDate: instant, LastModifiedById: text };
export const changedDealRecord = z.object({
  Opportunity__c: z.string(),
  Opportunity__r: z.object({ ...modified, Account: z.object(modified).nullish() }),
});

export const partnerRecord = z.object({
  Id: z.string(),
  Key__c: z.string(),
  Name: z.string(),
  Network__c: text,
  Active__c: z.boolean(),
  Tier__c: text,
  Segment__c: text,
  Health__c: number,
  UsageSignal__c: number,
  InteractionSignal__c: number,
  HealthUpdatedAt__c: instant,
  Grants__r: children(
    z.object({
      Key__c: z.string(),
      Status__c: z.enum(['active', 'revoked']),
      Actions__c: lines,
      Fields__c: lines,
      EvidenceKind__c: z
        .enum(['platform-terms', 'countersigned'])
        .nullish()
        .transform((value) => value ?? null),
      Evidence__c: text,
      EvidenceCheckedAt__c: instant,
      EffectiveFrom__c: instant,
      ExpiresAt__c: instant,
      RevokedBy__c: z
        .enum(['company', 'partner'])
        .nullish()
        .transform((value) => value ?? null),
    }),
  ),
  Modes__r: children(
    z.object({ Function__c: z.string(), Mode__c: z.enum(['off', 'assisted', 'led']), Reason__c: text }),
  ),
});

export const policyRecord = z.object({
  Key__c: text,
  Function__c: z.string(),
  Rule__c: z.string(),
  Settings__c: text,
  Scope__c: text,
  EffectiveFrom__c: instant,
  Version__c: number,
  LastModifiedById: z.string(),
});

export const materialRecord = z.object({
  Key__c: z.string(),
  Kind__c: text,
  Title__c: text,
  Body__c: text,
  Status__c: z.enum(['proposed', 'approved', 'withdrawn']),
  Version__c: number,
  Partner__r: z.object({ Key__c: z.string() }).nullable().default(null),
  ApprovedBy__r: z.object({ Name: z.string() }).nullable().default(null),
  LastModifiedById: z.string(),
});

export const namedRecord = z.object({ Name: text });

export const describeAnswer = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string().default(''),
      type: z.string(),
      permissionable: z.boolean(),
      compoundFieldName: text,
      relationshipName: text,
      referenceTo: z.array(z.string()).default([]),
    }),
  ),
});

/** Owners of a referral and of its deal. */
export const ownersRecord = z.object({
  Id: z.string(),
  Key__c: z.string(),
  RequestedBy__c: z.string().nullable(),
  OwnerId: z.string(),
  Opportunity__r: z.object({ OwnerId: z.string() }),
});
