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

/** Something a person is to do about an intervention. */
export interface PersonTask {
  /** The intervention's id. */
  readonly intervention: string;
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
  /**
   * Makes a task and names it on its intervention, both or neither: whoever reads the intervention knows whether there is
   * one. From then on it is the person's own; no service may change a task of somebody else.
   */
  openTask(task: PersonTask): Promise<Result<string, PortError>>;
}
