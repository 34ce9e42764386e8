import { draftReferral } from 'c/referralDraft';
import type { DealFacts, DraftValue, MappingRow } from 'c/referralDraft';

/** A value of the deal that is not what the partner was sent. */
export interface Difference {
  target: string;
  label: string;
  /** What was sent, in words; empty where nothing was. */
  was: string;
  /** What the deal says now, in words. */
  now: string;
  /** The value as it would be sent. */
  value: string | string[];
  source: string;
  sourceKind: DraftValue['sourceKind'];
  personal: boolean;
}

/** Longest value that a referral's record keeps; a longer one ends there with an ellipsis. */
const LONGEST_KEPT = 4_000;

/**
 * What differs between what was sent and a fresh draft of the deal, in the order of the mapping. What nobody can say from
 * here is no difference: a value that only a person gave, one that the reader may not see, one that the service alone finds.
 */
export function differences(
  mapping: MappingRow[],
  facts: DealFacts,
  sent: readonly DraftValue[],
  today: string,
): Difference[] {
  const sentOf = new Map(sent.map((value) => [value.target, value]));
  return draftReferral(mapping, facts, {}, today).values.flatMap((fresh) => {
    const before = sentOf.get(fresh.target);
    const isUsual = fresh.sourceKind === 'template' && before?.sourceKind === 'person';
    if (fresh.value === '' || isUsual || kept(fresh.value) === kept(before?.value ?? '')) {
      return [];
    }
    const { target, label, value, shown, source, sourceKind, personal } = fresh;
    const row = mapping.find((candidate) => candidate.target === target);
    return [{ target, label, was: inWords(before, row), now: shown, value, source, sourceKind, personal }];
  });
}

/** A value as the record of a referral keeps it. */
function kept(value: string | string[]): string {
  const text = [value].flat().join(';').replace(/\r\n/g, '\n');
  return text.length <= LONGEST_KEPT ? text : `${text.slice(0, LONGEST_KEPT - 1)}…`;
}

/** What was sent, each code with its name as the draft shows it: `United States (US)`. */
function inWords(sent: DraftValue | undefined, row: MappingRow | undefined): string {
  const names = (row?.settings.names ?? {}) as Record<string, string>;
  const parts = row?.settings.multiple === true ? (sent?.shown ?? '').split(';') : [sent?.shown ?? ''];
  return parts.map((part) => (names[part] && names[part] !== part ? `${names[part]} (${part})` : part)).join('; ');
}
