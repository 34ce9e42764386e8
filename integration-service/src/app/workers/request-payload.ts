import { z } from 'zod';
import type { CrmRequest } from '../../ports/crm/crm.ts';
import { isReferralKind } from '../../ports/crm/request-kind.ts';
import type { ReferralRequest } from '../../functions/co-selling/context.ts';
import type { NewWork } from '../../ports/work-inbox/work-inbox.ts';
import { sha256Hex } from '../../agents/orchestration/decision-entries.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';

const recordId = z.string().regex(/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/);

/** What an event or a sweep knew of a request: hints, so that everything can be read in one call. */
export const requestPayload = z.object({
  opportunityId: recordId.nullable(),
  partnerId: recordId.nullable(),
  requestedBy: recordId.nullable(),
});

/** What an event or a sweep knew of a changed deal. `fields` are those of the deal, or of its account as `Account.…`. */
export const dealPayload = z.object({
  /** Who made the change; null where it is not known. */
  by: recordId.nullable(),
  /** Fields in our names; null: which ones is not known. */
  fields: z.array(z.string()).nullable(),
});
export type DealPayload = z.infer<typeof dealPayload>;

/** `Request__c.Input__c`, version 1. Any surface may write it, so nothing of it is taken on trust. */
const requestInput = z.object({
  version: z.literal(1),
  shown: z
    .object({
      fields: z.array(z.string().max(120)).max(200),
      fingerprints: z.record(z.string(), z.string().max(200)).optional(),
    })
    .optional(),
  answers: z
    .record(z.string().max(120), z.union([z.string().max(4_000), z.array(z.string().max(1_000)).max(50)]))
    .optional(),
  changed: z.array(z.string().max(120)).max(200).optional(),
});

/**
 * The input of a request, or what is wrong with it in words for who wrote the surface. An empty one is an empty one. What
 * an agent gives as seen or answered by a person is a model's word, so it is not looked at: the person is asked.
 */
export const parseRequestInput = ({
  surface,
  input,
}: Pick<CrmRequest, 'surface' | 'input'>): Result<ReferralRequest['input'], string> => {
  if (surface === 'agent' || input === null || input.trim() === '') return ok({});
  let raw: unknown;
  try {
    raw = JSON.parse(input);
  } catch {
    return broken('The input of the request is not JSON.');
  }
  const parsed = requestInput.safeParse(raw);
  if (!parsed.success)
    return broken(
      `The input of the request is not as it should be: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}.`,
    );
  const { shown, answers, changed } = parsed.data;
  // A changed value has been seen by whoever saw this very value: that another one was shown earlier is no yes for it.
  const unseen = changed?.find((target) => !Object.hasOwn(shown?.fingerprints ?? {}, target));
  if (unseen !== undefined) return broken(`The input of the request does not say what was shown of ${unseen}.`);
  return ok({ ...(shown ? { shown } : {}), ...(answers ? { answers } : {}), ...(changed ? { changed } : {}) });
};

/** The correlation id of a request: made from its id, so that every process and a restored database find the same one. */
export const correlationOf = (org: string, requestId: string): string => {
  const hex = sha256Hex(`${org}|${requestId.slice(0, 15)}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** What takes something away from agents has a lane of its own in the queue: it waits for no work that it is to end. */
const urgentKinds: Readonly<Record<string, number>> = { stop: 1, 'change-mode': 2 };

/** One click waits for nobody's list: what a person looks at goes before what was asked for in bulk. */
const priorityOf = (surface: string | null, kind: string | null | undefined): number =>
  urgentKinds[kind ?? ''] ?? (surface === 'list' || surface === 'api' ? 8 : 4);

/** The inbox row of a changed deal; `change` tells one change from the next. */
export const dealWork = (org: string, opportunityId: string, change: string, payload: DealPayload): NewWork => ({
  kind: 'deal-changed',
  target: `${opportunityId}:${change}`,
  deal: opportunityId,
  correlation: correlationOf(org, opportunityId),
  priority: 6,
  payload,
});

/**
 * The inbox row of a request, from an event or a query. One that is about no referral waits for no deal, whatever it names:
 * its row stands alone.
 */
export const requestWork = (
  org: string,
  request: Pick<CrmRequest, 'id' | 'opportunityId' | 'referralId'> & {
    readonly partnerId?: string | null;
    readonly requestedBy?: string | null;
    readonly surface: string | null;
    /** Absent where it is not known. */
    readonly kind?: string | null;
  },
): NewWork => {
  const standsAlone = typeof request.kind === 'string' && !isReferralKind(request.kind);
  return {
    kind: 'request',
    target: request.id,
    deal: (standsAlone ? null : (request.opportunityId ?? request.referralId)) ?? request.id,
    correlation: correlationOf(org, request.id),
    priority: priorityOf(request.surface, request.kind),
    payload: {
      opportunityId: standsAlone ? null : request.opportunityId,
      partnerId: request.partnerId ?? null,
      requestedBy: request.requestedBy ?? null,
    },
  };
};
