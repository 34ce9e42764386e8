import type { Json, JsonObject } from '../values/json.ts';

/**
 * One thing to be done outside, planned but not done. `body` may hold `{"$from":"<step>.<path>"}` where a value comes
 * from the answer of an earlier step of the same proposal; it is resolved when the effect is frozen, not before.
 */
export interface PlannedEffect {
  /** Unique in its proposal and stable between two runs of the same request: `create`, `associate`, `submit`, `update`. */
  readonly step: string;
  readonly port: 'partner-portal' | 'crm' | 'messaging';
  /** What the port is asked to do, in the port's words (`create-opportunity`). */
  readonly operation: string;
  readonly body: JsonObject;
  /** Paths of `body` that hold personal data: kept beside the ledger under the subject's key, never in the chain. */
  readonly personal: readonly string[];
}

/** An effect as it will be sent: these bytes and no others, however often. */
export interface FrozenEffect {
  /** SHA-256 hex of org, request and step; also the vendor's idempotency token where there is one (ClientToken). */
  readonly key: string;
  readonly step: string;
  readonly port: PlannedEffect['port'];
  readonly operation: string;
  /** Canonical JSON, all references resolved. */
  readonly body: string;
}

/** What is known of an effect after trying: done with the far side's answer, refused for good, or not known. */
export type EffectOutcome =
  | { readonly state: 'done'; readonly answer: JsonObject; readonly lookedUp: boolean }
  | { readonly state: 'refused'; readonly problems: readonly FieldProblem[]; readonly message: string }
  | { readonly state: 'unknown'; readonly message: string };

/** Why a value was not accepted: by us before sending, or by the network. */
export interface FieldProblem {
  /** Target path in the network's request (`Customer.Account.WebsiteUrl`); empty when it is about the whole. */
  readonly target: string;
  /** The network's code where it gave one (`INVALID_ENUM_VALUE`). */
  readonly code: string;
  /** Plain words: what is wrong and what to do. */
  readonly message: string;
}

/** Replaces every `{"$from":"step.path"}` by what that step answered; an answer that lacks it is an error, not a blank. */
export const resolveReferences = (body: Json, answers: Readonly<Record<string, JsonObject>>): Json => {
  if (Array.isArray(body)) return body.map((member: Json) => resolveReferences(member, answers));
  if (body === null || typeof body !== 'object') return body;
  const members = body as JsonObject;
  const from = members.$from;
  if (typeof from === 'string') {
    const [step = '', ...path] = from.split('.');
    let found: Json | undefined = answers[step];
    for (const name of path) {
      found =
        found !== null && typeof found === 'object' && !Array.isArray(found) ? (found as JsonObject)[name] : undefined;
    }
    if (found === undefined)
      throw new Error(`the answer of step ${step} has no ${path.join('.')}, which a later step needs`);
    return found;
  }
  return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, resolveReferences(member, answers)]));
};
