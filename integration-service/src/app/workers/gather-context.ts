import { policiesOf } from './policies.ts';
import { sourcePaths, type Answers, type MappingRow } from '../../domain/referrals/draft.ts';
import { pathsOfRow } from '../../domain/referrals/visible-facts.ts';
import type { JudgeFacts } from '../../domain/guardrails/guardrail.ts';
import { isFiled, type ReferralState } from '../../domain/referrals/referral.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type { CoSellingContext, ReferralSummary } from '../../functions/co-selling/context.ts';
import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import type {
  CrmGrant,
  CrmPartner,
  CrmReferral,
  CrmRequest,
  CrmSettings,
  KeptAnswer,
  RequestContext,
} from '../../ports/crm/crm.ts';
import { isReferralKind } from '../../ports/crm/request-kind.ts';
import type { LanguageSettings } from '../../ports/crm/language-settings.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { HeldWork } from './held-work.ts';
import { correlationOf, parseRequestInput } from './request-payload.ts';
import { AMOUNT_PATHS } from './situation/amount-paths.ts';

/** Everything a use case of co-selling needs, live. */
export interface Gathered {
  readonly request: CrmRequest;
  readonly partner: CrmPartner;
  readonly context: Omit<CoSellingContext, 'now'>;
  readonly deal: NonNullable<RequestContext['deal']>;
  readonly dealReadAt: string;
  readonly existing: readonly ReferralSummary[];
  readonly referrals: readonly CrmReferral[];
  /** Referrals of the deal to any partner. */
  readonly dealReferrals: readonly CrmReferral[];
  readonly links: readonly ReferralLink[];
  /** What texts to the partner are judged by. */
  readonly language: LanguageSettings;
  readonly judge: Omit<JudgeFacts, 'now' | 'underWay'>;
}

/**
 * Why nothing can be done: the person is told (`refused`), it is over already (`nothing`), the org does not show the
 * request (`unseen`), it is about no referral, or it is tried later.
 */
export type NotGathered =
  | { readonly kind: 'refused'; readonly request: CrmRequest | null; readonly message: string }
  | { readonly kind: 'nothing'; readonly note: string }
  | { readonly kind: 'unseen' }
  | { readonly kind: 'no-referral'; readonly request: CrmRequest }
  | { readonly kind: 'later'; readonly error: PortError };

const functionId = 'co-selling';

/** The process that hears of a change is seldom the one that does the work: the epoch, which it raises, tells them all. */
const epochOfSettings = new WeakMap<OrgRuntime['crm'], string>();

