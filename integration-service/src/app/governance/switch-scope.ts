import { FUNCTION_IDS } from '../../domain/framework/functions.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/** What a switch stops, as the CRM knows it. */
export interface SwitchScope {
  readonly scope: string;
  /** In words, for a sentence. */
  readonly says: string;
  /** Key of the partner that it is about; null: all partners. */
  readonly partner: string | null;
}

/** Reads `all`, `function:<id>` or `partner:<key>`: a switch for something that there is not would stop nothing. */
export const readSwitchScope = async (
  org: Pick<OrgRuntime, 'crm'>,
  subject: string | null,
): Promise<Result<SwitchScope, string>> => {
  const scope = (subject ?? '').trim();
  if (scope === 'all') return ok({ scope, says: 'Everything', partner: null });
  const [kind, name = ''] = scope.split(/:(.*)/s);
  if (kind === 'function') {
    return FUNCTION_IDS.some((id) => id === name)
      ? ok({ scope, says: `The function ${name}`, partner: null })
      : broken(`"${name}" is none of the ten functions: ${FUNCTION_IDS.join(', ')}.`);
  }
  if (kind === 'partner' && name !== '') {
    const read = await org.crm.readRows('Partner__c', { keys: [name] });
    // An org that does not answer is no reason to let agents go on.
    if (!read.ok) return ok({ scope, says: `Whatever goes to ${name}`, partner: name });
    const [partner] = read.value;
    return partner
      ? ok({ scope, says: `Whatever goes to ${partner.name ?? name}`, partner: name })
      : broken(`There is no partner with the key "${name}".`);
  }
  return broken(`"${scope}" is no scope of a switch: say all, function:<id> or partner:<key>.`);
};
