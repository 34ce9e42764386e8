/** A place in Lightning, in the platform's own words (`standard__recordPage`, …). */
export interface PageReference {
  type: string;
  attributes: Record<string, string>;
  state: Record<string, string>;
}

const home = (): PageReference => ({ type: 'standard__namedPage', attributes: { pageName: 'home' }, state: {} });

type Reader = (parts: string[], state: Record<string, string>) => PageReference | undefined;

const readers: Record<string, Reader> = {
  page: ([pageName = 'home'], state) => ({ type: 'standard__namedPage', attributes: { pageName }, state }),
  n: ([apiName = ''], state) => ({ type: 'standard__navItemPage', attributes: { apiName }, state }),
  o: ([objectApiName = '', actionName = 'list'], state) => ({
    type: 'standard__objectPage',
    attributes: { objectApiName, actionName },
    state,
  }),
  r: (parts, state) => {
    // Lightning also knows `/r/<id>/view`, without the object's name.
    const [objectApiName = '', recordId = '', actionName = 'view', ...more] =
      parts.length < 3 ? ['sObject', ...parts] : parts;
    if (actionName === 'related') {
      const [relationshipApiName = ''] = more;
      const attributes = { objectApiName, recordId, relationshipApiName, actionName: 'view' };
      return { type: 'standard__recordRelationshipPage', attributes, state };
    }
    return { type: 'standard__recordPage', attributes: { objectApiName, recordId, actionName }, state };
  },
  flow: ([flowApiName = ''], state) => ({ type: 'standard__flow', attributes: { devName: flowApiName }, state }),
};

/** The place an address stands for; home where it stands for none. */
export const placeOf = (address: URL): PageReference => {
  const [root, kind = '', ...parts] = address.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const state = Object.fromEntries(address.searchParams);
  const read = root === 'lightning' ? readers[kind] : undefined;
  return read?.(parts, state) ?? home();
};

const pathOf = ({ type, attributes }: PageReference): string => {
  const { objectApiName = '', recordId = '', actionName = 'view' } = attributes;
  switch (type) {
    case 'standard__recordPage':
      return `r/${objectApiName === '' ? 'sObject' : objectApiName}/${recordId}/${actionName}`;
    case 'standard__recordRelationshipPage':
      return `r/${objectApiName}/${recordId}/related/${attributes['relationshipApiName'] ?? ''}/view`;
    case 'standard__objectPage':
      return `o/${objectApiName}/${actionName === 'home' ? 'list' : actionName}`;
    case 'standard__navItemPage':
      return `n/${attributes['apiName'] ?? ''}`;
    case 'standard__namedPage':
      return `page/${attributes['pageName'] ?? 'home'}`;
    case 'standard__flow':
      return `flow/${attributes['devName'] ?? ''}`;
    default:
      throw new Error(`A page of type ${type} is not offered by the local record pages.`);
  }
};

/** The address of a place. A web page is its own address. */
export const addressOf = (place: Partial<PageReference> & { type: string }): string => {
  const { type, attributes = {}, state = {} } = place;
  if (type === 'standard__webPage') return attributes['url'] ?? '';
  const query = new URLSearchParams(state).toString();
  return `/lightning/${pathOf({ type, attributes, state })}${query === '' ? '' : `?${query}`}`;
};

const followers = new Set<(place: PageReference) => void>();

/** Where the reader is. */
export const currentPlace = (): PageReference => placeOf(new URL(globalThis.location.href));

const tell = (): void => {
  const place = currentPlace();
  for (const follower of followers) follower(place);
};

/** Follows where the reader is, from the next change on. */
export const followPlace = (follower: (place: PageReference) => void): (() => void) => {
  followers.add(follower);
  return () => followers.delete(follower);
};

/** Goes to a place without loading the page anew; a web page opens in a tab of its own. */
export const goTo = (place: Partial<PageReference> & { type: string }, options: { replace?: boolean } = {}): void => {
  const address = addressOf(place);
  if (place.type === 'standard__webPage') {
    const url = new URL(address, globalThis.location.href);
    if (url.origin !== globalThis.location.origin) {
      globalThis.open(url, '_blank', 'noopener');
      return;
    }
  }
  if (options.replace === true) globalThis.history.replaceState(null, '', address);
  else globalThis.history.pushState(null, '', address);
  tell();
};

globalThis.addEventListener('popstate', tell);
