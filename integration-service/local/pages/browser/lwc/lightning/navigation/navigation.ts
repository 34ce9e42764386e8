import { addressOf, currentPlace, followPlace, goTo, type PageReference } from '../../../data/router.ts';
import { deepFreeze } from '../../../data/freeze.ts';

const navigate = Symbol('Navigate');
const generateUrl = Symbol('GenerateUrl');

type Place = Partial<PageReference> & { type: string };
// TypeScript asks for exactly this shape of a mixin's base.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Constructor = abstract new (...parameters: any[]) => object;

const mixin = <Base extends Constructor>(base: Base) => {
  abstract class WithNavigation extends base {
    /** Goes to the place, as a link would. */
    [navigate](place: Place, replace = false): void {
      goTo(place, { replace });
    }

    /** The address of the place. */
    [generateUrl](place: Place): Promise<string> {
      return Promise.resolve(addressOf(place));
    }
  }
  return WithNavigation;
};

/** Gives a component `this[NavigationMixin.Navigate]` and `this[NavigationMixin.GenerateUrl]`. */
export const NavigationMixin = Object.assign(mixin, { Navigate: navigate, GenerateUrl: generateUrl });

/** Wire adapter: where the reader is. */
export class CurrentPageReference {
  readonly #emit: (place: PageReference) => void;
  #stop: (() => void) | undefined;

  constructor(emit: (place: PageReference | undefined) => void) {
    this.#emit = emit;
    emit(undefined);
  }

  connect(): void {
    this.#emit(deepFreeze(currentPlace()));
    this.#stop = followPlace((place) => this.#emit(deepFreeze(place)));
  }

  update(): void {
    // It takes no configuration.
  }

  disconnect(): void {
    this.#stop?.();
  }
}
