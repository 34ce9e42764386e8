import type { z } from 'zod';
import {
  approvedStatementSchema,
  competitorGuidelineSchema,
  productSpecificationSchema,
  textTemplateSchema,
  type ApprovedMaterial,
} from './material.ts';
import { broken, ok, type Result } from '../values/result.ts';

/** What `LanguageMaterial__c.Kind__c` may say. */
export const materialKinds = [
  'template',
  'value-proposition',
  'positioning',
  'product-specification',
  'competitor-guideline',
] as const;

export type MaterialKind = (typeof materialKinds)[number];

/** Key, version and approver are told by the record itself, so its body does not repeat them. */
const ofRecord = { key: true, version: true, approver: true } as const;

/** The form of `Body__c` for each kind. */
const bodyForms = {
  template: textTemplateSchema.omit(ofRecord),
  'value-proposition': approvedStatementSchema.omit(ofRecord),
  positioning: approvedStatementSchema.omit(ofRecord),
  'product-specification': productSpecificationSchema.omit(ofRecord),
  'competitor-guideline': competitorGuidelineSchema.omit(ofRecord),
} as const satisfies Record<MaterialKind, z.ZodType>;

/** One version of a material, as the record holds it. */
export interface MaterialRecord {
  /** `value-proposition:fast-setup:v2`. */
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  /** JSON in the form of the kind. */
  readonly body: string;
  readonly status: 'proposed' | 'approved' | 'withdrawn';
  readonly version: number;
  /** Key of the partner that it is for; null: for all. */
  readonly partner: string | null;
  /** Who approved it, by name; null: it came with Tandem. */
  readonly approver: string | null;
}

/** A record that counts for nothing, with why. */
export interface UnusableMaterial {
  readonly key: string;
  readonly why: string;
}

const keyForm = /^([a-z-]+):([a-z0-9]+(?:-[a-z0-9]+)*):v([1-9]\d{0,5})$/;

/** `value-proposition:fast-setup:v2` in its parts; null: it is no key of a material. */
export const partsOfKey = (
  key: string,
): { readonly kind: MaterialKind; readonly name: string; readonly version: number } | null => {
  const [, kind, name = '', version] = keyForm.exec(key) ?? [];
  const known = materialKinds.find((one) => one === kind);
  return known === undefined ? null : { kind: known, name, version: Number(version) };
};

export const materialKey = (kind: MaterialKind, name: string, version: number): string => `${kind}:${name}:v${version}`;

type Body<Kind extends MaterialKind> = z.infer<(typeof bodyForms)[Kind]>;

/** Reads a body in the form of its kind; says in one sentence what is wrong with one that is not of it. */
export const readBody = <Kind extends MaterialKind>(kind: Kind, body: string): Result<Body<Kind>, string> => {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    return broken('its body is not JSON');
  }
  const parsed = bodyForms[kind].safeParse(read);
  if (parsed.success) return ok(parsed.data as Body<Kind>);
  const [issue] = parsed.error.issues;
  return broken(`${issue?.path.join('.') || 'its body'}: ${issue?.message ?? 'is not of the form'}`);
};

/** What delivered material names as its approver. */
export const DELIVERED = 'Delivered with Tandem';

/**
 * The material in force for texts to a partner: of everything approved the newest version, what is for this partner before
 * what is for all. What cannot be read counts for nothing and is named, so that a text is never judged by half a record.
 */
export const materialInForce = (
  records: readonly MaterialRecord[],
  {
    company,
    otherCustomers,
    partner,
  }: { readonly company: string; readonly otherCustomers: readonly string[]; readonly partner: string },
): { readonly material: ApprovedMaterial; readonly unusable: readonly UnusableMaterial[] } => {
  const unusable: UnusableMaterial[] = [];
  const inForce = new Map<string, MaterialRecord>();
  for (const record of records) {
    if (record.status !== 'approved' || (record.partner !== null && record.partner !== partner)) continue;
    const parts = partsOfKey(record.key);
    if (parts === null || parts.kind !== record.kind || parts.version !== record.version) {
      unusable.push({ key: record.key, why: 'its key does not say its kind, name and version' });
      continue;
    }
    const subject = `${parts.kind}:${parts.name}`;
    const other = inForce.get(subject);
    if (other === undefined || isBefore(other, record)) inForce.set(subject, record);
  }
  const of = <Kind extends MaterialKind>(kind: Kind) =>
    [...inForce.values()]
      .filter((record) => record.kind === kind)
      .sort((left, right) => (left.key < right.key ? -1 : 1))
      .flatMap(({ key, version, approver, body }) => {
        const read = readBody(kind, body);
        if (!read.ok) {
          unusable.push({ key, why: read.error });
          return [];
        }
        const name = partsOfKey(key)?.name ?? key;
        return [{ ...read.value, key: name, version, approver: approver ?? DELIVERED }];
      });
  const material: ApprovedMaterial = {
    key: partner,
    company,
    alsoKnownAs: [],
    valuePropositions: of('value-proposition'),
    positioning: of('positioning'),
    products: of('product-specification'),
    competitors: of('competitor-guideline'),
    otherCustomers: [...otherCustomers],
    templates: of('template'),
  };
  return { material, unusable };
};

/** Whether the second counts before the first: it is for the partner and the first is not, or it is newer. */
const isBefore = (left: MaterialRecord, right: MaterialRecord): boolean =>
  (left.partner === null) === (right.partner === null) ? right.version > left.version : right.partner !== null;
