import { hash } from 'node:crypto';
import type { SampledPartner } from '../../../domain/health/landscape.ts';
import { type LookedAtWeeks, weekNumbers } from '../../../functions/customer-success/assess-partners.ts';
import type { BookedPartner, PartnerBook } from '../../../ports/partner-book/partner-book.ts';
import { countsOf, type HealthOrg, inParts, SERIES_AT_ONCE, taken } from './health-page.ts';

/** Partners of one page of the book: one entry of the ledger and one keeping. */
const PAGE = 2_000;
/** Partners from whom it is learned what all have in common; medians of so many hardly move with more. */
const SAMPLE = 1_000;

/** The whole book of partners, page by page. @throws what the org said. */
export const bookPages = async function* (book: PartnerBook): AsyncGenerator<readonly BookedPartner[]> {
  let after: string | null = null;
  for (;;) {
    const page: readonly BookedPartner[] = taken(await book.page(after, PAGE), 'the partners could not be read');
    if (page.length > 0) yield page;
    after = page.at(-1)?.key ?? null;
    if (page.length < PAGE) return;
  }
};

/** A sample of the partners that is the same every time, those whose keys hash lowest, with their weekly counts. */
export const samplePartners = async (org: HealthOrg, weeks: LookedAtWeeks): Promise<readonly SampledPartner[]> => {
  let sample: { readonly key: string; readonly segment: string; readonly order: string }[] = [];
  for await (const page of bookPages(org.partnerBook)) {
    sample.push(...page.map(({ key, segment }) => ({ key, segment, order: hash('sha256', key, 'hex') })));
    sample.sort((left, right) => (left.order < right.order ? -1 : 1));
    sample = sample.slice(0, SAMPLE);
  }
  const weekNumber = weekNumbers();
  const sampled: SampledPartner[] = [];
  for (const some of inParts(sample, SERIES_AT_ONCE)) {
    const keys = some.map(({ key }) => key);
    const rows = Map.groupBy(await countsOf(org, keys, weeks), ({ partner }) => partner);
    for (const { key, segment } of some)
      sampled.push({
        segment,
        counts: (rows.get(key) ?? []).map((row) => ({ ...row, week: weekNumber(row.period) })),
      });
  }
  return sampled;
};