/** Facts and settings for one request: one call for the facts, none for the settings while they are young. */
export const gatherContext = async (
  org: OrgRuntime,
  { work, stops, links, claim }: Pick<HeldWork, 'work' | 'stops' | 'links' | 'claim'>,
  hint: {
    readonly opportunityId: string;
    readonly partnerId: string | null;
    readonly requestedBy: string | null;
    /** A request that is done is gone on with: what it waited for has come. */
    readonly again?: boolean;
  },
): Promise<Result<Gathered, NotGathered>> => {
  const { epoch } = claim();
  if (epochOfSettings.get(org.crm) !== epoch) org.crm.forgetSettings();
  epochOfSettings.set(org.crm, epoch);
  const settings = await org.crm.readSettings(org.settingsMaxAgeMs);
  if (!settings.ok) return broken({ kind: 'later', error: settings.error });
  org.trace('after-settings');
  const paths = [...new Set([...sourcePaths([...settings.value.mapping]), ...AMOUNT_PATHS])];
  const secured = [...new Set(settings.value.mapping.flatMap(pathsOfRow))].sort();
  const securityOf = (person: string) => org.crm.readFieldAccess(person, secured, org.settingsMaxAgeMs);
  const hinted = hint.requestedBy === null ? null : securityOf(hint.requestedBy);
  const read = await org.crm.readRequestContext(
    work.target,
    hint.opportunityId,
    hint.partnerId,
    hint.requestedBy,
    paths,
  );
  org.trace('after-facts');
  if (!read.ok) {
    const { error } = read;
    if (error.kind !== 'rejected') return broken({ kind: 'later', error });
    return broken({ kind: 'refused', request: null, message: `The deal could not be read: ${error.message}` });
  }
  const { request } = read.value;
  if (!request) return broken({ kind: 'unseen' });
  if (!isReferralKind(request.kind)) return broken({ kind: 'no-referral', request });
  const ended = request.state === 'done' || request.state === 'refused';
  const forgotten = request.state === 'done' && isForgotten(read.value, links);
  if (ended && hint.again !== true && !forgotten && !isOverwritten(read.value, request.id, links))
    return broken({ kind: 'nothing', note: `the request is ${request.state}` });
  const refused = (message: string): Result<never, NotGathered> => broken({ kind: 'refused', request, message });
  const { deal } = read.value;
  if (!deal)
    return refused('The deal is gone, or the service may not see it. An admin can check with "tandem doctor".');
  const input = parseRequestInput(request);
  if (!input.ok) return refused(input.error);
  if (read.value.requesterMayEditDeal === false)
    return refused(
      'You may not change this deal, so you cannot refer it. Ask its owner to refer it, or to share it with you for editing.',
    );
  const partner = choosePartner(request, read.value, links);
  if (!partner) return refused('It is not clear which partner is meant. Choose one.');
  if (!partner.active) return refused(`${partner.name} is not active. An admin can activate the partner.`);
  const unusable = settings.value.unusable.find(({ network }) => network === partner.network);
  if (unusable)
    return refused(
      `The field mapping ${unusable.key} cannot be used: ${unusable.why}. An admin must put it right or make it inactive (Field Mappings).`,
    );
  const referrals = read.value.referrals.filter(({ partnerKey }) => partnerKey === partner.key);
  const own = links.filter((link) => link.partner === partner.key);
  const latest = referrals[0];
  const { answers = {}, changed } = input.value;
  const security = await (hint.requestedBy === request.requestedBy && hinted
    ? hinted
    : securityOf(request.requestedBy));
  if (!security.ok) {
    const { error } = security;
    if (error.kind !== 'rejected') return broken({ kind: 'later', error });
    return refused(
      'Which fields you may see could not be read, so nothing was sent. An admin must give the integration user View Setup and Configuration ("tandem doctor" checks it).',
    );
  }
  const { hidden, locked } = security.value;
  const earlier = answersBefore(request, latest, settings.value.mapping, hidden);
  const shown = input.value.shown ?? shownBefore(request, own[0]);
  const editAccount = await mayEditAccount(org, request, deal, settings.value.mapping, answers);
  const grant = grantInForce(partner.grants, read.value.readAt);
  const mode = partner.modes.find((one) => one.function === functionId) ?? null;
  const policies = await policiesOf(org, settings.value.policies);
  const from = (object: string, id: string): string => `salesforce:${object}/${id}`;
  const live = { readAt: read.value.readAt, source: from('Partner__c', partner.id) };
  return ok({
    request,
    partner,
    deal,
    dealReadAt: read.value.readAt,
    referrals,
    dealReferrals: read.value.referrals,
    links: own,
    existing: referrals.map((referral) => summaryOf(org.org, request, referral, own)),
    language: settings.value.language,
    judge: { grant, mode, policies, killSwitches: stops },
    context: {
      org: org.org,
      request: {
        id: request.id,
        kind: request.kind,
        requestedBy: request.requestedBy,
        requestedByName: request.requestedByName,
        surface: request.surface,
        clickedAt: request.clickedAt,
        input: { ...(shown ? { shown } : {}), answers, ...(changed ? { changed } : {}) },
        ...(latest && Object.keys(earlier).length > 0
          ? { earlier: { value: earlier, readAt: read.value.readAt, source: from('Referral__c', latest.id) } }
          : {}),
      },
      partner: { id: partner.id, key: partner.key, network: partner.network },
      mapping: settingsRead(settings.value, settings.value.mapping, 'FieldMapping__c'),
      policies: settingsRead(settings.value, policies, 'GuardrailPolicy__c'),
      grant: { ...live, value: grant },
      mode: { ...live, value: mode },
      killSwitches: stops,
      fieldSecurity: {
        value: { hidden, locked },
        readAt: security.value.readAt,
        source: 'salesforce:FieldPermissions',
      },
      requesterMay: { editOpportunity: read.value.requesterMayEditDeal === true, editAccount },
    },
  });
};

/** The grant in force; else one that was, so that the person is told what became of it: ended, not begun, revoked. */
export const grantInForce = (grants: readonly CrmGrant[], now: string): CrmGrant | null => {
  const at = Date.parse(now);
  const active = grants.filter(({ status }) => status === 'active');
  return (
    active.find(
      ({ effectiveFrom, expiresAt }) =>
        (effectiveFrom === null || Date.parse(effectiveFrom) <= at) &&
        (expiresAt === null || Date.parse(expiresAt) > at),
    ) ??
    active[0] ??
    grants[0] ??
    null
  );
};

