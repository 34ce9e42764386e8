import { Router } from 'express';
import type { z } from 'zod';
import { partnerView, READ_INSIGHTS, within } from '../../../domain/telemetry/partner-view.ts';
import type { HttpPorts } from '../http-ports.ts';
import { problem } from '../problem-details.ts';
import { type TelemetryOrgs, tellerOf } from '../telemetry-teller.ts';
import type { insightsAnswer } from '../telemetry-wire.ts';

/**
 * `GET /v1/partner/insights`: what the numbers say about the partner whose source asks, and about nobody else. The grant is
 * read now: one that has ended, or names less than when the insights were made, counts at once.
 */
export const getPartnerInsights = ({
  orgs,
  clock,
}: Pick<HttpPorts, 'clock'> & { readonly orgs: TelemetryOrgs }): Router =>
  Router().get('/v1/partner/insights', async (request, response) => {
    const teller = await tellerOf(request, orgs);
    if (!teller?.holds(Buffer.alloc(0), Math.floor(Date.parse(clock.now()) / 1_000)))
      return problem(
        response,
        401,
        'Not signed in',
        'Send "Authorization: Bearer" with the token of the partner’s source.',
      );
    const { partner } = teller.source;
    if (partner === null)
      return problem(response, 403, 'Not a partner', 'This source is the company’s, not a partner’s.');
    const grants = await teller.runtime.crmTelemetry.grants(partner);
    if (!grants.ok) {
      response.set('Retry-After', '30');
      return problem(response, 503, 'Not now', 'Whether the grant holds cannot be asked at the moment.');
    }
    const view = partnerView(
      grants.value.filter((one) => one.partner === partner).map(({ grant }) => grant),
      Date.parse(clock.now()),
    );
    if (view === null)
      return problem(response, 403, 'Not granted', `No grant in force lets this partner do "${READ_INSIGHTS}".`);
    const insights = await teller.runtime.telemetry.insights.of(partner, 'partner');
    const answer: z.infer<typeof insightsAnswer> = {
      partner,
      insights: insights
        .filter(({ signal, account }) => within(view, signal, account))
        .map(({ account, signal, kind, of, says, evidence, weight }) => ({
          account: account || null,
          signal,
          kind,
          of,
          says,
          weeks: [...evidence.weeks],
          values: [...evidence.values],
          weight,
        })),
    };
    response.json(answer);
  });
