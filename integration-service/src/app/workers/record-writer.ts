import type { Crm, ReferralFields, ReferralValue, ReferralWrite } from '../../ports/crm/crm.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';

type Identity = NonNullable<NonNullable<ReferralWrite['referral']>['identity']>;

export interface RecordPatch {
  readonly fields?: ReferralFields;
  readonly values?: readonly ReferralValue[];
  /** Ids of values that an earlier try left and this one does not send. */
  readonly obsolete?: readonly string[];
  readonly request?: NonNullable<ReferralWrite['request']>;
  readonly kept?: ReferralWrite['kept'];
}

/** Pages look every two seconds at the soonest, so steps closer together than this go in one call. */
const everyMs = 500;

/**
 * Keeps a referral's record up with the work, one call at a time: the first at once, the next ones half a second apart,
 * the last when it is waited for. So a fast run costs two calls, and a slow one shows each step.
 */
export class RecordWriter {
  readonly #crm: Crm;
  readonly #key: string | null;
  readonly #mayWrite: () => boolean;
  #identity: Identity | undefined;
  #pending: {
    fields: ReferralFields;
    values: readonly ReferralValue[];
    obsolete: readonly string[];
    request?: ReferralWrite['request'];
    kept: ReferralWrite['kept'];
  } | null = null;
  #running: Promise<void> | null = null;
  #lastBegan = Number.NEGATIVE_INFINITY;
  /** Somebody waits: nothing is held back. */
  #hurry = false;
  #wake: (() => void) | null = null;
  #error: PortError | null = null;
  recordId: string | null = null;
  readonly warnings: string[] = [];

  /** `key` null: there is only the request to write. `mayWrite` is false once the claim is no longer ours. */
  constructor(crm: Crm, key: string | null, identity: Identity | undefined, mayWrite: () => boolean) {
    this.#crm = crm;
    this.#key = key;
    this.#identity = identity;
    this.#mayWrite = mayWrite;
  }

  /** Adds to what is to be written; begins at once when nothing is under way. Never throws: `flush` tells. */
  post(patch: RecordPatch): void {
    const before = this.#pending;
    const request = patch.request ?? before?.request;
    this.#pending = {
      fields: { ...before?.fields, ...patch.fields },
      values: patch.values ?? before?.values ?? [],
      obsolete: patch.obsolete ?? before?.obsolete ?? [],
      kept: [...(before?.kept ?? []), ...(patch.kept ?? [])],
      ...(request ? { request } : {}),
    };
    this.#running ??= this.#run();
  }

  /** Waits until everything posted is written; gives the last error that nothing written since has made good. */
  async flush(): Promise<PortError | null> {
    this.#hurry = true;
    this.#wake?.();
    while (this.#running) await this.#running;
    this.#hurry = false;
    return this.#error;
  }

  async #run(): Promise<void> {
    // The turn of the event loop lets posts that belong together arrive before the call is made.
    await Promise.resolve();
    while (this.#pending) {
      await this.#untilDue();
      if (!this.#mayWrite()) break;
      const next = this.#pending;
      this.#pending = null;
      this.#lastBegan = performance.now();
      const answer = await this.#crm.write({
        ...(this.#key
          ? {
              referral: {
                key: this.#key,
                ...(this.#identity ? { identity: this.#identity } : {}),
                fields: next.fields,
                values: next.values,
                obsolete: next.obsolete,
              },
            }
          : {}),
        ...(next.request ? { request: next.request } : {}),
        kept: next.kept,
      });
      if (answer.ok) {
        this.#identity = undefined;
        this.#error = null;
        this.recordId = answer.value.referralId ?? this.recordId;
        this.warnings.push(...answer.value.warnings);
      } else {
        this.#error = answer.error;
        const newer = this.#pending as typeof next | null;
        this.#pending = {
          fields: { ...next.fields, ...newer?.fields },
          values: newer?.values.length ? newer.values : next.values,
          obsolete: newer?.obsolete.length ? newer.obsolete : next.obsolete,
          kept: [...next.kept, ...(newer?.kept ?? [])],
          ...((newer?.request ?? next.request) ? { request: newer?.request ?? next.request } : {}),
        };
        // Not tried again by itself: the next post takes it along, and the worker decides when there is none.
        if (!newer) break;
      }
    }
    this.#running = null;
  }

  async #untilDue(): Promise<void> {
    const inMs = this.#lastBegan + everyMs - performance.now();
    if (this.#hurry || inMs <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, inMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  /** Writes again what was not accepted. */
  retry(): void {
    if (this.#pending) this.#running ??= this.#run();
  }
}
