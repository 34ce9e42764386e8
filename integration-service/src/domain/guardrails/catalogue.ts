import type { Guardrail } from './guardrail.ts';
import { amountPerAction } from './policies/amount-per-action.ts';
import { amountPerDay } from './policies/amount-per-day.ts';
import { batchSize } from './policies/batch-size.ts';
import { conflict } from './policies/conflict.ts';
import { consent } from './policies/consent.ts';
import { dataSharing } from './policies/data-sharing.ts';
import { discountBands } from './policies/discount-bands.ts';
import { duplicate } from './policies/duplicate.ts';
import { freshness } from './policies/freshness.ts';
import { killSwitch } from './policies/kill-switch.ts';
import { language } from './policies/language.ts';
import { mode } from './policies/mode.ts';
import { moneySpend } from './policies/money-spend.ts';
import { orgContact } from './policies/org-contact.ts';
import { ownershipZone } from './policies/ownership-zone.ts';
import { partnerHealth } from './policies/partner-health.ts';
import { phasePrerequisites } from './policies/phase-prerequisites.ts';
import { quietHours } from './policies/quiet-hours.ts';
import { recipients } from './policies/recipients.ts';
import { sanctionedEnvironment } from './policies/sanctioned-environment.ts';
import { separateApprover } from './policies/separate-approver.ts';
import { territory } from './policies/territory.ts';
import { tokenSpend } from './policies/token-spend.ts';
import { volumePerDay } from './policies/volume-per-day.ts';
import { languageV1 } from './retired/language-v1.ts';

/** Every rule in its current version, in the order in which reasons are told. */
export const GUARDRAILS: readonly Guardrail[] = [
  killSwitch,
  mode,
  phasePrerequisites,
  orgContact,
  sanctionedEnvironment,
  ownershipZone,
  dataSharing,
  recipients,
  duplicate,
  conflict,
  territory,
  partnerHealth,
  freshness,
  consent,
  language,
  discountBands,
  amountPerAction,
  amountPerDay,
  volumePerDay,
  batchSize,
  quietHours,
  moneySpend,
  tokenSpend,
  separateApprover,
];

/** Versions that were released once and are no longer asked, except when a decision of their time is replayed. */
export const RETIRED_GUARDRAILS: readonly Guardrail[] = [languageV1];

/** Finds rules by id and version. */
export interface GuardrailCatalogue {
  /** The version now in use. */
  current(id: string): Guardrail | undefined;
  /** Any version that was ever released; one that is not found cannot be replayed. */
  version(id: string, version: number): Guardrail | undefined;
}

/** Puts current and retired rules in one catalogue; two of the same id and version are a mistake that stops the start. */
export const catalogueOf = (now: readonly Guardrail[], retired: readonly Guardrail[]): GuardrailCatalogue => {
  const byVersion = new Map<string, Guardrail>();
  for (const rule of [...now, ...retired]) {
    const key = `${rule.id}@${rule.version}`;
    if (byVersion.has(key)) throw new Error(`two guardrails are called ${key}: a changed rule needs a new version`);
    byVersion.set(key, rule);
  }
  const current = new Map(now.map((rule) => [rule.id, rule]));
  if (current.size !== now.length) throw new Error('a guardrail is current in two versions: one of them is retired');
  return { current: (id) => current.get(id), version: (id, version) => byVersion.get(`${id}@${version}`) };
};

export const CATALOGUE: GuardrailCatalogue = catalogueOf(GUARDRAILS, RETIRED_GUARDRAILS);
