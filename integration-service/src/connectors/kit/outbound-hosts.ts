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

const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Whether a host is this very machine, where nobody listens in. */
export const isLoopback = (host: string): boolean => loopback.has(host.toLowerCase());

/** Whether secrets may be sent to an address: encrypted, or to this machine. */
export const isSafeAddress = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
};
