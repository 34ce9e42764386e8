import type { LanguageRule, Mark } from '../finding.ts';

/** A field's name where its value should stand. */
const fieldWord =
  '(?:first ?name|last ?name|surname|full name|name|role|title|phone|e-?mail|address|company|customer|partner|date|amount|link|url|number|city|account|job title)';

/** Ways in which templates, spreadsheets, merges and people leave a place open. */
const patterns: readonly RegExp[] = [
  /\{\{?[^{}\n]{0,80}\}?\}/g,
  /\$\{[^}\n]*\}/g,
  /\[(?!\d{1,3}\]|sic\])[^[\]\n]{1,60}\]/gi,
  /<{1,2}(?!https?:|mailto:)[a-z_][^<>\n]{0,80}>{1,2}/gi,
  /[«‹][^»›\n]{1,60}[»›]/g,
  /%[A-Z][A-Z0-9_]{2,}%|%[a-z]+_[a-z_]+%/g,
  /_{3,}/g,
  /\bX{2,}(?:[.,]X{2,})*\b|\bx{3,}\b|\bxx(?:[.,]x{2,})+/g,
  /\b(?:TBD|TBC|TBA|TODO|FIXME|tbd|tbc|tba|t\.b\.d\.)(?![a-z])|\bto be (?:determined|confirmed|defined|added|filled(?: in)?|completed|supplied|inserted)\b(?: (?:by|later|soon|from|with)\b[^.;\n]{0,30})?/g,
  /#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!)/gi,
  /\[object Object\]|\bundefined\b|\bNaN\b|\bnull\b(?! and void)/g,
  /\blorem ipsum\b[^.\n]{0,60}/gi,
  /\b(?:[A-Z]+_)?(?:FIRST|LAST|FULL|SENDER|CUSTOMER|PARTNER|COMPANY|ACCOUNT|RECIPIENT)[_ ]?NAME\b/g,
  /\b(?:dd|mm)[/.-](?:mm|dd)[/.-](?:yyyy|yy)\b|\byyyy-mm-dd\b|\bhh:mm\b/gi,
  /\b(?:appendix|annex|page|section|slide|table|figure|chapter|on|at|by|of|for|from|to|version|dated) \?{2,}/gi,
  new RegExp(
    String.raw`\((?:${fieldWord}|insert[^)\n]*|add [^)\n]*|your [^)\n]*|[^)\n]{0,30}\b(?:name|link|date|figure|number|quote) (?:here|goes here))\)`,
    'gi',
  ),
  new RegExp(String.raw`(?<=:\s)${fieldWord}(?:,\s${fieldWord})+(?=[.;\n]|$)`, 'gi'),
  /\binsert (?:\w+ ){0,3}(?:here|name|link|date|amount|customer|figure|quote)\b/gi,
  /(?<=^|\n)(?:dear\s*,|(?:hi|hello|hey)\s+,)/gi,
];

/** A place of a template that was to be filled and was not. */
export const openPlaceholder: LanguageRule = {
  id: 'open-placeholder',
  version: 1,
  find: ({ plain }) =>
    patterns.flatMap((pattern) =>
      [...plain.matchAll(pattern)].map((match): Mark => ({
        start: match.index,
        end: match.index + match[0].length,
        severity: 'block',
        why: `“${match[0]}” is a place that was to be filled.`,
        whatToDo: 'Fill it in, or leave the sentence out.',
      })),
    ),
};
