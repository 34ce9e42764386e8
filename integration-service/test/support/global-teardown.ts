/** Ends the servers that `global-setup.ts` started, by their process ids. */
export default async function tearDown(): Promise<void> {
  const { stopTestServices } = globalThis as typeof globalThis & { stopTestServices?: () => Promise<unknown> };
  await stopTestServices?.();
}
