/** The steps that write at the network, and the network's name for each. */
const writes = {
  create: 'CreateOpportunity',
  associate: 'AssociateOpportunity',
  submit: 'StartEngagementFromOpportunityTask',
  update: 'UpdateOpportunity',
} as const;
type Step = keyof typeof writes;

export const steps = Object.keys(writes) as readonly Step[];

/** One way through the service, with the points at which a process may be struck on it. */
export interface Path {
  /** In order; `…-in-flight` is no line of our code: the network holds the call while the process is struck. */
  readonly points: readonly string[];
  /** The steps that write at the network on this way, in order. */
  readonly steps: readonly [Step, ...Step[]];
  /** The steps whose deed stands at the network already: it says so at once, so there is no answer to lose. */
  readonly standing?: readonly Step[];
}

const aroundWrite = (step: Step): string[] =>
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
const pointsBefore = [
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
  'after-situation',
  'before-judged',
  'after-judged',
  'after-budget',
] as const;

/** Points from the last write's answer to the end of the work. */
const pointsAfter = [
  'after-submission-followed',
  'before-link-saved',
  'after-link-saved',
  'after-record-written',
  'before-finished',
  'after-finished',
] as const;

/** A click on a deal that the network does not know. */
export const filing: Path = {
  points: [...pointsBefore, ...(['create', 'associate', 'submit'] as const).flatMap(aroundWrite), ...pointsAfter],
  steps: ['create', 'associate', 'submit'],
};

/** What the network asked to have changed; the points that a filing passes too are struck there. */
export const correction: Path = { points: ['after-current-read', ...aroundWrite('update')], steps: ['update'] };

/**
 * A click on a deal that the network holds and whose submission it refused: brought up to date, and submitted anew.
 * Before the draft it is a filing.
 */
export const resubmission: Path = {
  points: [
    ...pointsBefore.slice(pointsBefore.indexOf('after-drafted')),
    ...(['update', 'associate', 'submit'] as const).flatMap(aroundWrite),
    ...pointsAfter,
  ],
  steps: ['update', 'associate', 'submit'],
  standing: ['associate'],
};

/** A click that a guardrail lets wait for a yes, and the yes that follows. */
export const approval: Path = { points: ['after-not-allowed-recorded'], steps: ['create', 'associate', 'submit'] };

/**
 * Points past which nothing is written at the network: struck in one process, beside what they are about (approvals in
 * `workers/approvals/approvals.test.ts`, the others in `governance`).
 */
export const inGovernance: readonly string[] = [
  'approval-read',
  'approval-recorded',
  'after-approval-answered',
  'policy-after-recorded',
  'policy-after-written',
  'mode-after-recorded',
  'stop-before-thrown',
  'stop-after-thrown',
  'decisions-counted',
  'decisions-shown',
  'governance-before-answered',
];

/**
 * Points of scores and health, past which nothing but records of our own is written, each of which comes to the same when it
 * is written again; struck where records and memory could part (`intelligence/propensity/propensity.test.ts`,
 * `intelligence/health/partner-health.test.ts`).
 */
export const inIntelligence: readonly string[] = [
  'health-before-kept',
  'model-after-recorded',
  'model-kept',
  'scores-recorded',
  'scores-written',
];

/** The write at the network that a point lies at or before; past the last one there is none to lose. */
export const writeAt = (path: Path, point: string): (typeof writes)[Step] => {
  const step = path.steps.find((name) => point.startsWith(`${name}-`));
  if (step) return writes[step];
  const past = (pointsAfter as readonly string[]).includes(point);
  return writes[past ? (path.steps.at(-1) ?? path.steps[0]) : path.steps[0]];
};
