import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import ErrorPanel from 'c/errorPanel';

function show(properties: { errors?: unknown; heading?: string; retryable?: boolean }): HTMLElement {
  const element = createElement('c-error-panel', { is: ErrorPanel });
  Object.assign(element, properties);
  document.body.appendChild(element);
  return element;
}
const words = (element: HTMLElement): string[] =>
  [...(element.shadowRoot?.querySelectorAll('p') ?? [])].map((paragraph) => paragraph.textContent ?? '');

describe('c-error-panel', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test.each([undefined, null, []])('draws nothing without an error (%j)', (errors) => {
    expect(show({ errors }).shadowRoot?.childElementCount).toBe(0);
  });

  test('says what went wrong and is accessible', async () => {
    const element = show({ errors: { body: { message: 'No such record.' } }, heading: 'The deal could not be read' });
    expect(words(element)).toEqual(['The deal could not be read', 'No such record.']);
    await expect(element).toBeAccessible();
  });

  test('an error without words still tells what to do', () => {
    expect(words(show({ errors: { status: 500 } }))[1]).toContain('Reload the page');
  });

  test('offers to load again where that can help', () => {
    const element = show({ errors: 'Offline.', retryable: true });
    const retry = jest.fn();
    element.addEventListener('retry', retry);
    element.shadowRoot?.querySelector<HTMLElement>('lightning-button')?.click();
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
