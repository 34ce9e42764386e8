import { allow, defineGuardrail, deny } from '../guardrail.ts';

/** The scopes whose switch stops a proposal, widest first. */
export const killScopes = (work: { readonly function: string; readonly partner: string }): readonly string[] => [
  'all',
  `function:${work.function}`,
  `partner:${work.partner}`,
];

/** An operator's switch stops everything in its scope, whatever the policies say. */
export const killSwitch = defineGuardrail({
  id: 'kill-switch',
  version: 1,
  owner: 'admin',
  settings: null,
  startingPoint: null,
  reads: ['killSwitches'],
  needs: [],
  judge: (proposal, _settings, { killSwitches }) => {
    const scopes = killScopes(proposal);
    const thrown = killSwitches.find(({ scope }) => scopes.includes(scope));
    return thrown === undefined
      ? allow()
      : deny(`Stopped by an operator (${thrown.scope}): ${thrown.reason || 'no reason given'}`);
  },
});
