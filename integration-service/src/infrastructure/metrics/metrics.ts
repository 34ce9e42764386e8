import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the service tells about itself at `/metrics`. Names are kept: dashboards and benches read them. */
export class Metrics {
  readonly registry = new Registry();
  readonly clickToFiled = this.#histogram(
    'tandem_click_to_filed_seconds',
    'From the click (or the record, where the surface gave no time) to the id at the network.',
    ['network'],
    [0.25, 0.5, 1, 2, 3, 5, 8, 13, 30, 60, 300],
  );
  readonly referrals = this.#counter(
    'tandem_referral_turns_total',
    'Turns that referrals took, by the state they came to.',
    ['network', 'state'],
  );
  readonly events = this.#counter(
    'tandem_event_deliveries_total',
    'Change events delivered, by object; poison ones too.',
    ['object'],
  );
  readonly crmCalls = this.#counter('tandem_salesforce_calls_total', 'API calls made to the org, by kind.', ['kind']);
  readonly sqlRoundTrips = this.#counter('tandem_sql_round_trips_total', 'Statements sent to PostgreSQL.', []);
  readonly work = this.#gauge('tandem_inbox_rows', 'Rows of the inbox by state.', ['org', 'state']);
  readonly queueDepth = this.#gauge('tandem_queue_jobs', 'Jobs in the queue by state.', ['state']);
  readonly budgetSpent = this.#gauge(
    'tandem_budget_spent_24h',
    'Calls spent from a partner account’s budget in the last 24 hours.',
    ['bucket'],
  );
  readonly apiUsage = this.#gauge(
    'tandem_salesforce_daily_usage_ratio',
    'Share of the org’s API calls of the day that is used.',
    ['org'],
  );
  readonly telemetryEvents = this.#counter(
    'tandem_telemetry_events_total',
    'Telemetry events told over HTTP, by what became of them: accepted, or why they were refused.',
    ['org', 'outcome'],
  );
  readonly telemetryLag = this.#gauge(
    'tandem_telemetry_rollup_lag_seconds',
    'Age of the oldest telemetry that is not added up yet.',
    ['org'],
  );
  readonly disputeResolved = this.#histogram(
    'tandem_dispute_resolved_seconds',
    'From a question about a decision to its end.',
    [],
    [3_600, 14_400, 86_400, 259_200, 604_800, 2_592_000],
  );
  readonly decisionsMade = this.#gauge('tandem_decisions_30d', 'Decisions of the last thirty days.', [
    'org',
    'function',
  ]);
  readonly decisionsEscalated = this.#gauge(
    'tandem_decisions_escalated_ratio',
    'Share of them that somebody else than who asked was asked about.',
    ['org', 'function'],
  );
  readonly decisionsPerAnswer = this.#gauge(
    'tandem_decisions_per_answer',
    'Decisions for each answer that a person had to give to one.',
    ['org', 'function'],
  );
  readonly answerSeconds = this.#gauge(
    'tandem_approval_answer_seconds',
    'Within how long half of the approvals were answered.',
    ['org', 'function'],
  );

  constructor(options: { readonly processMetrics?: boolean } = {}) {
    if (options.processMetrics) collectDefaultMetrics({ register: this.registry });
  }

  /** What only grows. */
  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** What goes up and down. */
  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  /** How often something took how long; buckets in seconds. */
  #histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }
}
