import { editabilityByReviewStatus } from '../rules/editability.ts';
import { awsSummary } from '../review/aws-summary.ts';
import type { Opportunity } from '../store/opportunities.ts';

const escaped = (text: unknown): string => String(text ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `
  :root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; }
  body { margin: 0; background: #f2f3f3; color: #16191f; }
  header { background: #232f3e; color: #fff; padding: 12px 24px; }
  header span { color: #ffb84d; font-weight: 600; }
  main { max-width: 880px; margin: 24px auto; padding: 0 16px; }
  section { background: #fff; border: 1px solid #d5dbdb; border-radius: 8px; padding: 16px 24px; margin-bottom: 16px; }
  h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 0 0 12px; }
  dl { display: grid; grid-template-columns: minmax(120px, 220px) 1fr; gap: 6px 16px; margin: 0; }
  dt { color: #545b64; } dd { margin: 0; overflow-wrap: anywhere; }
  .status { display: inline-block; padding: 2px 10px; border-radius: 12px; background: #e7f1fb; color: #033160; font-weight: 600; }
  .comments { border-left: 4px solid #8a4b00; padding: 8px 12px; background: #fff6e8; white-space: pre-wrap; }
  form { display: grid; gap: 10px; } label { display: grid; gap: 4px; font-weight: 600; }
  textarea { font: inherit; padding: 8px; border: 1px solid #687078; border-radius: 4px; min-height: 72px; }
  .buttons { display: flex; flex-wrap: wrap; gap: 8px; }
  button { font: inherit; font-weight: 600; padding: 6px 16px; border-radius: 16px; border: 2px solid #0972d3; background: #fff; color: #0972d3; cursor: pointer; }
  button[value="Approved"] { background: #0972d3; color: #fff; }
  button:focus-visible, textarea:focus-visible { outline: 3px solid #ffb84d; outline-offset: 2px; }
  @media (max-width: 480px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } }
`;

const layout = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header><span>Partner network</span> · local stand-in for AWS Partner Central</header>
<main>${content}</main>
</body>
</html>
`;

const rows = (entries: readonly (readonly [string, unknown])[]): string =>
  `<dl>${entries
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`)
    .join('')}</dl>`;

const underReview = (status: string): boolean => status === 'Submitted' || status === 'In review';

const controls = (opportunity: Opportunity): string =>
  underReview(opportunity.reviewStatus)
    ? `<section aria-labelledby="play"><h2 id="play">Play the AWS reviewer</h2>
<form method="post" action="/opportunity/${escaped(opportunity.id)}/decision">
<label>Comments to the partner <textarea name="comments" maxlength="2000"></textarea></label>
<div class="buttons">
<button name="decision" value="Approved">Approve</button>
<button name="decision" value="Action Required">Ask for action</button>
<button name="decision" value="Rejected">Reject</button>
</div></form></section>`
    : '';

const editable = (status: string): string => {
  const rule = editabilityByReviewStatus[status] ?? { kind: 'none' as const };
  if (rule.kind === 'all') return 'everything';
  if (rule.kind === 'none') return 'nothing';
  return `${rule.kind === 'only' ? 'only' : 'everything but'} ${rule.fields.join(', ')}`;
};

/** The page behind a referral's link: what AWS has, how its review stands and, with local controls, the reviewer's buttons. */
export const opportunityPage = (opportunity: Opportunity, withControls: boolean): string => {
  const { body } = opportunity;
  const account = body.Customer?.Account;
  const spend = body.Project?.ExpectedCustomerSpend?.[0];
  const title = body.Project?.Title ?? opportunity.id;
  const insights = opportunity.reviewStatus === 'Approved' ? (awsSummary(opportunity).Insights as Insights) : undefined;
  return layout(
    `${opportunity.id} · ${title}`,
    `<section><h1>${escaped(title)}</h1>
<p>${escaped(opportunity.id)} · catalog ${escaped(opportunity.catalog)} · <span class="status">${escaped(opportunity.reviewStatus)}</span></p>
${opportunity.reviewComments === null ? '' : `<p class="comments">${escaped(opportunity.reviewComments)}</p>`}
${rows([
  ['Reason', opportunity.reviewReason],
  ['Changed', opportunity.modifiedAt.toISOString()],
  ['The partner may change', editable(opportunity.reviewStatus)],
])}</section>
${withControls ? controls(opportunity) : ''}
<section><h2>Customer</h2>${rows([
      ['Company', account?.CompanyName],
      ['Industry', account?.Industry],
      ['Website', account?.WebsiteUrl],
      ['Country', account?.Address?.CountryCode],
      ['State', account?.Address?.StateOrRegion],
      ['Postal code', account?.Address?.PostalCode],
    ])}</section>
<section><h2>Project</h2>${rows([
      ['Business problem', body.Project?.CustomerBusinessProblem],
      ['Use case', body.Project?.CustomerUseCase],
      ['Stage', body.LifeCycle?.Stage],
      ['Target close date', body.LifeCycle?.TargetCloseDate],
      ['Expected spend', spend && `${spend.Amount ?? 'see estimate'} ${spend.CurrencyCode} · ${spend.Frequency}`],
      ['Needs from AWS', body.PrimaryNeedsFromAws?.join(', ')],
      ['Delivery', body.Project?.DeliveryModels?.join(', ')],
      ['Solutions', opportunity.related.Solutions?.join(', ')],
      ['Partner’s identifier', body.PartnerOpportunityIdentifier],
    ])}</section>
${
  insights === undefined
    ? ''
    : `<section><h2>AWS insights</h2>${rows([
        ['Engagement score', insights.EngagementScore],
        ['Next best action', insights.NextBestActions],
        ['Opportunity quality', insights.OpportunityQuality.Score],
      ])}</section>`
}`,
  );
};

interface Insights {
  readonly EngagementScore: string;
  readonly NextBestActions: string | null;
  readonly OpportunityQuality: { readonly Score: number };
}

export const problemPage = (title: string, explanation: string): string =>
  layout(title, `<section><h1>${escaped(title)}</h1><p>${escaped(explanation)}</p></section>`);
