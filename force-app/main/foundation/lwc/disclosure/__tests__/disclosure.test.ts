import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import Disclosure from 'c/disclosure';

function show(open = false): HTMLElement & { open: boolean } {
  const element = createElement('c-disclosure', { is: Disclosure }) as unknown as HTMLElement & { open: boolean };
  Object.assign(element, { label: 'What will be sent', open });
  document.body.appendChild(element);
  return element;
}
const button = (element: HTMLElement): HTMLButtonElement | null | undefined =>
  element.shadowRoot?.querySelector('button');

describe('c-disclosure', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('is closed at rest and holds nothing yet', async () => {
    const element = show();
    expect(button(element)?.getAttribute('aria-expanded')).toBe('false');
    expect(element.shadowRoot?.querySelector('slot')).toBeNull();
    await expect(element).toBeAccessible();
  });

  test('opens and closes, tells so, and keeps what was inside', async () => {
    const element = show();
    const toggled = jest.fn((event: Event) => (event as CustomEvent<{ open: boolean }>).detail.open);
    element.addEventListener('toggle', toggled);

    button(element)?.click();
    await Promise.resolve();
    expect(button(element)?.getAttribute('aria-expanded')).toBe('true');
    expect(element.shadowRoot?.querySelector('slot')).not.toBeNull();
    await expect(element).toBeAccessible();

    button(element)?.click();
    await Promise.resolve();
    expect(button(element)?.getAttribute('aria-expanded')).toBe('false');
    expect(element.shadowRoot?.querySelector('slot')).not.toBeNull();
    expect(toggled.mock.results.map(({ value }) => value)).toEqual([true, false]);
  });

  test('may be opened from outside', () => {
    expect(button(show(true))?.getAttribute('aria-expanded')).toBe('true');
  });
});
