import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';

/** A partner as the company's book of partners has it. */
export interface BookedPartner {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Empty: none. */
  readonly segment: string;
  readonly active: boolean;
  /** Who looks after it: the manager that is named, else the owner of the row; null: nobody but the service. */
  readonly manager: string | null;
}

/** What is open with a partner. */
export interface OpenBusiness {
  readonly deals: number;
  /** Sum of the amounts of those that have one, in the org's currency. */
  readonly amount: number;
}

/** Something a person is to do, beside the record it is about. */
export interface PersonTask {
  /** The record's id; one record has one task of a subject. */
  readonly about: string;
  readonly person: string;
  /** 255 characters at most. */
  readonly subject: string;
  readonly description: string;
  /** ISO 8601 instant. */
  readonly due: string;
}

/** The company's partners, who looks after them and what they are asked to do. */
export interface PartnerBook {
  /** By key; those after `after`, so many at most. Fewer than that: there are no more. */
  page(after: string | null, limit: number): Promise<Result<readonly BookedPartner[], PortError>>;
  /** Those of these keys that there are. */
  named(keys: readonly string[]): Promise<Result<readonly BookedPartner[], PortError>>;
  /** Open deals that were referred, by key of the partner; every deal once, however often it was referred. */
  openBusiness(keys?: readonly string[]): Promise<Result<ReadonlyMap<string, OpenBusiness>, PortError>>;
  /** Gives the id of the task: the one that is there already, or a new one. */
  openTask(task: PersonTask): Promise<Result<string, PortError>>;
  /** Marks a task as done, or gives it to somebody else or another day. One that is gone is passed over. */
  changeTask(
    id: string,
    change: { readonly done?: true; readonly person?: string; readonly due?: string },
  ): Promise<Result<null, PortError>>;
}
