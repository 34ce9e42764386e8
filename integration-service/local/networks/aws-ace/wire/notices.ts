import { createHmac, randomUUID } from 'node:crypto';
import type { NoticeSettings } from '../settings.ts';
import type { Faults } from './faults.ts';

/** What happened, before it is put into EventBridge's envelope. */
export interface Notice {
  readonly detailType:
    | 'Opportunity Created'
    | 'Opportunity Updated'
    | 'Engagement Created'
    | 'Engagement Member Added'
    | 'Engagement Resource Snapshot Created'
    | 'Engagement Invitation Created'
    | 'Engagement Invitation Accepted'
    | 'Engagement Invitation Rejected'
    | 'Engagement Invitation Expired';
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
export const signNotice = (secret: string, body: string, at: Date): string => {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
};

/**
 * Sends notices as an EventBridge rule with an API destination would: one POST each, best effort. What does not arrive is
 * counted and forgotten; a receiver that relies on notices alone loses changes, here as with AWS.
 */
export class NoticeSender {
  readonly #settings: NoticeSettings | undefined;
  readonly #accountId: string;
  readonly #faults: Faults;
  readonly #now: () => Date;
  readonly #underWay = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly counts = { sent: 0, failed: 0, lost: 0 };

  constructor(settings: NoticeSettings | undefined, accountId: string, faults: Faults, now: () => Date) {
    this.#settings = settings;
    this.#accountId = accountId;
    this.#faults = faults;
    this.#now = now;
  }

  send(notices: readonly Notice[]): void {
    if (!this.#settings) return;
    for (const notice of notices) {
      const at = this.#now();
      const body = JSON.stringify({
        version: '0',
        id: randomUUID(),
        'detail-type': notice.detailType,
        source: 'aws.partnercentral-selling',
        account: this.#accountId,
        time: at.toISOString().replace(/\.\d{3}Z$/, 'Z'),
        region: 'us-east-1',
        resources: notice.resources,
        detail: { schemaVersion: '1', ...notice.detail },
      });
      const copies = this.#faults.copiesOfNextNotice();
      if (copies === 0) this.counts.lost += 1;
      for (let copy = 0; copy < copies; copy += 1) this.#start(this.#settings, body, at);
    }
  }

  #start(settings: NoticeSettings, body: string, at: Date): void {
    const sending = this.#post(settings, body, at).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #post(settings: NoticeSettings, body: string, at: Date): Promise<void> {
    try {
      const answer = await fetch(settings.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-tandem-notice-signature': signNotice(settings.secret, body, at),
          ...(settings.apiKey === undefined ? {} : { 'x-api-key': settings.apiKey }),
        },
        body,
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(5_000)]),
      });
      await answer.body?.cancel();
      if (answer.ok) this.counts.sent += 1;
      else this.counts.failed += 1;
    } catch {
      this.counts.failed += 1;
    }
  }

  /** Resolves when every notice that is under way has arrived or failed. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }
}
