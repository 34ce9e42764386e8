import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Person, VisibleObject } from '../browser/data/page-context.ts';

/** The org's answer to a local sign-in. */
const signedIn = z.object({ access_token: z.string().min(1) });

const organizationUser = z.object({
  records: z
    .array(z.object({ Id: z.string(), TimeZoneSidKey: z.string().nullish(), LocaleSidKey: z.string().nullish() }))
    .length(1),
});

const assignedSets = z.object({ records: z.array(z.object({ PermissionSet: z.object({ Name: z.string() }) })) });

const describedObject = z.object({
  apiName: z.string(),
  label: z.string(),
  labelPlural: z.string(),
  keyPrefix: z.string().nullish(),
  queryable: z.boolean(),
});

/** A browser that is signed in to the org as somebody. */
export interface Session {
  person: Person;
  userId: string;
  timeZone: string;
  locale: string;
  /** The package's objects that the person may see, by name. */
  objects: Record<string, VisibleObject>;
  /** Names of the permission sets the person has: they decide which of the package's tabs are shown. */
  permissionSets: string[];
  /** The org's access token; it never leaves this process. */
  token: string;
}

/** Somebody these pages were not given. */
export class UnknownPerson extends Error {
  constructor(username: string) {
    super(`${username} is not one of the people these pages know.`);
  }
}

/** The sessions of all browsers, by the random word in their cookie. */
export class Sessions {
  readonly #orgUrl: string;
  readonly #apiVersion: string;
  readonly #people: readonly Person[];
  readonly #objects: readonly string[];
  readonly #sessions = new Map<string, Session>();

  constructor(orgUrl: string, apiVersion: string, people: readonly Person[], objects: readonly string[]) {
    this.#orgUrl = orgUrl;
    this.#apiVersion = apiVersion;
    this.#people = people;
    this.#objects = objects;
  }

  /** The session of a cookie's word. */
  find(key: string | undefined): Session | undefined {
    return key === undefined ? undefined : this.#sessions.get(key);
  }

  /** Signs in as a sample person (the first of them unless named) and returns the word for the cookie. */
  async open(username?: string): Promise<{ key: string; session: Session }> {
    const person = username === undefined ? this.#people[0] : this.#people.find((known) => known.username === username);
    if (person === undefined) throw new UnknownPerson(username ?? 'Nobody');
    const session = await this.#signIn(person);
    const key = randomBytes(24).toString('base64url');
    this.#sessions.set(key, session);
    return { key, session };
  }

  /** Forgets a session, when its browser becomes somebody else. */
  close(key: string): void {
    this.#sessions.delete(key);
  }

  /** Signs in again after the org has ended a session; the answer that said so did nothing, so the call may be repeated. */
  async renew(session: Session): Promise<void> {
    Object.assign(session, await this.#signIn(session.person));
  }

  async #signIn(person: Person): Promise<Session> {
    const response = await fetch(`${this.#orgUrl}/local/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: person.username }),
    });
    if (!response.ok) {
      throw new Error(`The org refused to sign in ${person.username} (${response.status}): ${await response.text()}`);
    }
    const { access_token: token } = signedIn.parse(await response.json());
    const soql = `SELECT Id, TimeZoneSidKey, LocaleSidKey FROM User WHERE Username = '${person.username}'`;
    const answer = await this.#get(token, `query?${new URLSearchParams({ q: soql }).toString()}`);
    const [user] = organizationUser.parse(await answer.json()).records;
    return {
      person,
      userId: user?.Id ?? '',
      timeZone: user?.TimeZoneSidKey ?? 'America/Los_Angeles',
      locale: (user?.LocaleSidKey ?? 'en_US').replace('_', '-'),
      objects: await this.#visibleObjects(token),
      permissionSets: await this.#permissionSets(token, person),
      token,
    };
  }

  async #permissionSets(token: string, person: Person): Promise<string[]> {
    const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = '${person.username}'`;
    const answer = await this.#get(token, `query?${new URLSearchParams({ q: soql }).toString()}`);
    return answer.ok ? assignedSets.parse(await answer.json()).records.map((row) => row.PermissionSet.Name) : [];
  }

  async #visibleObjects(token: string): Promise<Record<string, VisibleObject>> {
    const described = await Promise.all(
      this.#objects.map(async (name) => {
        const answer = await this.#get(token, `ui-api/object-info/${name}`);
        if (!answer.ok) return [];
        const { apiName, label, labelPlural, keyPrefix, queryable } = describedObject.parse(await answer.json());
        return queryable ? [[apiName, { label, labelPlural, keyPrefix: keyPrefix ?? '' }] as const] : [];
      }),
    );
    return Object.fromEntries(described.flat());
  }

  #get(token: string, path: string): Promise<Response> {
    const headers = { authorization: `Bearer ${token}` };
    return fetch(`${this.#orgUrl}/services/data/v${this.#apiVersion}/${path}`, { headers });
  }
}
