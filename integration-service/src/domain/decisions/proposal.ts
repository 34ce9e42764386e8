import type { Json, JsonObject } from '../values/json.ts';
import type { PlannedEffect } from './effect.ts';

/** Whose data stands somewhere in a value: by record id, or by e-mail address where the person has no record of ours. */
export interface AboutPerson {
  /** Dotted: `Contacts.0`. */
  readonly path: string;
  readonly person: string;
}

/** A fact as it was read: with its source and its age at the moment of the decision. */
export interface Fact {
  /** `deal`, `grant`, `mapping`, `solutions`, `mode`, `policies`, `answers`… */
  readonly name: string;
  /** Where it was read: `salesforce:Opportunity/006…`, `aws-ace:ListSolutions`, `request:a00…`. */
  readonly source: string;
  /** ISO 8601 instant at which it was read. */
  readonly readAt: string;
  readonly value: Json;
  /** True when the value holds data about a person (kept beside the ledger, never in the chain). */
  readonly personal: boolean;
  /** Whose, part by part, so that each person can be forgotten alone; what is not named here belongs to the deal. */
  readonly people?: readonly AboutPerson[];
  /** The same value serves many decisions (a mapping, the policies): the ledger keeps it once. Never a personal one. */
  readonly shared?: true;
}

/** One value that will leave the company, and where it came from. */
export interface DisclosedValue {
  readonly target: string;
  readonly label: string;
  readonly value: string | readonly string[];
  readonly source: string;
  readonly sourceKind: 'record' | 'rule' | 'template' | 'person';
  readonly personal: boolean;
  /** Whom a personal value is about: record id or e-mail address. Absent when the deal has no such record. */
  readonly person?: string;
  /** Short fingerprint of the value as shown to the person who clicked (see `fingerprint` of the shared draft module). */
  readonly fingerprint: string;
}

/** What a function wants done. Nothing of it has reached anybody yet. */
export interface Proposal {
  readonly function: string;
  readonly useCase: string;
  readonly org: string;
  /** The record the work is about, by kind and id. */
  readonly subject: { readonly kind: string; readonly id: string };
  readonly partner: string;
  readonly requestedBy: string;
  readonly reasons: readonly string[];
  readonly disclosed: readonly DisclosedValue[];
  readonly effects: readonly PlannedEffect[];
  /** What the person who asked had seen before the click: consent to exactly this. */
  readonly consent: Consent;
  readonly facts: readonly Fact[];
}

/** Fields, and where the surface could show them the values (as fingerprints), that a person saw before saying yes. */
export interface Consent {
  readonly by: string;
  readonly surface: string;
  readonly fields: readonly string[];
  readonly fingerprints: Readonly<Record<string, string>>;
}

/** The five-part test of an agentic action (M190–M195), stored with each action. */
export interface FivePartResult {
  readonly part: 'system-of-record' | 'closes-the-loop' | 'live-context' | 'sanctioned' | 'auditable';
  readonly held: boolean;
  readonly why: string;
}

export type DecisionBody = JsonObject;
