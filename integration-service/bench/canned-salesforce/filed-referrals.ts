/** Counts referrals that stand as filed and submitted, and tells whoever waits. */
export class FiledReferrals {
  count = 0;
  #waiting: { readonly atLeast: number; readonly tell: () => void }[] = [];

  add(): void {
    this.count += 1;
    const reached = this.#waiting.filter(({ atLeast }) => atLeast <= this.count);
    if (reached.length === 0) return;
    this.#waiting = this.#waiting.filter(({ atLeast }) => atLeast > this.count);
    for (const { tell } of reached) tell();
  }

  untilCount(atLeast: number): Promise<void> {
    if (this.count >= atLeast) return Promise.resolve();
    return new Promise((tell) => this.#waiting.push({ atLeast, tell }));
  }
}
