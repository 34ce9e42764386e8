import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freeTextPaths, textsOf, type OperationForms } from './free-text.ts';

const form = z.strictObject({
  Title: z.string().max(60).optional(),
  Stage: z.enum(['Open', 'Closed']),
  Day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  Notes: z.array(z.strictObject({ By: z.string(), Text: z.string().nullable() })).optional(),
  Labels: z.array(z.string()),
  Id: z.string(),
  Word: z.string(),
});
const forms: OperationForms = {
  'send-it': {
    form,
    texts: {
      Title: 'prose',
      'Notes.By': 'name',
      'Notes.Text': 'prose',
      Labels: 'prose',
      Id: 'id',
      Word: ['Cloud Move'],
    },
  },
};

describe('the texts of a request', () => {
  test('are found in its form: whatever takes a sentence, in lists and members too', () => {
    expect(freeTextPaths(form)).toEqual(['Title', 'Notes.By', 'Notes.Text', 'Labels', 'Id', 'Word']);
  });

  test('are given with where they stand and what they are; ids, words of a list and blanks are none', () => {
    const body = {
      Title: 'A plan',
      Stage: 'Open',
      Day: '2030-01-31',
      Notes: [
        { By: 'Dana', Text: 'First' },
        { By: ' ', Text: null },
      ],
      Labels: ['one', 'two'],
      Id: { $from: 'create.networkId' },
      Word: 'Cloud Move',
    };
    expect(textsOf(forms, 'send-it', body)).toEqual([
      { path: 'Title', text: 'A plan', kind: 'prose' },
      { path: 'Notes.By', text: 'Dana', kind: 'name' },
      { path: 'Notes.Text', text: 'First', kind: 'prose' },
      { path: 'Labels', text: 'one', kind: 'prose' },
      { path: 'Labels', text: 'two', kind: 'prose' },
    ]);
  });

  test.each([
    ['an id with a sentence in it', { Id: 'we are the best' }],
    ['a word that is not of the list', { Word: 'We are the best' }],
    ['a choice that the form does not have', { Stage: 'We are the best' }],
    ['a date that is none', { Day: 'the best day' }],
    ['a member that the form does not have', { Remark: 'We are the best' }],
    ['a sentence that calls itself a reference', { Remark: { $from: 'We are the best' } }],
  ])('%s is prose', (_says, body) => {
    expect(textsOf(forms, 'send-it', body)).toEqual([expect.objectContaining({ kind: 'prose' })]);
  });
});
