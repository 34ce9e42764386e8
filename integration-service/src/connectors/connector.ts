import type { z } from 'zod';
import type { OperationForms } from './kit/free-text.ts';
import type { PartnerPortal, PortalCapability } from '../ports/partner-portal/partner-portal.ts';

/** The ports a connector can stand behind, by name. */
export interface ConnectorPorts {
  readonly 'partner-portal': PartnerPortal;
}

/**
 * Asks the account's rate budget for one call, and waits for its moment when that is near. Null: go; else in how many
 * milliseconds to ask again.
 */
export type AskLeave = (limit: ReturnType<PartnerPortal['budgetOf']>) => Promise<number | null>;

/** A way to one outside system: what it can do, how it is set up, and how it is opened. */
export interface ConnectorManifest<
  Port extends keyof ConnectorPorts = keyof ConnectorPorts,
  Settings extends z.ZodType = z.ZodType,
> {
  /** Kebab-case; the network's id in `Partner__c.Network__c` and in `FieldMapping__c`. */
  readonly id: string;
  readonly port: Port;
  readonly capabilities: readonly PortalCapability[];
  /** Every write it can make, with the form of the request and what each free text in it is (ADR 20). */
  readonly operations: OperationForms;
  /** Secret settings are marked by `.meta({ secret: true })`, and are never logged. */
  readonly settings: Settings;
  /** `askLeave` is asked before every read: a connector knows how many calls a question costs. Writes are asked for before. */
  open(settings: z.infer<Settings>, askLeave?: AskLeave): ConnectorPorts[Port] & { close(): void };
}

/** Keeps a manifest's own types while checking its shape. */
export const defineConnector = <Port extends keyof ConnectorPorts, Settings extends z.ZodType>(
  manifest: ConnectorManifest<Port, Settings>,
): ConnectorManifest<Port, Settings> => manifest;
