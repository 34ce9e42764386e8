export type FieldValue = string | number | boolean | null;

/** Fields of a record, in our nouns; what is not given is left as it is. */
export type ReferralFields = Readonly<Record<string, FieldValue>>;
