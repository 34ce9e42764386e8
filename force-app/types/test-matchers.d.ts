/** `expect(element).toBeAccessible()` from @sa11y/jest, for the tests' own type check. */
import 'expect';

declare module 'expect' {
  interface Matchers<R> {
    toBeAccessible(): Promise<R>;
  }
}
