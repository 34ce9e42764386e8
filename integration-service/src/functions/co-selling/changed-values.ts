import type { FieldProblem } from '../../domain/decisions/effect.ts';
import { draftReferral, type DealFacts } from '../../domain/referrals/draft.ts';
import { visibleFacts } from '../../domain/referrals/visible-facts.ts';
import type { CoSellingContext, Read } from './context.ts';
import { signed, type SignedValue } from './signed-value.ts';

/**
 * What the deal says now of the values that it was changed in after it was filed (`changed` of the request), as the person
 * who asks may see it, by the same draft that their page showed. A value that is gone meanwhile is a problem: nothing is
 * sent but what they were shown.
 */
export const changedValues = ({
  request,
  mapping,
  partner,
  deal,
  fieldSecurity,
  now,
}: Pick<CoSellingContext, 'request' | 'mapping' | 'partner' | 'fieldSecurity' | 'now'> & {
  readonly deal: Read<DealFacts>;
}): {
  readonly values: readonly SignedValue[];
  readonly problems: readonly FieldProblem[];
} => {
  const { changed = [] } = request.input;
  if (changed.length === 0) return { values: [], problems: [] };
  const rows = mapping.value.filter(({ network }) => network === partner.network);
  const facts = visibleFacts(deal.value, fieldSecurity.value.hidden);
  const drafted = draftReferral(rows, facts, {}, now.slice(0, 10)).values;
  const found = changed.map((target) => ({ target, value: drafted.find((value) => value.target === target) }));
  return {
    values: found.flatMap(({ value }) => (value && value.value !== '' ? [signed(value, request)] : [])),
    problems: found.flatMap(({ target, value }) => {
      if (value && value.value !== '') return [];
      const label = rows.find((row) => row.target === target)?.label ?? target;
      return [{ target, code: 'changed-again', message: `${label} is not on the deal any more. Look at it again.` }];
    }),
  };
};
