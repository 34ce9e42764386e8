/** Names of ours, as they stand in source: objects with these names and all their fields belong to the package. */
const packageObjects = [
  'Request__c',
  'Partner__c',
  'PartnerGrant__c',
  'ServiceHeartbeat__c',
  'GuardrailPolicy__c',
  'FunctionMode__c',
  'FieldMapping__c',
  'Referral__c',
  'ReferralValue__c',
  'DealScore__c',
  'ControlSwitch__c',
  'FunctionControl__c',
  'RolloutPhase__c',
  'Agent__c',
  'Decision__c',
  'Approval__c',
  'Dispute__c',
  'BoundaryProposal__c',
  'LanguageMaterial__c',
  'Intervention__c',
  'ScoreModel__c',
  'TelemetryInsight__c',
] as const;

/** Fields that the package adds to standard objects; any other custom field there is the customer's own. */
const fieldsOnStandardObjects = new Set([
  'TandemTracked__c',
  'P2bScore__c',
  'P2bBand__c',
  'P2bReasons__c',
  'P2bScoredAt__c',
  'CustomerProblem__c',
  'UseCase__c',
  'DeliveryModel__c',
  'PartnerNeeds__c',
  'PartnerMonthlySpend__c',
  'PartnerSolution__c',
]);

const standardObjects = new Set(['Opportunity', 'Account', 'Contact', 'User', 'Lead', 'Product2']);

/**
 * Names as this org knows them. Installed as a managed package everything of ours becomes `ns__…`; code and data of ours
 * never carry the prefix, so it is put on when writing and taken off when reading.
 */
export class Namespace {
  /** Without underscores; empty in an org where the package is plain source. */
  readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** Finds the prefix among the names of an org's objects. Throws when the package is not there at all. */
  static learn(objectNames: readonly string[]): Namespace {
    const names = new Set(objectNames);
    const prefixes = objectNames
      .filter((name) => name.endsWith('PartnerGrant__c'))
      .map((name) => name.slice(0, -'PartnerGrant__c'.length))
      .filter((prefix) => names.has(`${prefix}Referral__c`) && names.has(`${prefix}Request__c`));
    const [prefix] = prefixes.sort((left, right) => right.length - left.length);
    if (prefix === undefined)
      throw new Error(
        'This org has no Tandem objects that the integration user may see: install the package, and assign the permission set Tandem Integration.',
      );
    return new Namespace(prefix.replace(/__$/, ''));
  }

  /** `Referral__c` → `ns__Referral__c`; also channels, change events and share rows. */
  object(name: string): string {
    const plain = name.replace(/__(ChangeEvent|Share)$/, '__c');
    const ours = packageObjects.some((one) => plain === one);
    return this.prefix && (ours || name.endsWith('__chn')) ? `${this.prefix}__${name}` : name;
  }

  /** A field or relationship of one object: `UseCase__c` of Opportunity is ours, `Their__c` is not. */
  field(object: string, name: string): string {
    if (!this.prefix) return name;
    const custom = name.endsWith('__c') || name.endsWith('__r');
    const ours = standardObjects.has(object) ? fieldsOnStandardObjects.has(name) : custom;
    return ours ? `${this.prefix}__${name}` : name;
  }

  /** Whether a custom field of a standard object, named as the org names it, is the package's; else it is the company's own. */
  owns(name: string): boolean {
    return this.prefix ? name.startsWith(`${this.prefix}__`) : fieldsOnStandardObjects.has(name);
  }

  /** A child relationship in a query: `Grants` → `ns__Grants__r`. */
  children(name: string): string {
    return this.prefix ? `${this.prefix}__${name}__r` : `${name}__r`;
  }

  /** Takes the prefix off a name that the org said. */
  plain(name: string): string {
    return this.prefix && name.startsWith(`${this.prefix}__`) ? name.slice(this.prefix.length + 2) : name;
  }

  /** Takes the prefix off every key of an answer, at every depth, and the `attributes` with it. */
  strip(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((member) => this.strip(member));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== 'attributes')
        .map(([key, member]) => [this.plain(key), this.strip(member)]),
    );
  }
}
