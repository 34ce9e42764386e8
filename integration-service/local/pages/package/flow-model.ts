/** A flow as its metadata describes it, element by element; what runs it decides what it understands. */
export interface FlowModel {
  name: string;
  label: string;
  processType: string;
  /** Variables, with what a caller may set. */
  variables: { name: string; dataType: string; isCollection: boolean; isInput: boolean; isOutput: boolean }[];
  start: string | null;
  elements: Record<string, FlowElement>;
}

/** One element of a flow: its kind is the metadata's own tag name (`screens`, `recordCreates`, `loops`, …). */
export interface FlowElement {
  kind: string;
  name: string;
  label: string;
  next: string | null;
  xml: Record<string, unknown>;
}
