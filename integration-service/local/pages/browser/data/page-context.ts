import type { PageModel } from '../../package/page-model.ts';

/** A person one can be on these pages. */
export interface Person {
  username: string;
  name: string;
  /** What the person may do, in a word or two: shown in the switcher. */
  role: string;
}

/** An object that the signed-in person may see. */
export interface VisibleObject {
  label: string;
  labelPlural: string;
  /** The first three characters of its records' ids. */
  keyPrefix: string;
}

/** What the pages' server says about the session, in `context.js`, before anything else runs. */
export interface PageContext {
  user: Person & { id: string };
  people: Person[];
  objects: Record<string, VisibleObject>;
  /** The package's tabs that the person's permission sets show. */
  tabs: string[];
  /** The package's custom permissions that the person's permission sets give, by the name components import. */
  customPermissions: string[];
  namespace: string;
  /** The platform's word for the screen: `Small` (phone) or `Large`. */
  formFactor: 'Small' | 'Large';
  i18n: { locale: string; lang: string; dir: string; currency: string; timeZone: string };
  model: PageModel;
}

declare global {
  var pageContext: PageContext;
}

/** The session's facts; read-only. */
export const pageContext: PageContext = globalThis.pageContext;
