import type { OrgRuntime } from '../org-runtime.ts';

/**
 * Tells what decisions of the last thirty days came to, by function: how many people were asked about (M017), how soon they
 * answered (M065), and how many decisions there were for each answer that a person had to give (M064).
 */
export const tellFigures = async ({
  org,
  decisions,
  metrics,
}: Pick<OrgRuntime, 'org' | 'decisions' | 'metrics'>): Promise<void> => {
  for (const { function: of, ...figures } of await decisions.figures()) {
    const labels = { org, function: of };
    metrics.decisionsMade.set(labels, figures.decisions);
    if (figures.decisions > 0) metrics.decisionsEscalated.set(labels, figures.escalated / figures.decisions);
    if (figures.answers > 0) metrics.decisionsPerAnswer.set(labels, figures.decisions / figures.answers);
    if (figures.answerSeconds !== null) metrics.answerSeconds.set(labels, figures.answerSeconds);
  }
};
