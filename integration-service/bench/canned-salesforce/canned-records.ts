import { accessTo, dealOf, idOf, organization, readableObjects, requestOf, type Row, userId } from './canned-rows.ts';

/** Objects whose rows the service seeds at its start and reads back; everything else is answered from nothing. */
const seeded = new Set(['Partner__c', 'PartnerGrant__c', 'FunctionMode__c', 'GuardrailPolicy__c', 'FieldMapping__c']);

const ourObjects = ['Request__c', 'Referral__c', 'ReferralValue__c', 'ServiceHeartbeat__c', 'DealScore__c', ...seeded];

/** What the canned org keeps: the seeded rows, and of each request and referral no more than is under way. */
export class CannedRecords {
  readonly objectNames: readonly string[] = ['Account', 'Opportunity', 'Contact', ...ourObjects];
  readonly #seeded = new Map<string, Map<string, Row>>();
  readonly #requests = new Map<string, Row>();
  /** By deal: how far the referral of a click is. A baseline's calls, which no click asked for, are not counted. */
  readonly #underWay = new Map<string, { networkId: boolean; submitted: boolean }>();
  readonly #onFiled: () => void;
  #made = 0;

  /** `onFiled` hears of each referral that has come to stand as submitted with its network id. */
  constructor(onFiled: () => void) {
    this.#onFiled = onFiled;
  }

  insertRequest(fields: Row): { readonly id: string; readonly row: Row } {
    const id = idOf('a00', (this.#made += 1));
    const row = requestOf(id, fields);
    if (row.State__c === 'new') {
      this.#requests.set(id, row);
      this.#underWay.set(String(row.Opportunity__c), { networkId: false, submitted: false });
    }
    return { id, row };
  }

  /** A request that is over is forgotten. */
  updateRequest(id: string, fields: Row): void {
    if (fields.State__c === 'done' || fields.State__c === 'refused') this.#requests.delete(id);
  }

  /** Makes or changes a row by its `Key__c`; only a referral's two facts and seeded rows are kept. */
  upsert(object: string, key: string, fields: Row): string {
    if (object === 'Referral__c') return this.#referral(key, fields);
    const id = idOf('a01', (this.#made += 1));
    if (seeded.has(object)) {
      const rows = this.#seeded.get(object) ?? new Map<string, Row>();
      this.#seeded.set(object, rows.set(key, { Id: id, ...fields, Key__c: key, LastModifiedById: userId }));
    }
    return id;
  }

  /** Rows for a query, told by its object and the id it names: the shape of the answer, not its search. */
  query(soql: string): readonly Row[] {
    const withoutChildren = soql.replace(/\(SELECT.*?\bFROM\b[^()]*\)/g, '');
    const object = /\bFROM (\w+)/.exec(withoutChildren)?.[1] ?? '';
    const ids = namedIds(withoutChildren);
    switch (object) {
      case 'Organization':
        return [organization];
      case 'Opportunity':
        return ids.map(dealOf);
      case 'ObjectPermissions':
        return readableObjects;
      case 'UserRecordAccess':
        return ids.map(accessTo);
      case 'Request__c':
        return ids.flatMap((id): readonly Row[] => {
          const row = this.#requests.get(id);
          return row ? [row] : [];
        });
      case 'Partner__c':
        return this.#rows('Partner__c').map((row) => ({
          ...row,
          Grants__r: children(this.#rows('PartnerGrant__c')),
          Modes__r: children(this.#rows('FunctionMode__c')),
        }));
      default:
        return this.#rows(object);
    }
  }

  #rows(object: string): readonly Row[] {
    return [...(this.#seeded.get(object)?.values() ?? [])];
  }

  #referral(key: string, fields: Row): string {
    const deal = key.split(':')[0] ?? '';
    const referral = this.#underWay.get(deal);
    if (referral) {
      referral.networkId ||= typeof fields.NetworkId__c === 'string';
      referral.submitted ||= fields.State__c === 'submitted';
      if (referral.networkId && referral.submitted) {
        this.#underWay.delete(deal);
        this.#onFiled();
      }
    }
    return idOf('a02', (this.#made += 1));
  }
}

/** The records that a query names, one (`Id = '…'`) or several (`Id IN ('…', '…')`). */
const namedIds = (soql: string): readonly string[] => {
  const named = /\b(?:Id|RecordId) (?:= |IN \()((?:'\w+'(?:, )?)+)/.exec(soql)?.[1] ?? '';
  return [...named.matchAll(/'(\w+)'/g)].map(([, id = '']) => id);
};

const children = (rows: readonly Row[]) => ({ totalSize: rows.length, done: true, records: rows });
