/**
 * The hosts a connector may call: exact names, or `*.example.com` for any host below one. A call to anything else is a
 * mistake or an attack, and is refused before a byte is sent.
 */
export const isAllowedHost = (host: string, allowed: readonly string[]): boolean => {
  const name = host.toLowerCase();
  return allowed.some((entry) =>
    entry.startsWith('*.') ? name.endsWith(entry.slice(1)) && name.length > entry.length - 1 : name === entry,
  );
};
