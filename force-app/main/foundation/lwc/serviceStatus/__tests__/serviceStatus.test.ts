import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import ServiceStatus from 'c/serviceStatus';

interface TestWire {
  emit: (data: unknown, filter?: undefined, refresh?: () => Promise<unknown>) => void;
  emitErrors: (errors: unknown) => void;
}
const wire = graphql as unknown as TestWire;
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const heartbeat = (lastSeen?: string): unknown => ({
  uiapi: {
    query: { heartbeats: { edges: lastSeen ? [{ node: { Id: 'a01', lastSeen: { value: lastSeen } } }] : [] } },
  },
});

function show(): HTMLElement {
  const element = createElement('c-service-status', { is: ServiceStatus });
  document.body.appendChild(element);
  return element;
}
const words = (element: HTMLElement): string | null | undefined => element.shadowRoot?.querySelector('p')?.textContent;

describe('c-service-status', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  test('says nothing while the service is heard of', async () => {
    const element = show();
    wire.emit(heartbeat('2026-11-21T11:58:30.000Z'));
    await Promise.resolve();
    expect(words(element)).toBeUndefined();
  });

  test('says since when it was silent, and that nothing is lost', async () => {
    const element = show();
    wire.emit(heartbeat('2026-11-21T11:55:00.000Z'));
    await Promise.resolve();
    expect(words(element)).toBe(
      'Tandem was last heard of 5 min. ago. Your clicks are kept and will be carried out when it is back.',
    );
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('says so when it never reported in', async () => {
    const element = show();
    wire.emit(heartbeat());
    await Promise.resolve();
    expect(words(element)).toContain('has not reported in yet');
  });

  test('is silent for a user who may not read heartbeats', async () => {
    const element = show();
    wire.emitErrors([{ message: 'No such object.' }]);
    await Promise.resolve();
    expect(words(element)).toBeUndefined();
  });

  test('asks again, and notices that time has passed', async () => {
    const element = show();
    const refresh = jest.fn(() => Promise.resolve());
    wire.emit(heartbeat('2026-11-21T11:58:29.000Z'), undefined, refresh);
    await jest.advanceTimersByTimeAsync(31_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(words(element)).toContain('last heard of 2 min. ago');
  });
});
