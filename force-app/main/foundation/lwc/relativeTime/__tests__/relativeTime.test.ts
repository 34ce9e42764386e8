import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import RelativeTime from 'c/relativeTime';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);

function show(value: string | null): HTMLElement {
  const element = createElement('c-relative-time', { is: RelativeTime });
  Object.assign(element, { value });
  document.body.appendChild(element);
  return element;
}
const seen = (element: HTMLElement): string | null | undefined =>
  element.shadowRoot?.querySelector('[aria-hidden]')?.textContent;

describe('c-relative-time', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  test('says how long ago, and exactly when to those who ask', async () => {
    const element = show('2026-11-21T11:59:48.000Z');
    expect(seen(element)).toBe('12 sec. ago');
    expect(element.shadowRoot?.querySelector('time')?.title).toContain('Nov 21, 2026');
    expect(element.shadowRoot?.querySelector('.slds-assistive-text')?.textContent).toContain('Nov 21, 2026');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('grows older while it is looked at', async () => {
    const element = show('2026-11-21T11:59:48.000Z');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(seen(element)).toBe('13 sec. ago');
  });

  test('what has happened is never in the future', () => {
    expect(seen(show('2026-11-21T12:00:03.000Z'))).toBe('now');
  });

  test('no time, no words', () => {
    expect(show(null).shadowRoot?.querySelector('time')).toBeNull();
  });
});
