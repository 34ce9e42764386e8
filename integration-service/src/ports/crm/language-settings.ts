/** A version of an approved, proposed or withdrawn text, as its record stands (`LanguageMaterial__c`). */
export interface CrmMaterial {
  /** `value-proposition:fast-setup:v2`. */
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  /** JSON in the form of its kind (`domain/language/material-record.ts`). */
  readonly body: string;
  readonly status: 'proposed' | 'approved' | 'withdrawn';
  readonly version: number;
  /** Key of the partner that it is for; null: for all. */
  readonly partner: string | null;
  /** Name of who approved it; null: it came with Tandem. */
  readonly approver: string | null;
  /** Id of the user who wrote the record last: only the service writes it, so anybody else went past the door. */
  readonly modifiedById: string;
}

/** What texts to partners are judged by. */
export interface LanguageSettings {
  /** The company's own name. */
  readonly company: string;
  /** Names of companies with a deal that was won, the latest first, as many as are looked at. */
  readonly otherCustomers: readonly string[];
  readonly materials: readonly CrmMaterial[];
}
