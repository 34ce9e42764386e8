/** Paths of the deal that say what it is worth, read with what the mapping reads. */
export const AMOUNT_PATHS: readonly string[] = ['Opportunity.Amount', 'Opportunity.CurrencyIsoCode'];
