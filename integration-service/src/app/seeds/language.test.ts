import { expect, test } from '@jest/globals';
import { composeText } from '../../domain/language/compose-text.ts';
import { materialInForce, type MaterialRecord } from '../../domain/language/material-record.ts';
import { materialRows } from './language.ts';

test('the templates that come with Tandem are of the form, and say nothing that nobody approved', () => {
  const records = materialRows().map(({ key, fields }): MaterialRecord => {
    const { kind, title, body, version } = fields;
    return {
      key,
      kind: String(kind),
      title: String(title),
      body: String(body),
      status: 'approved',
      version: Number(version),
      partner: null,
      approver: null,
    };
  });
  const { material, unusable } = materialInForce(records, { company: 'Northwind', otherCustomers: [], partner: 'aws' });
  expect(unusable).toEqual([]);
  expect(material.templates).toHaveLength(records.length);
  for (const template of material.templates) {
    const values = Object.fromEntries(
      template.variables.map((name) => [name, { source: `deal.${name}`, value: 'Harbor Logistics' }]),
    );
    const composed = composeText(template, values, material);
    expect(composed.ok && composed.value.text.length < 255).toBe(true);
  }
});
