/** The two signals of partner health (M163): use of the product by joint customers, and what passes between the companies. */
export type Signal = 'usage' | 'interaction';

/**
 * How the events of one period become one number, for each account apart:
 * `sum` adds the values (an event without one counts 1), `last` keeps the value told for the latest instant (a gauge), and
 * `distinct` counts how many different values were told (a value is then a number that stands for somebody or something).
 */
export type Rolling = 'sum' | 'last' | 'distinct';

interface KindOfEvent {
  readonly signal: Signal;
  readonly rolls: Rolling;
  /** In a sentence: "12 … in the week of …". */
  readonly says: string;
}

/** Everything that may be told. A kind is added by adding its line: nothing else lists them. */
export const EVENT_KINDS = {
  'product.active-users': { signal: 'usage', rolls: 'last', says: 'active users' },
  'product.seats': { signal: 'usage', rolls: 'last', says: 'seats in use' },
  'product.user-seen': { signal: 'usage', rolls: 'distinct', says: 'people at work in the product' },
  'product.sessions': { signal: 'usage', rolls: 'sum', says: 'sign-ins to the product' },
  'product.feature-use': { signal: 'usage', rolls: 'sum', says: 'uses of features' },
  'product.feature-seen': { signal: 'usage', rolls: 'distinct', says: 'different features in use' },
  'product.consumption': { signal: 'usage', rolls: 'sum', says: 'units consumed' },
  'product.api-calls': { signal: 'usage', rolls: 'sum', says: 'API calls' },
  'product.errors': { signal: 'usage', rolls: 'sum', says: 'errors met' },
  'partner.login': { signal: 'interaction', rolls: 'sum', says: 'sign-ins to the partner workspace' },
  'partner.person-seen': { signal: 'interaction', rolls: 'distinct', says: 'people of the partner who were active' },
  'partner.meeting': { signal: 'interaction', rolls: 'sum', says: 'meetings' },
  'partner.message': { signal: 'interaction', rolls: 'sum', says: 'messages' },
  'partner.referral-sent': { signal: 'interaction', rolls: 'sum', says: 'referrals sent to the partner' },
  'partner.referral-answered': { signal: 'interaction', rolls: 'sum', says: 'referrals the partner answered' },
  'partner.deal-registered': { signal: 'interaction', rolls: 'sum', says: 'deals registered' },
  'partner.certified': { signal: 'interaction', rolls: 'sum', says: 'certifications' },
  'partner.training': { signal: 'interaction', rolls: 'sum', says: 'training sittings' },
  'partner.account-score': { signal: 'interaction', rolls: 'last', says: 'of 100, as the partner scores the customer' },
  'partner.case-opened': { signal: 'interaction', rolls: 'sum', says: 'cases opened' },
  'partner.case-closed': { signal: 'interaction', rolls: 'sum', says: 'cases closed' },
  'partner.content-used': { signal: 'interaction', rolls: 'sum', says: 'uses of shared material' },
} as const satisfies Readonly<Record<string, KindOfEvent>>;

export type EventKind = keyof typeof EVENT_KINDS;

export const EVENT_KIND_NAMES = Object.keys(EVENT_KINDS) as readonly EventKind[];

export const isEventKind = (text: string): text is EventKind => Object.hasOwn(EVENT_KINDS, text);

/** Null for a kind that this version does not know. */
export const signalOf = (kind: string): Signal | null => (isEventKind(kind) ? EVENT_KINDS[kind].signal : null);

/** The kinds of one signal. */
export const kindsOf = (signal: Signal): readonly EventKind[] =>
  EVENT_KIND_NAMES.filter((kind) => EVENT_KINDS[kind].signal === signal);
