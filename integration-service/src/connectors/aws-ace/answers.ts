import { z } from 'zod';

/**
 * AWS's answers, as far as we read them. Lists of values are open (AWS adds to them without notice), absent and null are
 * the same, and instants stay the text that AWS wrote.
 */

const text = z.string().nullish();
const instant = z.string().min(1);

export const createdAnswer = z.looseObject({ Id: z.string().min(1), LastModifiedDate: instant.nullish() });

export const updatedAnswer = z.looseObject({ Id: z.string().min(1), LastModifiedDate: instant });

export const taskAnswer = z.looseObject({
  TaskId: text,
  TaskStatus: text,
  Message: text,
  ReasonCode: text,
  OpportunityId: text,
  StartTime: text,
});

export const tasksAnswer = z.looseObject({ TaskSummaries: z.array(taskAnswer).nullish(), NextToken: text });

const reviewedLifeCycle = z.looseObject({
  Stage: text,
  ReviewStatus: text,
  ReviewComments: text,
  ReviewStatusReason: text,
});

export const opportunityAnswer = z.looseObject({
  Id: z.string().min(1),
  LastModifiedDate: instant,
  PartnerOpportunityIdentifier: text,
  LifeCycle: reviewedLifeCycle.nullish(),
  RelatedEntityIdentifiers: z.looseObject({ Solutions: z.array(z.string()).nullish() }).nullish(),
});

export const opportunitiesAnswer = z.looseObject({
  OpportunitySummaries: z
    .array(
      z.looseObject({
        Id: z.string().min(1),
        PartnerOpportunityIdentifier: text,
        LastModifiedDate: instant,
        LifeCycle: reviewedLifeCycle.nullish(),
      }),
    )
    .nullish(),
  NextToken: text,
});

export const solutionsAnswer = z.looseObject({
  SolutionSummaries: z
    .array(
      z.looseObject({ Id: z.string().min(1), Name: z.string(), Status: z.string(), Category: z.string().nullish() }),
    )
    .nullish(),
  NextToken: text,
});

export const summaryAnswer = z.looseObject({
  LifeCycle: z.looseObject({ Stage: text, NextSteps: text, TargetCloseDate: text }).nullish(),
  InvolvementType: text,
  CosellMotion: text,
  OpportunityTeam: z.array(z.looseObject({ FirstName: text, LastName: text, BusinessTitle: text })).nullish(),
  Insights: z
    .looseObject({
      EngagementScore: text,
      NextBestActions: text,
      OpportunityQuality: z.looseObject({ Score: z.number().nullish(), Trend: text }).nullish(),
      Recommendations: z.array(z.looseObject({ Type: text, Details: text })).nullish(),
    })
    .nullish(),
});
