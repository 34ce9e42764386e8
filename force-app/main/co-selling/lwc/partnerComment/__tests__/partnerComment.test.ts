import { afterEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import PartnerComment from 'c/partnerComment';
import { words } from '../../../../../../config/jest/support/wires';

function show(comment: string): HTMLElement {
  const element = createElement('c-partner-comment', { is: PartnerComment });
  Object.assign(element, { comment, partnerName: 'AWS' });
  document.body.appendChild(element);
  return element;
}

describe('c-partner-comment', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('the partner’s words stand in full under who wrote them', async () => {
    const element = show('Say more about the problem.\nAnd name the solution.');
    expect(words(element)).toContain('What AWS wrote');
    expect(words(element)).toContain('And name the solution.');
    await expect(element).toBeAccessible();
  });

  test('a partner that wrote nothing leaves no title behind', () => {
    expect(words(show(''))).toBe('');
  });
});
