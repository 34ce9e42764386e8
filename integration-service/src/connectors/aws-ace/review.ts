import type { PortalReferral } from '../../ports/partner-portal/partner-portal.ts';

const reviews: Readonly<Record<string, PortalReferral['review']>> = {
  'Pending Submission': 'not-submitted',
  Submitted: 'submitted',
  'In review': 'in-review',
  'In Review': 'in-review',
  'In-Review': 'in-review',
  'Action Required': 'action-required',
  Approved: 'approved',
  Rejected: 'rejected',
};

/** Where AWS's review stands, in our words. AWS's own documents spell one of them three ways. */
export const reviewOf = (reviewStatus: string | null | undefined): PortalReferral['review'] =>
  reviews[reviewStatus ?? ''] ?? 'unknown';
