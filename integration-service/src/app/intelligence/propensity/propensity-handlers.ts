import { z } from 'zod';
import { PERMISSIONS } from '../../../ports/crm/person-rights.ts';
import { backoffMs } from '../../workers/held-work.ts';
import { defineHandler, done, refused, type GovernanceHandler } from '../../governance/governance-handler.ts';
import { controlDecision, recordControl, recordedControl } from '../../governance/record-control.ts';
import { DealScorer } from './deal-scorer.ts';
import { WorldReader } from './know-world.ts';
import { mirrorModels } from './mirror-models.ts';

const modelKey = /^p2b:v(\d{1,6})$/;
/** What the ledger keeps of the change. */
const recordedBefore = z.looseObject({ before: z.number().nullable() });
const dealId = /^006[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/;

/** Puts a model in use that was learned earlier, or one that was only a candidate; every open deal is then scored anew. */
const activateModel = defineHandler({
  kind: 'activate-model',
  input: z.object({ version: z.literal(1), reason: z.string().trim().min(3).max(255) }),
  needs: PERMISSIONS.manageGuardrails,
  alone: () => 'score-model:propensity',
  async handle({ org, request, person, input, held }) {
    const version = Number(modelKey.exec(request.subject ?? '')?.[1] ?? Number.NaN);
    if (!Number.isInteger(version))
      return refused(`"${request.subject ?? ''}" is no propensity model: its key is like p2b:v3.`);
    const { models } = org.propensity;
    const [wanted, active] = await Promise.all([models.find(version), models.active()]);
    if (!wanted) return refused(`There is no propensity model of version ${version}.`);
    if (wanted.state === 'refused') return refused(`Version ${version} was refused: it may not be used.`);
    const act = { kind: 'activate-model', subject: `p2b:v${version}`, request: request.id };
    // Asked again after a crash, the model is in use already: what was before stands in the ledger.
    const known = await recordedControl(org, controlDecision(act));
    if (known === null && active?.version === version)
      return done(`Version ${version} scores deals already.`, { version });
    const { body } =
      known ??
      (await recordControl(org, {
        ...act,
        actor: person.id,
        body: {
          what: `The propensity model of version ${version} was put in use.`,
          before: active ? active.version : null,
          after: version,
          why: input.reason,
        },
      }));
    org.trace('model-after-recorded');
    if (!held.mayWrite())
      return { state: 'again', inMs: 0, note: 'the claim was lost before the model was put in use' };
    await models.activate(version, org.clock.now(), person.id);
    const before = recordedBefore.parse(body).before;
    try {
      await mirrorModels(org);
    } catch (error) {
      return { state: 'again', inMs: backoffMs(held.work.attempts), note: String(error) };
    }
    return done(
      `Version ${version} scores deals now${before === null ? '' : `, in place of version ${before}`}. Open deals are scored anew within minutes.`,
      { version, before },
    );
  },
});

/** Scores one deal now, for whoever looks at it. */
const rescore = defineHandler({
  kind: 'rescore',
  input: z.object({ version: z.literal(1) }),
  needs: null,
  async handle({ org, request, person, held }) {
    const deal = request.opportunityId ?? request.subject ?? '';
    if (!dealId.test(deal)) return refused('Say which deal is to be scored: none was named.');
    const may = await org.crm.mayRead(person.id, deal);
    if (!may.ok) return { state: 'again', inMs: backoffMs(held.work.attempts), note: may.error.message };
    if (!may.value) return refused('You do not see this deal, so it is not scored for you.');
    try {
      const scorer = new DealScorer(org, new WorldReader(org));
      const run = await scorer.scoreSome([deal], `request-${request.id}`, person.id);
      if (run.held !== null) return refused(`Not scored: ${run.held}`);
      const [failed] = run.failed;
      if (failed) return refused(`The score could not be written: ${failed.problem}`);
      if (run.looked === 0) return refused('The deal is closed, or gone: only open deals are scored.');
      return done(run.written > 0 ? 'The deal has a new score.' : 'Nothing has changed: the score stands.');
    } catch (error) {
      return { state: 'again', inMs: backoffMs(held.work.attempts), note: String(error) };
    }
  },
});

export const propensityHandlers: readonly GovernanceHandler[] = [activateModel, rescore];
