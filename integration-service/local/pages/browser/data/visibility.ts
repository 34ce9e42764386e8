import type { PageNode } from '../../package/page-model.ts';
import type { RecordRepresentation } from './records.ts';

type Condition = PageNode['when'][number];

/** What visibility rules may ask about. */
interface Facts {
  record: RecordRepresentation | undefined;
  formFactor: string;
}

const recordField = /^\{!Record\.(\w+)\}$/;

/** Names of the record fields that visibility rules of these components read. */
export const recordFields = (nodes: readonly PageNode[]): string[] => [
  ...new Set(nodes.flatMap((node) => node.when.flatMap(({ left }) => recordField.exec(left)?.[1] ?? []))),
];

const leftValue = (left: string, { record, formFactor }: Facts): string => {
  const field = recordField.exec(left)?.[1];
  if (field !== undefined) return String(record?.fields[field]?.value ?? '');
  if (left === '{!$Client.FormFactor}') return formFactor;
  throw new Error(`A visibility rule reads ${left}, which the local record pages do not know.`);
};

/** True where one condition of a visibility rule holds. A rule that these pages do not know is an error, not a guess. */
export const holds = ({ left, operator, right }: Condition, facts: Facts): boolean => {
  const value = leftValue(left, facts);
  switch (operator) {
    case 'EQUAL':
      return value === right;
    case 'NE':
      return value !== right;
    case 'CONTAINS':
      return value.includes(right);
    case 'GT':
      return Number(value) > Number(right);
    case 'GE':
      return Number(value) >= Number(right);
    case 'LT':
      return Number(value) < Number(right);
    case 'LE':
      return Number(value) <= Number(right);
    default:
      throw new Error(`A visibility rule compares with ${operator}, which the local record pages do not know.`);
  }
};
