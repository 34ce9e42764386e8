/**
 * A message without what it quotes. AWS and Salesforce say which value they refuse by quoting it, and a value may be
 * somebody's address: whoever asked reads it on the record, a log or a queue has no business with it.
 */
export const withoutQuotes = (text: string): string =>
  text
    .replace(/"[^"]*"|“[^”]*”|«[^»]*»|(?<=^|[\s(:=])'[^']*'/g, '“…”')
    .replace(/[^\s@"'<>:;,()]+@[^\s@"'<>:;,()]+/g, '…');
