import { jest } from '@jest/globals';
import { gql, graphql } from 'lightning/graphql';

interface Config {
  query?: string;
  variables?: Record<string, unknown>;
}
interface GraphqlStub {
  emit(data: unknown, filter?: (config: Config) => boolean, refresh?: () => Promise<unknown>): void;
  emitErrors(errors: unknown, filter?: (config: Config) => boolean): void;
}
const stub = graphql as unknown as GraphqlStub;

/** Lets queries be texts in a test, so that each answer finds the wire that asked; call it before each test. */
export function queriesAreTexts(): void {
  (gql as unknown as jest.Mock<(strings: TemplateStringsArray, ...values: unknown[]) => string>).mockImplementation(
    (strings, ...values) => String.raw({ raw: strings }, ...values).trim(),
  );
}

const asks =
  (name: string) =>
  ({ query }: Config): boolean =>
    typeof query === 'string' && query.startsWith(`query ${name}`);

/**
 * Answers the query of a name; `rows` are records by the alias of their connection and the names of their fields. Where a
 * list goes on, `extents` says how many there are in all.
 */
export function answerQuery(
  name: string,
  rows: Record<string, Record<string, unknown>[]>,
  refresh?: () => Promise<unknown>,
  extents: Record<string, number> = {},
): void {
  const query = Object.entries(rows).map(([alias, records]) => {
    const totalCount = extents[alias] ?? records.length;
    const pageInfo = { hasNextPage: totalCount > records.length, endCursor: `after ${String(records.at(-1)?.id)}` };
    return [alias, { totalCount, pageInfo, edges: records.map((record) => ({ node: nodeOf(record) })) }];
  });
  stub.emit({ uiapi: { query: Object.fromEntries(query) } }, asks(name), refresh);
}

/** Answers the query of a name where it asks about a record, with that record alone. */
export function answerAbout(name: string, record: Record<string, unknown>): void {
  const rows = { partners: { edges: [{ node: nodeOf(record) }] } };
  stub.emit({ uiapi: { query: rows } }, (config) => asks(name)(config) && config.variables?.recordId === record.id);
}

/** Fails the query of a name. */
export function failQuery(name: string, message: string): void {
  stub.emitErrors([{ message }], asks(name));
}

function nodeOf({ id, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return { Id: id, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])) };
}

/** Lets wires take their configuration and the page draw itself. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    // Each turn needs the one before it: this is waiting.
    // eslint-disable-next-line no-await-in-loop
    await Promise.resolve();
  }
}

/** Waits until a condition holds, by letting the page settle again and again; fails when it never does. */
export async function seen<Found>(look: () => Found | null | undefined | false | ''): Promise<Found> {
  for (let turn = 0; turn < 50; turn += 1) {
    const found = look();
    if (found) {
      return found;
    }
    // Each turn needs the one before it: this is waiting.
    // eslint-disable-next-line no-await-in-loop
    await Promise.resolve();
  }
  const page = [...document.body.children].map(words).join('\n');
  throw new Error(`what the test waits for was never seen; the page says: ${page}`);
}

/** Every element below a component, through the shadow roots of its children, as a person sees the page. */
export function everything(root: Element | ShadowRoot): Element[] {
  const inside = [...root.querySelectorAll('*')];
  const shadow = root instanceof Element && root.shadowRoot ? everything(root.shadowRoot) : [];
  return [
    ...shadow,
    ...inside.flatMap((element) => [element, ...(element.shadowRoot ? everything(element.shadowRoot) : [])]),
  ];
}

/** The words on the page: text, and the labels that base components are given. */
export function words(root: Element): string {
  return everything(root)
    .flatMap((element) => {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const given = element.tagName.startsWith('LIGHTNING-') ? givenWords(element) : [];
      return [...own.map((node) => node.textContent ?? ''), ...given.filter((text) => typeof text === 'string')];
    })
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' | ');
}

function givenWords(element: Element): unknown[] {
  const { label, title } = element as Element & { label?: unknown; title?: unknown };
  return [label, title];
}

/** The first element with a tag name below a component, at any depth. */
export function find<Found extends Element = HTMLElement>(root: Element, tag: string): Found | undefined {
  return everything(root).find((element) => element.tagName === tag.toUpperCase()) as Found | undefined;
}

/** The base button with a label. */
export function button(root: Element, label: string): (HTMLElement & { disabled: boolean }) | undefined {
  return everything(root).find(
    (element) => element.tagName === 'LIGHTNING-BUTTON' && (element as Element & { label?: string }).label === label,
  ) as (HTMLElement & { disabled: boolean }) | undefined;
}
