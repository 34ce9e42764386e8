/** Puts values where a label says `{0}`, `{1}` …; a placeholder without a value stays visible, so it is noticed. */
export function fill(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}

/** Chooses between two labels by count and fills the chosen one; the count is always `{0}` or one of `values`. */
export function count(amount: number, one: string, many: string, ...values: (string | number)[]): string {
  return fill(amount === 1 ? one : many, ...(values.length > 0 ? values : [amount]));
}
