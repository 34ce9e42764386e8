import type { Clock } from '../../domain/values/clock.ts';
import type { CrmSettings, FieldAccess } from '../../ports/crm/crm.ts';
import type { PersonRights } from '../../ports/crm/person-rights.ts';
import type { Descriptions } from './descriptions.ts';
import { permissionQueries, readFieldAccess } from './field-access.ts';
import { toMapping, toPolicy } from './mapping.ts';
import type { Namespace } from './namespace.ts';
import type { OrgReader } from './org-reader.ts';
import { readPersonRights } from './person-rights.ts';
import { mappingQuery, policiesQuery } from './queries.ts';
import { Remembered } from './remembered.ts';

/** People whose field security and rights are remembered at a time. */
const rememberedPeople = 1_000;

/** What changes slowly, remembered: mapping and policies, what people see of fields, and what they may do. */
export class SettingsReader {
  readonly #org: OrgReader;
  readonly #namespace: Namespace;
  readonly #clock: Clock;
  readonly #descriptions: Descriptions;
  readonly #access: Remembered<FieldAccess>;
  readonly #people: Remembered<PersonRights | null>;
  #settings: CrmSettings | null = null;

  constructor(org: OrgReader, namespace: Namespace, clock: Clock, descriptions: Descriptions) {
    this.#org = org;
    this.#namespace = namespace;
    this.#clock = clock;
    this.#descriptions = descriptions;
    const now = (): number => Date.parse(clock.now());
    this.#access = new Remembered(rememberedPeople, now);
    this.#people = new Remembered(rememberedPeople, now);
  }

  async settings(maxAgeMs: number): Promise<CrmSettings> {
    const known = this.#settings;
    if (known && Date.parse(this.#clock.now()) - Date.parse(known.readAt) <= maxAgeMs) return known;
    const readAt = this.#clock.now();
    const { mapping, policies } = await this.#org.together({
      mapping: mappingQuery(this.#namespace),
      policies: policiesQuery(this.#namespace),
    });
    const settings: CrmSettings = { readAt, ...toMapping(mapping), policies: policies.map(toPolicy) };
    this.#settings = settings;
    return settings;
  }

  fieldAccess(userId: string, paths: readonly string[], maxAgeMs: number): Promise<FieldAccess> {
    return this.#access.get(`${userId} ${paths.join(' ')}`, maxAgeMs, () =>
      readFieldAccess(paths, this.#clock.now(), this.#descriptions, (objects) =>
        this.#org.together(permissionQueries(userId, objects)),
      ),
    );
  }

  person(userId: string, maxAgeMs: number): Promise<PersonRights | null> {
    return this.#people.get(userId, maxAgeMs, () => readPersonRights(this.#org, this.#namespace, userId));
  }

  forget(): void {
    this.#settings = null;
    this.#access.forget();
    this.#people.forget();
  }
}
