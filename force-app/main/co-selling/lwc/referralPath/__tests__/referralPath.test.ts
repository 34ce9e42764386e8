import { afterEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import ReferralPath from 'c/referralPath';
import { pathOf } from 'c/referralView';

function show(properties: object): HTMLElement {
  const element = createElement('c-referral-path', { is: ReferralPath });
  Object.assign(element, { steps: pathOf(undefined), partnerName: 'AWS', ...properties });
  document.body.appendChild(element);
  return element;
}

describe('c-referral-path', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('marks the step it stands at, and says each status in words', async () => {
    const element = show({});
    const steps = [...(element.shadowRoot?.querySelectorAll('li') ?? [])];
    expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual(['step', null, null, null, null]);
    expect(steps[1]?.textContent).toContain('(not started)');
    expect(element.shadowRoot?.querySelector('a')).toBeNull();
    await expect(element).toBeAccessible();
  });

  test('links the number at the partner as soon as it exists', async () => {
    const element = show({ networkId: 'O123', networkUrl: 'https://partnercentral.example/O123' });
    const link = element.shadowRoot?.querySelector('a');
    expect(link?.href).toBe('https://partnercentral.example/O123');
    expect(link?.getAttribute('aria-label')).toBe('O123 at AWS (opens in a new tab)');
    await expect(element).toBeAccessible();
  });
});
