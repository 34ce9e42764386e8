import { z } from 'zod';
import type { Json } from '../../domain/values/json.ts';
import type { CrmRequest } from '../../ports/crm/crm.ts';
import type { Permission, PersonRights } from '../../ports/crm/person-rights.ts';
import type { GovernanceKind, IntelligenceKind } from '../../ports/crm/request-kind.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { HeldWork } from '../workers/held-work.ts';

/** Somebody's wish about what bounds the agents: read, its input of the right form, and its owner known. */
export interface GovernanceAsk<Input = unknown> {
  readonly request: CrmRequest;
  readonly input: Input;
  /** Who asks; active, and with the right that the handler needs. */
  readonly person: PersonRights;
  readonly held: HeldWork;
  readonly org: OrgRuntime;
}

/** What is written on the request, or when to try again. */
export type GovernanceAnswer =
  | {
      readonly state: 'done' | 'refused';
      /** Plain words for who asked. */
      readonly message: string;
      /** At most 131,072 characters as text; the details of one that is longer are left out, and the message says so. */
      readonly result?: Json;
    }
  | { readonly state: 'again'; readonly inMs: number; readonly note: string };

/**
 * What one kind of request does. A worker may die between what it does and the answer, and then it is asked again: done
 * twice it must come to the same as done once.
 */
export interface GovernanceHandler<Input = unknown> {
  readonly kind: GovernanceKind | IntelligenceKind;
  /** Form of `Input__c` (`{version: 1, …}`); an empty one is `{version: 1}`. */
  readonly input: z.ZodType<Input>;
  /** The custom permission that is needed, or one of several; null: the handler itself finds who may. */
  readonly needs: Permission | readonly Permission[] | null;
  /**
   * What must not be done twice at once (`policy:co-selling:consent:all`): requests with the same word are done one after
   * another, by whatever process, under one lease. Absent: nothing.
   */
  alone?(ask: Pick<GovernanceAsk<Input>, 'request' | 'input'>): string;
  handle(ask: GovernanceAsk<Input>): Promise<GovernanceAnswer>;
}

/** Infers the form of the input. In a list a handler is known by its common shape: its input is parsed before it is asked. */
export const defineHandler = <Input>(handler: GovernanceHandler<Input>): GovernanceHandler =>
  handler as unknown as GovernanceHandler;

export const done = (message: string, result?: Json): GovernanceAnswer => ({
  state: 'done',
  message,
  ...(result === undefined ? {} : { result }),
});

export const refused = (message: string, result?: Json): GovernanceAnswer => ({
  state: 'refused',
  message,
  ...(result === undefined ? {} : { result }),
});

/** `Input__c` of a request that says nothing but what it is about. */
export const nothingMore = z.object({ version: z.literal(1) });
