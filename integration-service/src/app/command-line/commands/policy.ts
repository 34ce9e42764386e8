import { z } from 'zod';
import { policyChangeForm } from '../../../domain/guardrails/policy-change.ts';
import { mostDecisions, simulateChange, usualDecisions } from '../../governance/simulate-change.ts';
import { isOwnRow } from '../../workers/policies.ts';
import { type Command, say } from '../command.ts';
import { withOrgs } from '../with-orgs.ts';

export const policyListCommand: Command = {
  words: 'policy list',
  usage: 'policy list',
  help: ['every version of every policy, and which of them somebody changed by hand'],
  run: ({ config }) =>
    withOrgs(config, async ({ runtime }) => {
      const read = await runtime.crm.readSettings(0);
      if (!read.ok) throw new Error(`the policies could not be read: ${read.error.message}`);
      const rows = [...read.value.policies].sort((left, right) => (left.key < right.key ? -1 : 1));
      for (const row of rows) {
        const since = row.effectiveFrom === null ? 'always' : `from ${row.effectiveFrom}`;
        const note = isOwnRow(row, runtime.user) ? '' : '  CHANGED BY HAND: counts as unreadable, so its rule denies';
        say(`${runtime.org}  ${row.key}  version ${row.version}, ${since}  ${row.settings}${note}`);
      }
      return rows.every((row) => isOwnRow(row, runtime.user));
    }),
};

const count = z.coerce.number().int().min(1).max(mostDecisions);

export const policySimulateCommand: Command = {
  words: 'policy simulate',
  usage: 'policy simulate --function F --rule R --scope S --settings JSON',
  help: [
    'what other numbers would have done to the last decisions, as JSON; nothing is saved;',
    `--last N looks at so many (${usualDecisions} unless given, ${mostDecisions} at most)`,
  ],
  options: { function: 'text', rule: 'text', scope: 'text', settings: 'text', last: 'text' },
  run({ config, text }) {
    const change = policyChangeForm.safeParse({
      function: text('function'),
      rule: text('rule'),
      scope: text('scope') ?? 'all',
      settings: settingsIn(text('settings')),
      effectiveFrom: null,
    });
    if (!change.success)
      throw new Error(
        change.error.issues.map(({ path, message }) => `--${path.join('.') || 'settings'}: ${message}`).join('\n'),
      );
    const last = count.safeParse(text('last') ?? usualDecisions);
    if (!last.success) throw new Error(`--last: a whole number from 1 to ${mostDecisions}`);
    return withOrgs(config, async ({ runtime }) => {
      const simulated = await simulateChange(runtime, change.data, last.data);
      say(
        JSON.stringify(
          { org: runtime.org, ...(simulated.ok ? simulated.value : { problems: simulated.error }) },
          null,
          2,
        ),
      );
      return simulated.ok;
    });
  },
};

const settingsIn = (text: string | undefined): unknown => {
  if (text === undefined)
    throw new Error(`--settings: the numbers as JSON, such as '{"actUpTo":1500,"reviewUpTo":2500}'`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('--settings: this is not JSON');
  }
};
