import { afterEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import Skeleton from 'c/skeleton';

describe('c-skeleton', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('draws as many lines as asked for and says what is loading', async () => {
    const element = createElement('c-skeleton', { is: Skeleton });
    Object.assign(element, { label: 'Loading the deal', lines: '4' });
    document.body.appendChild(element);
    expect(element.shadowRoot?.querySelectorAll('.line')).toHaveLength(4);
    expect(element.shadowRoot?.querySelector('[role="status"]')?.textContent).toContain('Loading the deal');
    await expect(element).toBeAccessible();
  });
});
