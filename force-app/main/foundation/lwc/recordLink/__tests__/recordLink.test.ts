import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import RecordLink from 'c/recordLink';
import { seen } from '../../../../../../config/jest/support/wires';

const mockNavigate = jest.fn();

jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const GenerateUrl = Symbol('GenerateUrl');
  const mixin = (Base: new () => object): unknown =>
    class extends Base {
      [Navigate](pageReference: object): void {
        mockNavigate(pageReference);
      }
      [GenerateUrl](): Promise<string> {
        return Promise.resolve('/lightning/r/006000000000001AAA/view');
      }
    };
  return { NavigationMixin: Object.assign(mixin, { Navigate, GenerateUrl }) };
});

describe('c-record-link', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('is a true link that leads to the record', async () => {
    const element = createElement('c-record-link', { is: RecordLink });
    Object.assign(element, { recordId: '006000000000001AAA', label: 'Initech cloud move' });
    document.body.appendChild(element);
    const link = await seen(() => element.shadowRoot?.querySelector<HTMLAnchorElement>('a[href]'));
    expect(link.textContent).toBe('Initech cloud move');
    expect(link.getAttribute('href')).toBe('/lightning/r/006000000000001AAA/view');
    link.click();
    expect(mockNavigate).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { recordId: '006000000000001AAA', actionName: 'view' },
    });
    await expect(element).toBeAccessible();
  });
});
