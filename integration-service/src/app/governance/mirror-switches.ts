import type { HalfDone, SwitchState } from '../../infrastructure/database/switches.ts';
import type { FieldValue } from '../../ports/crm/crm.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { switchScopes } from '../seeds/governance.ts';

const STEPS: Readonly<Record<string, string>> = {
  create: 'creating the deal',
  associate: 'linking our solution',
  submit: 'submitting it for review',
  update: 'sending what changed',
};

const stepWords = (step: string): string => STEPS[step] ?? `the step "${step}"`;

/** A half done referral as `ControlSwitch__c.HalfDone__c` tells it. */
const told = ({ referral, networkId, step, known }: HalfDone) => ({
  referral,
  step,
  networkId,
  says: known
    ? `The last thing done at the partner: ${stepWords(step)}.`
    : `Sent and not answered yet: ${stepWords(step)}. Whether it arrived is asked when this goes on.`,
});

const rowOf = async (org: Pick<OrgRuntime, 'switches'>, scope: string, state?: SwitchState): Promise<OwnRow> => {
  const stop = state?.stop ?? null;
  const halfDone = stop ? await org.switches.halfDone(scope) : [];
  return {
    object: 'ControlSwitch__c',
    key: scope,
    fields: {
      active: stop !== null,
      reason: stop?.reason.slice(0, 255) ?? null,
      by: stop?.by.slice(0, 80) ?? null,
      since: stop?.since ?? null,
      endedAt: stop ? null : (state?.endedAt ?? null),
      testedAt: state?.testedAt ?? null,
      halfDone: stop ? JSON.stringify(halfDone.map(told)) : null,
    },
  };
};

/** What a record shows now must be what PostgreSQL says; of a switch that is none of the known ones too. */
const rowsOf = async (
  org: Pick<OrgRuntime, 'switches' | 'crm'>,
  only: readonly string[] | null,
): Promise<readonly OwnRow[]> => {
  const states = new Map(
    (await org.switches.states()).filter(({ scope }) => !isDrill(scope)).map((state) => [state.scope, state]),
  );
  const scopes = only ?? [...new Set([...(await knownScopes(org)), ...states.keys()])];
  return Promise.all(scopes.map((scope) => rowOf(org, scope, states.get(scope))));
};

const knownScopes = async (org: Pick<OrgRuntime, 'crm'>): Promise<readonly string[]> => {
  const partners = await org.crm.readRows('Partner__c', {});
  if (!partners.ok) throw new Error(partners.error.message);
  return switchScopes(partners.value.map(({ key }) => key));
};

/** Rows of which the record says otherwise. */
const differing = async (org: Pick<OrgRuntime, 'crm'>, rows: readonly OwnRow[]): Promise<readonly OwnRow[]> => {
  const read = await org.crm.readRows('ControlSwitch__c', {});
  if (!read.ok) throw new Error(read.error.message);
  const there = new Map(read.value.map((record) => [record.key, record.fields]));
  return rows.filter(({ key, fields }) => {
    const shown = there.get(key);
    return (
      shown === undefined || Object.entries(fields).some(([noun, value]) => !same(noun, value, shown[noun] ?? null))
    );
  });
};

const instants = new Set(['since', 'endedAt', 'testedAt']);

const same = (noun: string, value: FieldValue, shown: FieldValue): boolean =>
  value === shown ||
  (instants.has(noun) && value !== null && shown !== null && Date.parse(String(value)) === Date.parse(String(shown)));

/** A switch that is thrown for a test stops a probe and nothing else. */
export const drillScope = (scope: string): string => `drill:${scope}`;
const isDrill = (scope: string): boolean => scope.startsWith('drill:');

/** Writes switches on their records as PostgreSQL has them; all of them where none is named, if they say otherwise. @throws when the org does not take them. */
export const mirrorSwitches = async (
  org: Pick<OrgRuntime, 'switches' | 'crm'>,
  only: readonly string[] | null = null,
): Promise<void> => {
  const rows = await rowsOf(org, only);
  const written = await org.crm.upsertRows(only === null ? await differing(org, rows) : rows);
  if (!written.ok) throw new Error(written.error.message);
  const failed = written.value.find(({ problem }) => problem !== null);
  if (failed) throw new Error(`the switch ${failed.key} could not be shown: ${failed.problem ?? ''}`);
};

/**
 * Shows at once what changed in PostgreSQL (`tandem stop` works without the org), and every few minutes puts right whatever a
 * record says otherwise. One per process; whoever calls holds the lease of the chores.
 */
export class SwitchMirror {
  readonly #org: OrgRuntime;
  readonly #repairEveryMs: number;
  #shown: string | null = null;
  #repairAt = Number.NEGATIVE_INFINITY;

  constructor(org: OrgRuntime, repairEveryMs = 300_000) {
    this.#org = org;
    this.#repairEveryMs = repairEveryMs;
  }

  /** Costs a statement, and calls of the org only where something is to be written or the time for repair has come. */
  async look(): Promise<void> {
    const states = (await this.#org.switches.states()).filter(({ scope }) => !isDrill(scope));
    const halfDone = await Promise.all(
      states.filter(({ stop }) => stop !== null).map(({ scope }) => this.#org.switches.halfDone(scope)),
    );
    const now = JSON.stringify([states, halfDone]);
    const repair = performance.now() >= this.#repairAt;
    if (now === this.#shown && !repair) return;
    await mirrorSwitches(this.#org, repair ? null : states.map(({ scope }) => scope));
    this.#shown = now;
    if (repair) this.#repairAt = performance.now() + this.#repairEveryMs;
  }
}
