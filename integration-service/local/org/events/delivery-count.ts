/** Events delivered to clients of an org, against its daily allocation (salesforce event delivery, 24 hours). */
export class DeliveryCount {
  /** Deliveries a day; an Enterprise org's is 25,000, a Developer Edition's 10,000. */
  readonly limit: number;
  private readonly now: () => Date;
  private day = '';
  private count = 0;
  private total = 0;

  constructor(limit: number, now: () => Date) {
    this.limit = limit;
    this.now = now;
  }

  /** How many more events may go out today. */
  get left(): number {
    this.turnDay();
    return Math.max(0, this.limit - this.count);
  }

  /** Delivered today. */
  get today(): number {
    this.turnDay();
    return this.count;
  }

  /** Delivered since the org was started. */
  get sinceStart(): number {
    return this.total;
  }

  add(events: number): void {
    this.turnDay();
    this.count += events;
    this.total += events;
  }

  private turnDay(): void {
    const day = this.now().toISOString().slice(0, 10);
    if (day === this.day) return;
    this.day = day;
    this.count = 0;
  }
}
