/** The three writes of a filing at the network, in order, and the network's name for each. */
export const filingSteps = {
  create: 'CreateOpportunity',
  associate: 'AssociateOpportunity',
  submit: 'StartEngagementFromOpportunityTask',
} as const;

const aroundWrite = (step: string): string[] =>
  [
    'before-intended',
    'after-intended',
    'before-send',
    'in-flight',
    'after-send',
    'after-answer',
    'after-not-done',
    'before-look-up',
    'after-look-up',
  ].map((point) => `${step}-${point}`);

/** Points from the org's event to the judged proposal. */
export const pointsBefore = [
  'event-received',
  'event-before-stored',
  'event-after-stored',
  'event-after-enqueued',
  'before-claim',
  'after-claim',
  'before-gathered',
  'after-settings',
  'after-facts',
  'after-gathered',
  'after-solutions',
  'after-drafted',
  'before-judged',
  'after-judged',
  'after-budget',
] as const;

/** Points from the last write's answer to the end of the work. */
export const pointsAfter = [
  'before-last-settled',
  'after-last-settled',
  'after-submission-followed',
  'before-link-saved',
  'after-link-saved',
  'after-record-written',
  'before-finished',
  'after-finished',
] as const;

/**
 * Every point of the path of a click, in order. `…-in-flight` is no line of our code: the network holds the call, before
 * or after it is done, while the process that sent it is struck.
 */
export const filingPoints: readonly string[] = [
  ...pointsBefore,
  ...Object.keys(filingSteps).flatMap(aroundWrite),
  ...pointsAfter,
];

/** Points of a correction that a filing does not pass. */
export const correctionPoints: readonly string[] = ['after-current-read', ...aroundWrite('update')];

/** The write at the network that a point lies at or before; past the last one there is none to lose. */
export const writeAt = (point: string): string => {
  if (point.startsWith('update-') || point === 'after-current-read') return 'UpdateOpportunity';
  const step = Object.keys(filingSteps).find((name) => point.startsWith(`${name}-`)) as
    keyof typeof filingSteps | undefined;
  if (step) return filingSteps[step];
  return (pointsBefore as readonly string[]).includes(point) ? filingSteps.create : filingSteps.submit;
};
