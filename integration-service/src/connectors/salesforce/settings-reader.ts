import type { Clock } from '../../domain/values/clock.ts';
import type { CrmSettings, FieldAccess } from '../../ports/crm/crm.ts';
import type { PersonRights } from '../../ports/crm/person-rights.ts';
import type { Descriptions } from './descriptions.ts';
import { permissionQueries, readFieldAccess } from './field-access.ts';
import { toMapping, toMaterial, toNames, toPolicy } from './mapping.ts';
import type { Namespace } from './namespace.ts';
import type { OrgReader } from './org-reader.ts';
import { readPersonRights } from './person-rights.ts';
import { companyQuery, customersQuery, mappingQuery, materialsQuery, policiesQuery } from './queries.ts';
import { Remembered } from './remembered.ts';

/** People whose field security and rights are remembered at a time. */
const rememberedPeople = 1_000;

/** Names of customers are many and change seldom. */
const customersMaxAgeMs = 15 * 60_000;

/** What changes slowly, remembered: mapping, policies and material for texts, what people see of fields, and what they may do. */
export class SettingsReader {
  readonly #org: OrgReader;
  readonly #namespace: Namespace;
  readonly #clock: Clock;
  readonly #descriptions: Descriptions;
  readonly #access: Remembered<FieldAccess>;
  readonly #people: Remembered<PersonRights | null>;
  #settings: CrmSettings | null = null;
  #customers: { readonly readAt: string; readonly names: readonly string[] } | null = null;

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
    const customers = this.#customers;
    const young = customers && Date.parse(readAt) - Date.parse(customers.readAt) <= customersMaxAgeMs;
    const queries = {
      mapping: mappingQuery(this.#namespace),
      policies: policiesQuery(this.#namespace),
      materials: materialsQuery(this.#namespace),
      company: companyQuery,
    };
    // An org that refuses these has none of it to judge texts by, and without material the gate is stricter.
    const optional = ['materials', 'company', 'customers'];
    const rows = young
      ? { ...(await this.#org.together(queries, optional)), customers: [] }
      : await this.#org.together({ ...queries, customers: customersQuery }, optional);
    const names = young ? customers.names : toNames(rows.customers);
    if (!young) this.#customers = { readAt, names };
    const settings: CrmSettings = {
      readAt,
      ...toMapping(rows.mapping),
      policies: rows.policies.map(toPolicy),
      language: {
        company: toNames(rows.company)[0] ?? '',
        otherCustomers: names,
        materials: rows.materials.map(toMaterial),
      },
    };
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
