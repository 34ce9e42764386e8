import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the service tells about itself at `/metrics`. Names are kept: dashboards and benches read them. */
export class Metrics {
  readonly registry = new Registry();
  readonly clickToFiled = new Histogram({
    name: 'tandem_click_to_filed_seconds',
    help: 'From the click (or the record, where the surface gave no time) to the id at the network.',
    labelNames: ['network'] as const,
    buckets: [0.25, 0.5, 1, 2, 3, 5, 8, 13, 30, 60, 300],
    registers: [this.registry],
  });
  readonly referrals = new Counter({
    name: 'tandem_referral_turns_total',
    help: 'Turns that referrals took, by the state they came to.',
    labelNames: ['network', 'state'] as const,
    registers: [this.registry],
  });
  readonly events = new Counter({
    name: 'tandem_event_deliveries_total',
    help: 'Change events delivered, by object; poison ones too.',
    labelNames: ['object'] as const,
    registers: [this.registry],
  });
  readonly crmCalls = new Counter({
    name: 'tandem_salesforce_calls_total',
    help: 'API calls made to the org, by kind.',
    labelNames: ['kind'] as const,
    registers: [this.registry],
  });
  readonly sqlRoundTrips = new Counter({
    name: 'tandem_sql_round_trips_total',
    help: 'Statements sent to PostgreSQL.',
    registers: [this.registry],
  });
  readonly work = new Gauge({
    name: 'tandem_inbox_rows',
    help: 'Rows of the inbox by state.',
    labelNames: ['org', 'state'] as const,
    registers: [this.registry],
  });
  readonly queueDepth = new Gauge({
    name: 'tandem_queue_jobs',
    help: 'Jobs in the queue by state.',
    labelNames: ['state'] as const,
    registers: [this.registry],
  });
  readonly budgetSpent = new Gauge({
    name: 'tandem_budget_spent_24h',
    help: 'Calls spent from a partner account’s budget in the last 24 hours.',
    labelNames: ['bucket'] as const,
    registers: [this.registry],
  });
  readonly apiUsage = new Gauge({
    name: 'tandem_salesforce_daily_usage_ratio',
    help: 'Share of the org’s API calls of the day that is used.',
    labelNames: ['org'] as const,
    registers: [this.registry],
  });
  readonly telemetryEvents = new Counter({
    name: 'tandem_telemetry_events_total',
    help: 'Telemetry events told over HTTP, by what became of them: accepted, or why they were refused.',
    labelNames: ['org', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly telemetryLag = new Gauge({
    name: 'tandem_telemetry_rollup_lag_seconds',
    help: 'Age of the oldest telemetry that is not added up yet.',
    labelNames: ['org'] as const,
    registers: [this.registry],
  });
  readonly disputeResolved = new Histogram({
    name: 'tandem_dispute_resolved_seconds',
    help: 'From a question about a decision to its end.',
    buckets: [3_600, 14_400, 86_400, 259_200, 604_800, 2_592_000],
    registers: [this.registry],
  });
  readonly decisionsMade = new Gauge({
    name: 'tandem_decisions_30d',
    help: 'Decisions of the last thirty days.',
    labelNames: ['org', 'function'] as const,
    registers: [this.registry],
  });
  readonly decisionsEscalated = new Gauge({
    name: 'tandem_decisions_escalated_ratio',
    help: 'Share of them that somebody else than who asked was asked about.',
    labelNames: ['org', 'function'] as const,
    registers: [this.registry],
  });
  readonly decisionsPerAnswer = new Gauge({
    name: 'tandem_decisions_per_answer',
    help: 'Decisions for each answer that a person had to give to one.',
    labelNames: ['org', 'function'] as const,
    registers: [this.registry],
  });
  readonly answerSeconds = new Gauge({
    name: 'tandem_approval_answer_seconds',
    help: 'Within how long half of the approvals were answered.',
    labelNames: ['org', 'function'] as const,
    registers: [this.registry],
  });

  constructor(options: { readonly processMetrics?: boolean } = {}) {
    if (options.processMetrics) collectDefaultMetrics({ register: this.registry });
  }
}
