import { describe, expect, test } from '@jest/globals';
import { reduceErrors } from 'c/errorUtils';

describe('reduceErrors', () => {
  test.each([
    ['nothing', undefined, []],
    ['a sentence', 'Too late.', ['Too late.']],
    ['a JavaScript error', new Error('No network.'), ['No network.']],
    ['a UI API error', { status: 404, body: { message: 'No such record.' } }, ['No such record.']],
    ['a list body', { body: [{ message: 'One.' }, { message: 'Two.' }] }, ['One.', 'Two.']],
    ['a status without a body', { status: 500, statusText: 'Server Error' }, ['Server Error']],
    ['GraphQL errors', [{ message: 'Unknown field.' }, { message: 'Unknown field.' }], ['Unknown field.']],
    ['an error without words', { status: 500 }, []],
  ])('reads %s', (_name, error, sentences) => {
    expect(reduceErrors(error)).toEqual(sentences);
  });

  test('prefers the messages of fields to the general one', () => {
    const error = {
      body: {
        message: 'An error occurred while trying to update the record.',
        output: { errors: [], fieldErrors: { Kind__c: [{ message: 'Kind: choose one of the list.' }] } },
      },
    };
    expect(reduceErrors(error)).toEqual(['Kind: choose one of the list.']);
  });
});
