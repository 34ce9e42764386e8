import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { languageGate, type LanguageVerdict } from '../../src/domain/language/check-language.ts';
import { violationKinds } from '../../src/domain/language/finding.ts';
import {
  approvedMaterialSchema,
  dealContextSchema,
  type ApprovedMaterial,
  type DealContext,
} from '../../src/domain/language/material.ts';

const folder = join(import.meta.dirname, 'labelled');

/** `practice` is for learning and trying only; nothing that is published is measured on it. */
export type Half = 'development' | 'held-out' | 'practice';

const labelledTextSchema = z.strictObject({
  id: z.string(),
  material: z.string(),
  deal: z.string(),
  form: z.enum(['referral', 'e-mail', 'message', 'enablement', 'business-review']),
  text: z.string().min(1),
  violations: z.array(z.strictObject({ kind: z.enum(violationKinds), words: z.string().min(1) })),
  /** What makes a hard text hard. */
  why: z.string().optional(),
});

/** A text, what it is judged against, and what is wrong with it. */
export type LabelledText = z.infer<typeof labelledTextSchema>;

export const textsOf = (half: Half): readonly LabelledText[] =>
  readFileSync(join(folder, `${half}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => labelledTextSchema.parse(JSON.parse(line)));

const materialFileSchema = approvedMaterialSchema.extend({ deals: z.array(dealContextSchema) });

/** The approved material of one of the invented companies, with its two deals. */
export const materialOf = (
  company: string,
): { readonly material: ApprovedMaterial; readonly deals: readonly DealContext[] } => {
  const { deals, ...material } = materialFileSchema.parse(
    JSON.parse(readFileSync(join(folder, 'material', `${company}.json`), 'utf8')),
  );
  return { material, deals };
};

export const dealOf = (
  company: string,
  key: string,
): { readonly material: ApprovedMaterial; readonly deal: DealContext } => {
  const { material, deals } = materialOf(company);
  const deal = deals.find((one) => one.key === key);
  if (!deal) throw new Error(`The material of "${company}" has no deal "${key}".`);
  return { material, deal };
};

/** Judges labelled texts; material is prepared once for each deal. */
export const labelledGate = (): ((text: LabelledText) => LanguageVerdict) => {
  const gates = new Map<string, (text: string) => LanguageVerdict>();
  return ({ material: company, deal: key, text }) => {
    const name = `${company}:${key}`;
    const known = gates.get(name);
    if (known) return known(text);
    const { material, deal } = dealOf(company, key);
    const gate = languageGate(material, deal);
    gates.set(name, gate);
    return gate(text);
  };
};
