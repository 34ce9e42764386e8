import type { Stop } from '../../infrastructure/database/control.ts';
import type { Approval } from '../../infrastructure/database/approvals.ts';
import type { DayCounts } from '../../infrastructure/database/inbox.ts';
import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import type { Claim, Work, WorkOutcome } from '../../ports/work-inbox/work-inbox.ts';

/** Work that this process holds the claim of. The claim is renewed while the work goes on, until it is lost. */
export interface HeldWork {
  readonly work: Work;
  /** What was switched off, and the attempts of this deal, when the claim was made; so is what follows. */
  readonly stops: readonly Stop[];
  readonly links: readonly ReferralLink[];
  /** What was begun today, in all and of this deal. */
  readonly today: DayCounts;
  /** Approvals of this deal that are open, or answered and not carried out yet. */
  readonly approvals: readonly Approval[];
  claim(): Claim;
  /** False once the claim is lost or the lease, by our own clock, is over: then nothing may be written any more. */
  mayWrite(): boolean;
}

/** What became of the work: an outcome, another deal that it belongs to, or nothing because the claim was lost. */
export type Handled =
  WorkOutcome | { readonly state: 'other-deal'; readonly deal: string } | { readonly state: 'lost' };

/** How long to stay away after the n-th failed attempt: 2 s, doubled, five minutes at most. */
export const backoffMs = (attempts: number): number => Math.min(2_000 * 2 ** Math.max(0, attempts - 1), 300_000);
