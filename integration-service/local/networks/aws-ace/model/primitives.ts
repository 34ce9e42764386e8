import { z } from 'zod';
import type { ProblemCode } from '../wire/errors.ts';

/** What a failed constraint tells `explain-problems.ts`: AWS's code and the rest of AWS's sentence. */
export interface ConstraintParams {
  readonly code: ProblemCode;
  readonly says: string;
}

const failing = (code: ProblemCode, says: string): { code: 'custom'; params: ConstraintParams } => ({
  code: 'custom',
  params: { code, says },
});

/**
 * A string of `min` to `max` characters. The model writes such limits as patterns (`(?s).{0,255}`), in which a dot is one
 * character, not one UTF-16 unit.
 */
export const lengthBetween = (min: number, max: number) =>
  z.string().superRefine((value, context) => {
    const length = [...value].length;
    if (length > max)
      context.addIssue(failing('INVALID_STRING_FORMAT', `Member must have length less than or equal to ${max}`));
    if (length < min)
      context.addIssue(failing('INVALID_STRING_FORMAT', `Member must have length greater than or equal to ${min}`));
  });

/** A string that matches the whole of `pattern`, as AWS anchors it. `shown` is the pattern as AWS prints it. */
export const matching = (pattern: RegExp, shown: string = pattern.source) => {
  const whole = new RegExp(`^(?:${pattern.source})$`, pattern.flags);
  return z.string().superRefine((value, context) => {
    if (!whole.test(value))
      context.addIssue(failing('INVALID_STRING_FORMAT', `Member must satisfy regular expression pattern: ${shown}`));
  });
};

/** A model `DateTime`: an ISO-8601 string on this API's wire (other awsJson services use epoch numbers). */
export const dateTime = z.string().superRefine((value, context) => {
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) ||
    Number.isNaN(Date.parse(value))
  )
    context.addIssue(failing('INVALID_STRING_FORMAT', 'Member must be an ISO-8601 date and time'));
});

/** A model `Date`: `YYYY-MM-DD`. */
export const date = matching(/[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])/);

/** Lower case only: AWS refuses `Jane@Example.com`. */
export const email = matching(
  /(?=.{0,80}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?/,
);

/** E.164. */
export const phone = matching(/\+[1-9]\d{1,14}/);

export const catalogName = matching(/[a-zA-Z]+/);
export const opportunityId = matching(/O[0-9]{1,19}/);
export const solutionId = matching(/S-[0-9]{1,19}/);
export const engagementArnOrId = matching(/(arn:.*|eng-[0-9a-z]{14})/);
export const invitationArnOrId = matching(/(?=.{1,255}$)(arn:.*|engi-[0-9a-z]{13})/);
export const taskArnOrId = matching(/(arn:.*|task-[0-9a-z]{13})/);
export const awsAccount = matching(/([0-9]{12}|\w{1,12})/);
export const clientToken = matching(/.{1,255}/u);
/** Money as a string; AWS reads no numbers here. */
export const monetaryAmount = matching(/(0|([1-9][0-9]{0,30}))(\.[0-9]{0,2})?/);

export const tags = z
  .array(
    z.object({
      Key: matching(/(?=.{1,128}$)([\p{L}\p{Z}\p{N}_.:/=+\-@]*)/u),
      Value: matching(/(?=.{0,256}$)([\p{L}\p{Z}\p{N}_.:/=+\-@]*)/u),
    }),
  )
  .min(1)
  .max(200);
