/** A value in a flow: written down, or what a variable, element or formula holds (`Get_Partner.Name`). */
export type FlowValue = { literal: string | number | boolean } | { reference: string };

/** One comparison of a decision or a query's filter. */
export interface FlowCondition {
  left: string;
  operator: string;
  right: FlowValue;
}

/** A field on a screen: words, or a choice among records. */
export interface FlowScreenField {
  name: string;
  kind: 'words' | 'choice';
  text: string;
  required: boolean;
  choiceSets: string[];
}

/** Where a flow goes on; null where it ends. */
type Next = string | null;

/** One element of a flow. Only these kinds are understood; a flow with any other is refused when it is read. */
export type FlowStep =
  | { kind: 'assignment'; items: { to: string; operator: string; value: FlowValue }[]; next: Next }
  | { kind: 'decision'; rules: { conditions: FlowCondition[]; next: Next }[]; otherwise: Next }
  | { kind: 'loop'; collection: string; descending: boolean; each: Next; after: Next }
  | {
      kind: 'lookup';
      object: string;
      filters: FlowCondition[];
      fields: string[];
      firstOnly: boolean;
      orderBy: string;
      next: Next;
      fault: Next;
    }
  | { kind: 'create'; input: string; next: Next; fault: Next }
  | { kind: 'screen'; label: string; fields: FlowScreenField[]; allowBack: boolean; button: string; next: Next }
  | { kind: 'subflow'; flow: string; inputs: { name: string; value: FlowValue }[]; next: Next };

/** Records among which a screen lets one choose. */
export interface FlowChoiceSet {
  object: string;
  display: string;
  value: string;
  filters: FlowCondition[];
  orderBy: string;
}

/** A variable of a flow. */
export interface FlowVariable {
  name: string;
  /** Its record type; null for plain values. */
  object: string | null;
  isCollection: boolean;
  isInput: boolean;
  isOutput: boolean;
  initial: FlowValue | null;
}

/** A flow as its metadata describes it. */
export interface FlowModel {
  name: string;
  label: string;
  hasScreens: boolean;
  start: Next;
  variables: FlowVariable[];
  formulas: Record<string, string>;
  choiceSets: Record<string, FlowChoiceSet>;
  steps: Record<string, FlowStep>;
}
