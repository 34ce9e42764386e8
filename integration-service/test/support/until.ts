/**
 * Waits until `check` gives something that is neither false, null nor undefined, and gives that back. For what announces
 * nothing by itself: records, tables and processes. Throws with `what` and what was last seen when it does not come.
 */
export const until = async <Found>(
  what: string,
  check: () => Promise<Found | false | null | undefined>,
  options: { readonly timeoutMs?: number; readonly lastSeen?: () => string } = {},
): Promise<Found> => {
  const deadline = performance.now() + (options.timeoutMs ?? 45_000);
  for (;;) {
    const found = await check();
    if (found !== false && found !== null && found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}. ${options.lastSeen?.() ?? ''}`);
    // Between two looks at a record there is nothing to await: it does not push.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
