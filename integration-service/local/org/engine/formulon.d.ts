/** The part of formulon that we use; it ships no types. */
declare module 'formulon' {
  interface Result {
    readonly type: 'literal' | 'error';
    readonly dataType?: string;
    readonly value?: unknown;
    readonly message?: string;
  }
  const formulon: {
    parse(formula: string, substitutions?: Readonly<Record<string, unknown>>): Result;
    extract(formula: string): string[];
  };
  export default formulon;
}
