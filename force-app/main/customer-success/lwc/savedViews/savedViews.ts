import USER_ID from '@salesforce/user/Id';
import { EVERYTHING } from 'c/portfolioView';
import type { View } from 'c/portfolioView';

/** A view with the name it was saved under. */
export interface SavedView {
  name: string;
  view: View;
}

interface Kept {
  last: View;
  saved: SavedView[];
}

/** Views are the reader's own and stay in this browser; one name for each person who uses it. */
const KEY = `tandem.partnerHealth.${USER_ID}`;

/** What is kept; nothing where the browser refuses, and what another release wrote differently falls back to no filter. */
export function keptViews(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>;
    const saved = (Array.isArray(kept.saved) ? kept.saved : []).map(({ name, view }) => ({ name, view: asView(view) }));
    return { last: asView(kept.last), saved };
  } catch {
    return { last: EVERYTHING, saved: [] };
  }
}

/** Keeps the view as it is now, so that the page opens with it. */
export function keepLast(view: View): void {
  write({ ...keptViews(), last: view });
}

/** Saves a view under a name; one of the same name is replaced. */
export function saveView(name: string, view: View): SavedView[] {
  const kept = keptViews();
  const saved = [...kept.saved.filter((one) => one.name !== name), { name, view }].sort((one, other) =>
    one.name.localeCompare(other.name),
  );
  write({ ...kept, saved });
  return saved;
}

/** Forgets the view of a name. */
export function deleteView(name: string): SavedView[] {
  const kept = keptViews();
  const saved = kept.saved.filter((one) => one.name !== name);
  write({ ...kept, saved });
  return saved;
}

function asView(value: unknown): View {
  const given = (value ?? {}) as Record<string, unknown>;
  const known = Object.entries(EVERYTHING).map(([key, none]) => [
    key,
    typeof given[key] === typeof none ? given[key] : none,
  ]);
  return Object.fromEntries(known) as View;
}

function write(kept: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing shows the page all the same, from the beginning each time.
  }
}
