import { jest } from '@jest/globals';
import { createRecord } from 'lightning/uiRecordApi';
import { answerQuery, everything, seen, settled } from './wires';

const create = createRecord as unknown as jest.Mock<(input: object) => Promise<{ id: string }>>;

/** What a page asked the service for. */
export interface AskedRequest {
  kind: string;
  subject: string | null;
  input: Record<string, unknown>;
}

/** Lets requests be made, with ids of their own; call it before each test. */
export function requestsAreMade(): void {
  let made = 0;
  create.mockReset();
  create.mockImplementation(() => {
    made += 1;
    return Promise.resolve({ id: `request ${made}` });
  });
}

/** Lets the next request fail as the platform says it. */
export function nextRequestFails(message: string): void {
  create.mockImplementationOnce(() => Promise.reject(new Error(message)));
}

/** The requests that were made, oldest first. */
export function askedRequests(): AskedRequest[] {
  return create.mock.calls.map(([input]) => {
    const { fields } = input as { fields: Record<string, unknown> };
    return {
      kind: String(fields.Kind__c),
      subject: (fields.Subject__c ?? null) as string | null,
      input: JSON.parse(String(fields.Input__c)) as Record<string, unknown>,
    };
  });
}

/** Answers the last request that was made, as the service does. */
export async function answerLast(state: 'done' | 'refused', message: string, result: unknown = null): Promise<void> {
  const id = `request ${create.mock.calls.length}`;
  await seen(() =>
    everything(document.body).find(
      (element) =>
        element.tagName === 'C-REQUEST-OUTCOME' && (element as Element & { requestId?: string }).requestId === id,
    ),
  );
  await settled();
  answerQuery('requestOutcome', {
    requests: [{ id, state, message, result: result === null ? null : JSON.stringify(result) }],
  });
  await settled();
}

/** A native control below a component, by its accessible name or its text. */
export function control<Found extends HTMLElement = HTMLElement>(root: Element, name: string): Found {
  const found = everything(root).find(
    (element) =>
      ['BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'A'].includes(element.tagName) &&
      (element.getAttribute('aria-label') ?? element.textContent?.trim()) === name,
  );
  if (!found) {
    throw new Error(`there is no control called "${name}"`);
  }
  return found as Found;
}

/** Types into a native field. */
export function typeInto(field: HTMLInputElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new CustomEvent('input'));
  field.dispatchEvent(new CustomEvent('change'));
}
