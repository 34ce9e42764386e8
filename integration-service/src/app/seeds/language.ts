import { materialKey } from '../../domain/language/material-record.ts';
import type { SeedRow } from '../../ports/crm/crm.ts';

/**
 * Templates of texts that Tandem composes, written by ourselves. They say nothing of the company's products: what those
 * do only the company can approve. Both fit AWS's 255 characters with names of usual length.
 */
const templates = [
  {
    name: 'introduction',
    title: 'Introduction of a deal, with the next step',
    text: 'We work with {customer} on “{title}”. Our next step: {nextStep}. We would like to agree with you who does what.',
    variables: ['customer', 'title', 'nextStep'],
  },
  {
    name: 'introduction-short',
    title: 'Introduction of a deal',
    text: 'We work with {customer} on “{title}”. We would like to agree with you who does what next.',
    variables: ['customer', 'title'],
  },
] as const;

/** Approved with the product itself: they have no person as approver, and a company may withdraw or replace each. */
export const materialRows = (): readonly SeedRow[] =>
  templates.map(({ name, title, text, variables }) => ({
    object: 'LanguageMaterial__c',
    key: materialKey('template', name, 1),
    fields: {
      kind: 'template',
      title,
      body: JSON.stringify({ text, variables }),
      status: 'approved',
      version: 1,
    },
  }));
