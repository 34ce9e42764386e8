import { describe, expect, test } from '@jest/globals';
import { dealOf } from '../../../test/language/labelled-set.ts';
import { languageGate } from './check-language.ts';
import { composeText } from './compose-text.ts';
import type { SourcedFact } from './material.ts';

const fact = (source: string, value: string): SourcedFact => ({ source, value });

const filled: readonly (readonly [string, string, Readonly<Record<string, SourcedFact>>])[] = [
  [
    'tidemark',
    'hartwell',
    {
      partner: fact('Partner__c.Name', 'AWS'),
      customer: fact('Account.Name', 'Hartwell Diagnostics'),
      closeDate: fact('Opportunity.CloseDate', '30 June 2026'),
    },
  ],
  [
    'kestrel',
    'pemberton',
    {
      customer: fact('Account.Name', 'Pemberton Grocers'),
      moves: fact('Opportunity.Moves__c', '1,350'),
      site: fact('Account.Sites__c', '9 distribution centres'),
    },
  ],
  [
    'meadowgate',
    'harrow',
    { customer: fact('Account.Name', 'Harrowgate Offices'), buildings: fact('Account.Buildings__c', '54') },
  ],
  ['brasspoint', 'sorel', { customer: fact('Account.Name', 'Sorel Sport'), shops: fact('Account.Shops__c', '260') }],
  [
    'palewell',
    'elmstead',
    { customer: fact('Account.Name', 'Elmstead General'), roomCount: fact('Account.Rooms__c', '11') },
  ],
  [
    'sablewing',
    'rookery',
    { customer: fact('Account.Name', 'Rookery Media'), accounts: fact('Account.CloudAccounts__c', '340') },
  ],
];

const templateOf = (company: string, key: string) => {
  const { material, deal } = dealOf(company, key);
  const [template] = material.templates;
  if (!template) throw new Error(`${company} has no template`);
  return { material, deal, template };
};

describe('a text composed from an approved template', () => {
  test.each(filled)('of %s passes the gate and names a source for every part', (company, key, values) => {
    const { material, deal, template } = templateOf(company, key);
    const composed = composeText(template, values, material);
    if (!composed.ok) throw new Error(composed.error);
    expect(languageGate(material, deal)(composed.value.text, composed.value.parts).findings).toEqual([]);
    expect(
      composed.value.parts.every(({ source, words }) => source !== '' && composed.value.text.includes(words)),
    ).toBe(true);
    expect(composed.value.template).toEqual({
      key: template.key,
      version: template.version,
      approver: template.approver,
    });
  });

  test('is judged all the same: a value may say anything', () => {
    const { material, deal, template } = templateOf('meadowgate', 'harrow');
    const composed = composeText(
      template,
      { customer: fact('Account.Name', 'Lund Properties'), buildings: fact('Account.Buildings__c', '91') },
      material,
    );
    if (!composed.ok) throw new Error(composed.error);
    const rules = languageGate(material, deal)(composed.value.text, composed.value.parts).findings.map(
      ({ rule }) => rule,
    );
    expect(rules).toEqual(expect.arrayContaining(['other-customer', 'unsourced-number']));
  });

  test.each([
    [
      'a place without a value',
      { customer: fact('Account.Name', 'Harrowgate Offices') },
      'needs a value for "buildings"',
    ],
    [
      'an empty value',
      { customer: fact('Account.Name', 'Harrowgate Offices'), buildings: fact('Account.Buildings__c', ' ') },
      'needs a value for "buildings"',
    ],
    [
      'a value nobody asked for',
      {
        customer: fact('Account.Name', 'Harrowgate Offices'),
        buildings: fact('Account.Buildings__c', '54'),
        'see-use': fact('model', 'It saves 40 %.'),
      },
      'has no variable see-use',
    ],
  ])('is refused for %s', (_, values, problem) => {
    const { material, template } = templateOf('meadowgate', 'harrow');
    const composed = composeText(template, values, material);
    expect(composed.ok ? '' : composed.error).toContain(problem);
  });

  test('is refused when the template names what nobody approved', () => {
    const { material, template } = templateOf('meadowgate', 'harrow');
    const composed = composeText({ ...template, text: 'We say {something-else}.' }, {}, material);
    expect(composed.ok ? '' : composed.error).toContain('neither a variable nor an approved statement');
  });
});
