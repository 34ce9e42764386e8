import type { LanguageRule, Mark } from '../finding.ts';
import { plainOf } from '../known.ts';
import { findName, formsOf } from './names.ts';

/** Names of other customers never leave: in full, shortened, or with a slip of the pen. */
export const otherCustomer: LanguageRule = {
  id: 'other-customer',
  version: 1,
  find: ({ sentences }, known) =>
    known.material.otherCustomers.flatMap((customer) => {
      // A short form that is also a word of this deal (its city, its customer) would stop every text about the deal.
      const forms = formsOf(customer, plainOf(customer)).filter(
        ({ short, words }) => !short || words.some((word) => !known.knownWords.has(word)),
      );
      return sentences.flatMap(({ words }) =>
        forms.flatMap((form) =>
          findName(form, words).map(({ start, end }): Mark => ({
            start,
            end,
            severity: 'block',
            why: `${customer} is another customer; its name may not leave the company.`,
            whatToDo: 'Take the name out, and whatever would let a reader guess it.',
          })),
        ),
      );
    }),
};
