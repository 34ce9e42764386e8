import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import PartnerChoices from 'c/partnerChoices';
import type { PartnerChoice } from 'c/partnerChoices';
import { button, everything, settled, words } from '../../../../../../config/jest/support/wires';

const choice = (name: string, more: Partial<PartnerChoice> = {}, network = 'aws-ace'): PartnerChoice => ({
  partner: { id: `id of ${name}`, key: name, name, network, fitRules: [] },
  reasons: [],
  score: 0,
  referralState: '',
  ...more,
});

async function show(choices: PartnerChoice[]): Promise<HTMLElement> {
  const element = createElement('c-partner-choices', { is: PartnerChoices });
  Object.assign(element, { choices });
  document.body.appendChild(element);
  everything(element)
    .find((inner): inner is HTMLButtonElement => inner.tagName === 'BUTTON')
    ?.click();
  await settled();
  return element;
}

describe('c-partner-choices', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('tells of each partner what there is to know, and offers those a network reaches', async () => {
    const element = await show([
      choice('AWS', { reasons: ['Large deal'] }),
      choice('Umbra', { referralState: 'Umbra is reviewing this deal' }),
      choice('Globex', {}, 'none'),
    ]);
    expect(words(element)).toContain('Other partners (3)');
    expect(words(element)).toContain('AWS | 1 reason fits');
    expect(words(element)).toContain('Umbra is reviewing this deal');
    expect(words(element)).toContain('Not connected to a network: refer by hand');
    expect(button(element, 'Choose Globex')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  test('tells which partner was chosen', async () => {
    const element = await show([choice('AWS')]);
    const chosen = jest.fn((event: Event) => (event as CustomEvent<unknown>).detail);
    element.addEventListener('choose', chosen);
    button(element, 'Choose AWS')?.click();
    expect(chosen.mock.results[0]?.value).toEqual({ partnerId: 'id of AWS' });
  });

  test('takes no room without other partners', async () => {
    expect(words(await show([]))).toBe('');
  });
});
