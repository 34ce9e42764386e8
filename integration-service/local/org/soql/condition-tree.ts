import type {
  Condition,
  HavingClause,
  LogicalOperator,
  ValueQueryCondition,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { malformed } from './errors.ts';

/** A WHERE or HAVING clause as a tree. The parser gives a right-nested list with counted brackets; this is what it means. */
export type ConditionTree =
  | { readonly kind: 'condition'; readonly condition: Condition | ValueQueryCondition }
  | { readonly kind: 'not'; readonly operand: ConditionTree }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ConditionTree[] };

type Token = '(' | ')' | LogicalOperator | { readonly condition: Condition | ValueQueryCondition };

/** Builds the tree. AND and OR on one level without brackets are refused, as the org refuses them. */
export const conditionTree = (clause: WhereClause | HavingClause): ConditionTree => {
  const tokens = tokensOf(clause);
  let position = 0;

  const expression = (): ConditionTree => {
    const operands = [operand()];
    let operator: Token | undefined;
    for (let next = tokens[position]; next === 'AND' || next === 'OR'; next = tokens[position]) {
      if (operator !== undefined && operator !== next) throw malformed(`unexpected token: '${next}'`);
      operator = next;
      position += 1;
      operands.push(operand());
    }
    const [only] = operands;
    if (operands.length === 1 && only !== undefined) return only;
    return { kind: operator === 'AND' ? 'and' : 'or', operands };
  };

  const operand = (): ConditionTree => {
    const token = tokens[position];
    position += 1;
    if (token === 'NOT') return { kind: 'not', operand: operand() };
    if (token === '(') {
      const inner = expression();
      if (tokens[position] !== ')') throw malformed("expecting a right parentheses, found 'end of query'");
      position += 1;
      return inner;
    }
    if (typeof token === 'object') return { kind: 'condition', condition: token.condition };
    throw malformed(`unexpected token: '${token ?? 'end of query'}'`);
  };

  const tree = expression();
  if (position !== tokens.length) throw malformed(`unexpected token: '${String(tokens[position])}'`);
  return tree;
};

const tokensOf = (clause: WhereClause | HavingClause): Token[] => {
  const tokens: Token[] = [];
  const brackets = (kind: '(' | ')', count: number | undefined): void => {
    for (let number = 0; number < (count ?? 0); number += 1) tokens.push(kind);
  };
  for (let rest: WhereClause | HavingClause | undefined = clause; rest !== undefined;) {
    const left = rest.left;
    if (left !== null) {
      brackets('(', left.openParen);
      if ('operator' in left) {
        tokens.push({ condition: left as Condition | ValueQueryCondition });
        brackets(')', 'closeParen' in left ? left.closeParen : undefined);
      }
    }
    if (!('operator' in rest)) break;
    tokens.push(rest.operator);
    rest = rest.right;
  }
  return tokens;
};
