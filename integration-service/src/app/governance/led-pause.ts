import type { OrgRuntime } from '../org-runtime.ts';
import { recordControl } from './record-control.ts';

/** An org that has been heard of so lately is there again. */
const backMs = 60_000;

/**
 * An agent that has lost sight of its org does not go on by itself: a stop or a revocation may be waiting there. When nobody
 * has heard of the org for `pauseAfterMs`, whatever is `led` pauses, in every process (what was judged is judged again,
 * and `org-contact` holds it up); when the org is heard again it goes on. The records say so as soon as they can be written.
 */
export class LedPause {
  readonly #org: OrgRuntime;
  readonly #pauseAfterMs: number;
  /** What the records were last told: paused, or not; null: nothing by this process. */
  #told: boolean | null = null;

  constructor(org: OrgRuntime, pauseAfterMs: number) {
    this.#org = org;
    this.#pauseAfterMs = pauseAfterMs;
  }

  /** Whoever calls holds the lease of the chores. Costs one or two statements while nothing is wrong. */
  async look(): Promise<void> {
    const { control, vitals, clock } = this.#org;
    const [heardAt, pause] = await Promise.all([vitals.heardAt(), control.ledPause()]);
    if (heardAt === null) return;
    const silentMs = Date.parse(clock.now()) - Date.parse(heardAt);
    if (pause === null && silentMs > this.#pauseAfterMs) await this.#begin(heardAt);
    else if (pause !== null && silentMs <= backMs) await this.#end(pause.since);
    else if (pause !== null && this.#told !== true) await this.#tell(true, pause.why);
  }

  async #begin(heardAt: string): Promise<void> {
    const keys = await this.#org.rollout.ledModes();
    if (keys.length === 0) return;
    const why = `Salesforce has not been heard of since ${heardAt}, so nothing goes by itself.`;
    await this.#record('pause-led', heardAt, why, { paused: false }, { paused: true, modes: [...keys] });
    await this.#org.control.setLedPause(why);
    this.#org.log.error({ heardAt, modes: keys }, 'led has paused by itself: the org is not heard of');
    await this.#tell(true, why);
  }

  async #end(since: string): Promise<void> {
    const why = `Paused by itself from ${since} to ${this.#org.clock.now()}: Salesforce was not heard of.`;
    await this.#record('go-on-led', since, why, { paused: true }, { paused: false });
    await this.#org.control.setLedPause(null);
    this.#org.log.info({ since }, 'led goes on: the org is heard of again');
    await this.#tell(false, why);
  }

  async #record(
    kind: string,
    occasion: string,
    what: string,
    before: { paused: boolean },
    after: { paused: boolean; modes?: string[] },
  ): Promise<void> {
    const act = { kind, subject: 'all', request: occasion, actor: 'agent:orchestration' };
    await recordControl(this.#org, { ...act, body: { what, before, after, why: 'org-contact' } });
  }

  /** On the records of what is `led`; an org that cannot be reached is told when it can. */
  async #tell(paused: boolean, why: string): Promise<void> {
    const keys = await this.#org.rollout.ledModes();
    const written = await this.#org.crm.upsertRows(
      keys.map((key) => ({ object: 'FunctionMode__c', key, fields: { paused, pausedWhy: why.slice(0, 255) } })),
    );
    this.#told = written.ok && written.value.every(({ problem }) => problem === null) ? paused : null;
  }
}
