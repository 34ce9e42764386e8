/** The part of formulon that we use; it ships no types. */
declare module 'formulon' {
  interface Result {
    readonly type: 'literal' | 'error';
    readonly dataType?: string;
    readonly value?: unknown;
    readonly message?: string;
  }
  /** A node of a parsed formula. */
  export interface FormulaNode {
    readonly type?: string;
    /** Function name in lower case. */
    readonly id?: string;
    /** Identifier name. */
    readonly name?: string;
    readonly arguments?: readonly FormulaNode[];
  }
  const formulon: {
    ast(formula: string): FormulaNode;
    parse(formula: string, substitutions?: Readonly<Record<string, unknown>>): Result;
    extract(formula: string): string[];
  };
  export default formulon;
}
