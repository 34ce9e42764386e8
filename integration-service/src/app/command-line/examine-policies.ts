import type { OrgRuntime } from '../org-runtime.ts';
import { gonePolicies, isOwnRow } from '../workers/policies.ts';

/** Whether the policies in the org are those that were saved. @throws in words, for those that were deleted or edited by hand. */
export const examinePolicies = async (
  org: Pick<OrgRuntime, 'crm' | 'user' | 'clock' | 'recordedPolicies'>,
): Promise<string> => {
  const settings = await org.crm.readSettings(0);
  if (!settings.ok) throw new Error(settings.error.message);
  const { policies } = settings.value;
  const gone = await gonePolicies(org, policies);
  const edited = policies.filter((row) => !isOwnRow(row, org.user));
  const problems = [
    ...gone.map(({ key }) => `${key} was saved and is not there any more`),
    ...edited.map(({ key }) => `${key} was changed by hand`),
  ];
  if (problems.length > 0) throw new Error(problems.join('; '));
  return `${policies.length} versions, all of them as they were saved`;
};
