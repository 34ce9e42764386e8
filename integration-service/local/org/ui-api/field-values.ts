import type { FieldValue } from '../engine/engine.ts';
import type { FieldSchema } from '../schema/types.ts';

/** A field in a record of the UI API and of GraphQL. */
export interface FieldRepresentation {
  /** How the user sees it, where that differs from the value: numbers, dates, picklist labels. */
  readonly displayValue: string | null;
  readonly value: FieldValue;
}

/** Locale and zone of the sample users: an org formats for the asking user, and all of ours have these. */
const LOCALE = 'en-US';
const ZONE = 'UTC';

const dayText = new Intl.DateTimeFormat(LOCALE, { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: ZONE });
const timeText = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit', timeZone: ZONE });

const numberText = (value: number, scale: number, style: 'decimal' | 'currency'): string =>
  new Intl.NumberFormat(LOCALE, {
    style,
    ...(style === 'currency' ? { currency: 'USD' } : {}),
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  }).format(value);

/** `…+0000` of the REST API is `…Z` in the UI API and GraphQL. */
const wireValue = (field: FieldSchema, value: FieldValue): FieldValue =>
  field.type === 'datetime' && typeof value === 'string' ? value.replace(/\+0000$/, 'Z') : value;

const picklistLabels = (field: FieldSchema, value: string): string =>
  value
    .split(field.type === 'multipicklist' ? ';' : '\0')
    .map((part) => field.picklist?.values.find((entry) => entry.value === part)?.label ?? part)
    .join(';');

const displayValue = (field: FieldSchema, value: FieldValue): string | null => {
  if (value === null || value === '') return null;
  switch (field.type) {
    case 'currency':
      return numberText(Number(value), field.scale ?? 2, 'currency');
    case 'percent':
      return `${numberText(Number(value), field.scale ?? 0, 'decimal')}%`;
    case 'double':
    case 'int':
      return numberText(Number(value), field.scale ?? 0, 'decimal');
    case 'date':
      return dayText.format(new Date(`${String(value)}T00:00:00Z`));
    case 'datetime': {
      const instant = new Date(String(value).replace(/\+0000$/, 'Z'));
      return `${dayText.format(instant)}, ${timeText.format(instant)}`;
    }
    case 'picklist':
    case 'multipicklist':
      return picklistLabels(field, String(value));
    default:
      return null;
  }
};

/** A stored value as the UI API and GraphQL show it. */
export const represent = (field: FieldSchema, value: FieldValue): FieldRepresentation => ({
  displayValue: displayValue(field, value),
  value: wireValue(field, value),
});
