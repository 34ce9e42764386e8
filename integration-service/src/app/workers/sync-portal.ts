import { sha256Hex } from '../../agents/orchestration/decision-entries.ts';
import { canonicalJson } from '../../domain/values/json.ts';
import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import type { ReferralFields } from '../../ports/crm/crm.ts';
import type { PartnerPortal, PartnerSummary } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { problemsInWords, standing } from './referral-record.ts';
import { reviewOutcome } from './review-outcome.ts';

export interface SyncSettings {
  /** How often a referral under review is read although the network told of no change (its list may be late). */
  readonly reviewEveryMs: number;
  /** The same for an approved one: the partner's stage and next steps go on changing. */
  readonly approvedEveryMs: number;
  /** Referrals read in one turn. */
  readonly atMost: number;
}

const taskEveryMs = 2_000;

/**
 * Follows reviews at one network: what its list says has changed, and what is due anyhow, is read again, compared, and
 * written in one call per 200. Whoever calls holds the lease of this chore. Gives how many were read.
 */
export const syncPortal = async (org: OrgRuntime, portal: PartnerPortal, settings: SyncSettings): Promise<number> => {
  const { network } = portal;
  await markChanged(org, portal);
  const links = await org.links.due(network, settings.atMost);
  const updates: {
    before: ReferralLink;
    after: ReferralLink;
    fields: ReferralFields | null;
    pollInMs: number | null;
  }[] = [];
  for (const link of links) {
    const looked = await look(org, portal, link);
    if (!looked) continue;
    updates.push({ before: link, ...looked, pollInMs: nextPoll(looked.after, settings) });
  }
  const written = updates.flatMap(({ after, fields }) => (fields ? [{ key: after.key, fields }] : []));
  const answer = written.length > 0 ? await org.crm.updateReferrals(written) : null;
  if (answer && !answer.ok) {
    org.log.warn({ problem: answer.error.message }, 'reviews could not be written; they are read again');
    return links.length;
  }
  const failed = new Set(answer?.ok ? answer.value.map(({ key }) => key) : []);
  for (const problem of answer?.ok ? answer.value : [])
    org.log.warn({ referral: problem.key, problem: problem.problem }, 'a review could not be written');
  for (const { before, after, pollInMs } of updates) {
    const saved = failed.has(after.key)
      ? await org.links.saveReview(before, before, settings.reviewEveryMs)
      : await org.links.saveReview(before, after, pollInMs);
    // The deal was worked on meanwhile, and what was just written to its record is older than what that work wrote.
    if (!saved) await org.links.rewriteRecordsOf(after.opportunity);
    if (saved && before.state !== after.state) org.metrics.referrals.inc({ network, state: after.state });
  }
  return links.length;
};

const markChanged = async (org: OrgRuntime, portal: PartnerPortal): Promise<void> => {
  const cursor = await org.links.cursor(portal.network);
  const page = await portal.listChanges(cursor);
  if (!page.ok) {
    // No leave to read for the moment is no fault: the next turn goes on.
    if (page.error.kind === 'rate-limited') return;
    org.log.warn(
      { network: portal.network, problem: page.error.message },
      'the network could not be asked for changes',
    );
    return;
  }
  await org.links.markChanged(portal.network, page.value.changed);
  const { newest } = page.value;
  if (newest !== null && newest !== cursor) await org.links.moveCursor(portal.network, newest);
};

const look = async (
  org: OrgRuntime,
  portal: PartnerPortal,
  link: ReferralLink,
): Promise<{ after: ReferralLink; fields: ReferralFields | null } | null> => {
  if (link.networkId === null) return null;
  if (link.submission) {
    const failed = await followTask(org, portal, link);
    if (failed) return failed;
  }
  const current = await portal.read(link.networkId);
  if (!current.ok) {
    if (current.error.kind === 'rate-limited') return null;
    org.log.warn({ correlation: link.correlation, problem: current.error.message }, 'a referral could not be read');
    return null;
  }
  const wantsSummary = current.value.review === 'approved';
  const summary = wantsSummary ? await changedSummary(portal, link) : null;
  const outcome = reviewOutcome(link, current.value, summary?.summary ?? null, org.clock.now());
  if (!outcome) return { after: link, fields: null };
  return { after: { ...outcome.link, summaryHash: summary?.hash ?? link.summaryHash }, fields: outcome.fields };
};

/** A submission that the network had not finished: failed ones are told, finished ones show in the review. */
const followTask = async (
  org: OrgRuntime,
  portal: PartnerPortal,
  link: ReferralLink,
): Promise<{ after: ReferralLink; fields: ReferralFields } | null> => {
  const followed = await portal.followSubmission(link.submission ?? {});
  if (!followed.ok || followed.value.outcome?.state !== 'refused') return null;
  const { message, problems } = followed.value.outcome;
  const said = {
    message: problemsInWords(message, problems),
    nextAction: 'Put it right, then try again.',
    at: org.clock.now(),
  };
  return {
    after: { ...link, state: 'failed', step: 'filed', submission: null },
    fields: standing('failed', 'filed', link.steps, said),
  };
};

const changedSummary = async (
  portal: PartnerPortal,
  link: ReferralLink,
): Promise<{ summary: PartnerSummary; hash: string } | null> => {
  const read = await portal.readSummary(link.networkId ?? '');
  if (!read.ok) return null;
  const hash = sha256Hex(canonicalJson({ ...read.value }));
  return hash === link.summaryHash ? null : { summary: read.value, hash };
};

const nextPoll = (link: ReferralLink, settings: SyncSettings): number | null => {
  if (link.finished || link.state === 'failed') return null;
  if (link.submission) return taskEveryMs;
  return link.state === 'approved' ? settings.approvedEveryMs : settings.reviewEveryMs;
};
