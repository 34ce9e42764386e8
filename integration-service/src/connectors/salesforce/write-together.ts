import type { TogetherOptions } from '../../domain/values/together.ts';
import type { SalesforceClient, Subrequest } from './client.ts';
import { aboutTheQuestion } from './context-reader.ts';

export type CompositeAnswers = ReadonlyMap<string, { readonly status: number; readonly body: unknown }>;

/** A composite takes 25 subrequests, five of which may be collections, and the values of each write are one. */
export const writingTogether: TogetherOptions = { most: 5, room: 25, lanes: 3, spoils: aboutTheQuestion };

/**
 * Writes of several referrals in one API call, each with its own answers. Every subrequest is a transaction of its own
 * (`allOrNone` false), so one that is refused takes no other along; only what refers to it is not done either.
 */
export const writeTogether = async (
  client: Pick<SalesforceClient, 'composite'>,
  writes: readonly (readonly Subrequest[])[],
): Promise<readonly CompositeAnswers[]> => {
  const [only] = writes;
  if (only && writes.length === 1) return [await client.composite(only, false)];
  const answers = await client.composite(
    writes.flatMap((write, index) => write.map((subrequest) => inGroup(subrequest, index))),
    false,
  );
  return writes.map(
    (write, index) =>
      new Map(
        write.flatMap(({ referenceId }) => {
          const answer = answers.get(named(referenceId, index));
          return answer ? [[referenceId, answer] as const] : [];
        }),
      ),
  );
};

const named = (referenceId: string, index: number): string => `w${index}${referenceId}`;

/** Names are unique within a composite, so those of each write get its number, where they are said and where they are used. */
const inGroup = ({ referenceId, body, ...rest }: Subrequest, index: number): Subrequest => ({
  ...rest,
  referenceId: named(referenceId, index),
  ...(body === undefined ? {} : { body: referringTo(body, index) }),
});

const reference = /^@\{(\w+)((?:\.\w+)*)\}$/;

const referringTo = (body: unknown, index: number): unknown => {
  if (typeof body === 'string')
    return body.replace(reference, (_all, name: string, path: string) => `@{w${index}${name}${path}}`);
  if (Array.isArray(body)) return body.map((member) => referringTo(member, index));
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(Object.entries(body).map(([name, member]) => [name, referringTo(member, index)]));
};
