import { toBase62 } from '../schema/ids.ts';
import type { Store } from './store.ts';

/**
 * Hands out key prefixes of custom objects (`a00`, `a01` …) and their share objects (`b00` …) in order of first sight and
 * remembers them, so that ids stay valid when objects are added later.
 */
export const loadKeyPrefixes = async (
  store: Store,
): Promise<{ prefixOf: (object: string) => string; save: () => Promise<void> }> => {
  const rows = await store.query<{ object: string; prefix: string }>('SELECT object, prefix FROM org.key_prefix');
  const prefixes = new Map(rows.map((row) => [row.object, row.prefix]));
  const added: string[] = [];
  const taken = (letter: string): number => [...prefixes.values()].filter((prefix) => prefix.startsWith(letter)).length;
  return {
    prefixOf: (object) => {
      const known = prefixes.get(object);
      if (known !== undefined) return known;
      const letter = object.endsWith('Share') ? 'b' : 'a';
      const prefix = letter + toBase62(taken(letter), 2);
      prefixes.set(object, prefix);
      added.push(object);
      return prefix;
    },
    save: async () => {
      for (const object of added)
        await store.query('INSERT INTO org.key_prefix VALUES ($1, $2)', [object, prefixes.get(object)]);
    },
  };
};
