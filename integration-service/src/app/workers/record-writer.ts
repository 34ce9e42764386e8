import type { Crm, ReferralFields, ReferralValue, ReferralWrite } from '../../ports/crm/crm.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';

type Identity = NonNullable<NonNullable<ReferralWrite['referral']>['identity']>;

export interface RecordPatch {
  readonly fields?: ReferralFields;
  readonly values?: readonly ReferralValue[];
  readonly request?: NonNullable<ReferralWrite['request']>;
  readonly kept?: ReferralWrite['kept'];
}

/**
 * Keeps a referral's record up with the work, one call at a time. What is posted while a call is under way goes together
 * in the next one, so a fast run costs few calls and a slow one shows each step.
 */
export class RecordWriter {
  readonly #crm: Crm;
  readonly #key: string | null;
  readonly #mayWrite: () => boolean;
  #identity: Identity | undefined;
  #pending: {
    fields: ReferralFields;
    values: readonly ReferralValue[];
    request?: ReferralWrite['request'];
    kept: ReferralWrite['kept'];
  } | null = null;
  #running: Promise<void> | null = null;
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
      kept: [...(before?.kept ?? []), ...(patch.kept ?? [])],
      ...(request ? { request } : {}),
    };
    this.#running ??= this.#run();
  }

  /** Waits until everything posted is written; gives the last error that nothing written since has made good. */
  async flush(): Promise<PortError | null> {
    while (this.#running) await this.#running;
    return this.#error;
  }

  async #run(): Promise<void> {
    // The turn of the event loop lets posts that belong together arrive before the call is made.
    await Promise.resolve();
    while (this.#pending && this.#mayWrite()) {
      const next = this.#pending;
      this.#pending = null;
      const answer = await this.#crm.write({
        ...(this.#key
          ? {
              referral: {
                key: this.#key,
                ...(this.#identity ? { identity: this.#identity } : {}),
                fields: next.fields,
                values: next.values,
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
          kept: [...next.kept, ...(newer?.kept ?? [])],
          ...((newer?.request ?? next.request) ? { request: newer?.request ?? next.request } : {}),
        };
        // Not tried again by itself: the next post takes it along, and the worker decides when there is none.
        if (!newer) break;
      }
    }
    this.#running = null;
  }

  /** Writes again what was not accepted. */
  retry(): void {
    if (this.#pending) this.#running ??= this.#run();
  }
}