const settingsRead = <Value>({ readAt }: CrmSettings, value: Value, object: string) => ({
  value,
  readAt,
  source: `salesforce:${object}`,
});

/** The record shows a referral at the partner that our tables do not know: they are younger than the deed. */
const isForgotten = ({ referrals }: RequestContext, links: readonly ReferralLink[]): boolean =>
  referrals.some(
    ({ key, networkId, state }) =>
      networkId !== null && isFiled(state as ReferralState) && !links.some((link) => link.key === key),
  );

/**
 * The record of this request's referral, which is not at the partner, does not say what we decided last: a worker that
 * had lost its claim wrote it.
 */
const isOverwritten = ({ referrals }: RequestContext, requestId: string, links: readonly ReferralLink[]): boolean =>
  links.some(
    (link) =>
      link.requestId === requestId &&
      link.networkId === null &&
      referrals.some(({ key, state }) => key === link.key && state !== link.state),
  );

/** The partner named, else the one of the referral that the request is about, else the only one with a network. */
const choosePartner = (
  request: CrmRequest,
  { partners, referrals }: RequestContext,
  links: readonly ReferralLink[],
): CrmPartner | null => {
  if (request.partnerId) return partners.find((partner) => sameId(partner.id, request.partnerId)) ?? null;
  const referral = referrals.find(({ id }) => sameId(id, request.referralId));
  const key =
    referral?.partnerKey ??
    links.find(({ recordId }) => recordId !== null && sameId(recordId, request.referralId))?.partner;
  if (key) return partners.find((partner) => partner.key === key) ?? null;
  const reachable = partners.filter(({ network }) => network !== 'none');
  return reachable.length === 1 ? (reachable[0] ?? null) : null;
};

const sameId = (left: string, right: string | null): boolean =>
  right !== null && left.slice(0, 15) === right.slice(0, 15);

/** An attempt is this request's when its correlation id says so; ids are made from requests (`correlationOf`). */
const summaryOf = (
  org: string,
  request: CrmRequest,
  referral: CrmReferral,
  links: readonly ReferralLink[],
): ReferralSummary => {
  const link = links.find(({ key }) => key === referral.key);
  const ours = link?.requestId === request.id || referral.correlationId === correlationOf(org, request.id);
  return {
    key: referral.key,
    attempt: referral.attempt,
    state: (link?.state ?? referral.state) as ReferralState,
    networkId: referral.networkId ?? link?.networkId ?? null,
    requestId: ours ? request.id : (link?.requestId ?? null),
  };
};

/**
 * Going on with one's own referral needs no second look; a new click, or another person's, is a yes for what it shows. An
 * agent goes on for nobody.
 */
const shownBefore = (request: CrmRequest, latest: ReferralLink | undefined): ReferralLink['shown'] | undefined =>
  request.kind !== 'refer' && request.surface !== 'agent' && latest?.shown?.by === request.requestedBy
    ? latest.shown
    : undefined;

/**
 * Answers given before stay answers, until a referral is over; a correction stands for itself. What a colleague answered
 * about a field that is hidden from this person is not known to them.
 */
const answersBefore = (
  request: CrmRequest,
  latest: CrmReferral | undefined,
  mapping: readonly MappingRow[],
  hidden: readonly string[],
): Readonly<Record<string, KeptAnswer>> => {
  if (request.kind === 'correct' || !latest || latest.state === 'rejected') return {};
  const unseen = new Set(
    mapping.filter((row) => pathsOfRow(row).some((path) => hidden.includes(path))).map(({ target }) => target),
  );
  return Object.fromEntries(
    Object.entries(latest.answers).filter(([target, { by }]) => by === request.requestedBy || !unseen.has(target)),
  );
};

/** Asked only when an answer would be kept on the account: it costs a call. An account's owner may edit it anyhow. */
const mayEditAccount = async (
  org: OrgRuntime,
  request: CrmRequest,
  deal: Gathered['deal'],
  mapping: readonly MappingRow[],
  answers: Answers,
): Promise<boolean> => {
  const { AccountId: accountId, Account: account } = deal.Opportunity;
  const wanted = mapping.some(({ target, answerHome }) => target in answers && answerHome.startsWith('Account.'));
  if (!wanted || typeof accountId !== 'string') return false;
  if (Object(account).OwnerId === request.requestedBy) return true;
  const may = await org.crm.mayEdit(request.requestedBy, accountId);
  return may.ok && may.value;
};
