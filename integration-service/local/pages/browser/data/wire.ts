import { deepFreeze } from './freeze.ts';
import type { LdsError } from './http.ts';

/** What a wire hands to its component. */
export interface Provision<Data> {
  data: Data | undefined;
  error: LdsError | undefined;
}

/** How one adapter answers one configuration: it calls `emit` as often as there is news, until it is told to stop. */
export type Source<Config, Data> = (
  config: Config,
  emit: { data: (data: Data) => void; error: (error: LdsError) => void },
) => () => void;

interface WireAdapter<Config> {
  connect(): void;
  update(config: Config): void;
  disconnect(): void;
}

type Emit<Data> = (value: Provision<Data>) => void;

/**
 * A wire adapter in the platform's manner: nothing is asked until every required key has a value; a new configuration
 * clears what was shown; a late answer to an older one is dropped; data is frozen.
 */
export const defineWire = <Config extends object, Data>(
  required: readonly (keyof Config & string)[],
  source: Source<Config, Data>,
): new (emit: Emit<Data>) => WireAdapter<Config> =>
  class {
    readonly #emit: Emit<Data>;
    #config: Config | undefined;
    #connected = false;
    #stop: (() => void) | undefined;

    constructor(emit: Emit<Data>) {
      this.#emit = emit;
      emit({ data: undefined, error: undefined });
    }

    connect(): void {
      this.#connected = true;
      this.#start();
    }

    update(config: Config): void {
      if (JSON.stringify(config) === JSON.stringify(this.#config)) return;
      this.#config = config;
      this.#start();
    }

    disconnect(): void {
      this.#connected = false;
      this.#stop?.();
      this.#stop = undefined;
    }

    #start(): void {
      this.#stop?.();
      this.#stop = undefined;
      const config = this.#config;
      if (!this.#connected || config === undefined) return;
      if (required.some((key) => config[key] === undefined || config[key] === null)) return;
      let current = true;
      const guard = (emitNow: () => void): void => {
        if (current) emitNow();
      };
      const stop = source(config, {
        data: (data) => guard(() => this.#emit({ data: deepFreeze(data), error: undefined })),
        error: (error) => guard(() => this.#emit({ data: undefined, error })),
      });
      this.#stop = () => {
        current = false;
        stop();
      };
    }
  };

/** A source that asks once and never again: object infos, picklists, list infos. */
export const askOnce =
  <Config, Data>(ask: (config: Config) => Promise<Data>): Source<Config, Data> =>
  (config, emit) => {
    ask(config).then(emit.data, emit.error);
    return () => undefined;
  };

/** A field as components pass it: its name, or what `@salesforce/schema` exports. */
export type FieldReference = string | { fieldApiName: string; objectApiName: string };

/** `Object.Field.Path` of a field reference. */
export const fieldName = (field: FieldReference): string =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;

/** The object's name of an object reference. */
export const objectName = (object: string | { objectApiName: string }): string =>
  typeof object === 'string' ? object : object.objectApiName;

/** One field reference or several, as sorted `Object.Field` names. */
export const fieldNames = (fields: FieldReference | readonly FieldReference[] | undefined): string[] => {
  if (fields === undefined) return [];
  const list = Array.isArray(fields) ? (fields as readonly FieldReference[]) : [fields as FieldReference];
  return [...new Set(list.map(fieldName))].sort();
};
