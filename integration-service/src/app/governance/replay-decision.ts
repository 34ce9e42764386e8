import type { z } from 'zod';
import { asJson, decisionSeenBy, NO_DECISION, replayNow, replaySays, writeRow } from './decision-rows.ts';
import { defineHandler, done, nothingMore, refused } from './governance-handler.ts';

/** Judges a decision again, for whoever sees it: nothing is done again, and nothing but the answer is written. */
export const replayDecisionHandler = defineHandler<z.infer<typeof nothingMore>>({
  kind: 'replay-decision',
  input: nothingMore,
  // Whoever sees the decision.
  needs: null,
  handle: async (ask) => {
    const { request, org, held } = ask;
    const row = await decisionSeenBy(ask, request.subject);
    if (row === null) return refused(NO_DECISION);
    const told = await replayNow(org, row.key);
    if (told === null)
      return refused('A person decided this, and no rules were asked: there is nothing to judge again.');
    if (!held.mayWrite()) return { state: 'again', inMs: 0, note: 'the claim was lost before the answer was written' };
    await writeRow(org, { object: 'Decision__c', key: row.key, fields: { replay: JSON.stringify(told) } });
    return done(replaySays(told), asJson(told));
  },
});
