import type { Json } from '../../domain/values/json.ts';

/** Plain data with some places changed. The original stays as it is; what leads to a changed place is copied once. */
export class EditedJson {
  #root: Json;
  readonly #copied = new Set<Json>();

  constructor(original: Json) {
    this.#root = original;
  }

  get value(): Json {
    return this.#root;
  }

  /** The value at a dotted path (`disclosed.3.value`); undefined when it leads nowhere. */
  at(path: string): Json | undefined {
    let place: Json | undefined = this.#root;
    for (const step of path.split('.')) place = memberOf(place, step);
    return place;
  }

  /** Puts a value in the place of the one that is there. */
  put(path: string, value: Json): void {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    this.#root = this.#own(this.#root);
    let holder = this.#root as Record<string, Json>;
    for (const step of steps) {
      holder[step] = this.#own(holder[step] ?? null);
      holder = holder[step] as Record<string, Json>;
    }
    holder[last] = value;
  }

  #own(value: Json): Json {
    if (value === null || typeof value !== 'object' || this.#copied.has(value)) return value;
    const copy = Array.isArray(value) ? [...(value as readonly Json[])] : { ...value };
    this.#copied.add(copy);
    return copy;
  }
}

const memberOf = (value: Json | undefined, step: string): Json | undefined =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, step)
    ? (value as { readonly [key: string]: Json })[step]
    : undefined;
