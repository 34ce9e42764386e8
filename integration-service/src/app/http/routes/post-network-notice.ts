import { createHmac, timingSafeEqual } from 'node:crypto';
import express, { Router } from 'express';
import { z } from 'zod';
import { problem } from '../problem-details.ts';
import type { HttpPorts } from '../http-ports.ts';

/** A notice may be this much older or younger than our clock; a captured one is worthless afterwards. */
const toleranceSeconds = 300;

const notice = z.looseObject({
  id: z.string().min(1).max(200),
  detail: z.looseObject({
    opportunity: z.looseObject({ identifier: z.string().max(64) }).optional(),
  }),
});

/** Whether `t=<unix seconds>,v1=<hex hmac-sha256 of "t.body">` is ours and of now. */
export const signatureHolds = (
  header: string | undefined,
  body: Buffer,
  secret: string,
  nowSeconds: number,
): boolean => {
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (!parts?.[1] || !parts[2] || Math.abs(nowSeconds - Number(parts[1])) > toleranceSeconds) return false;
  const expected = createHmac('sha256', secret).update(`${parts[1]}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(parts[2], 'hex'));
};

/**
 * `POST /network-notices/aws-ace`: the network says that something changed. A hint only: the referral is read again, and
 * the sweep finds what no notice told. Signed, within five minutes, and each id counts once.
 */
export const postNetworkNotice = (secret: string, { orgs, clock }: Pick<HttpPorts, 'orgs' | 'clock'>): Router =>
  Router().post(
    '/network-notices/:network',
    express.raw({ type: () => true, limit: '64kb' }),
    async (request, response) => {
      const body: unknown = request.body;
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      const now = Math.floor(Date.parse(clock.now()) / 1_000);
      if (!signatureHolds(request.get('x-tandem-notice-signature'), bytes, secret, now))
        return problem(response, 401, 'Not signed', 'The signature is missing, wrong, or more than five minutes off.');
      let parsed: ReturnType<typeof notice.safeParse>;
      try {
        parsed = notice.safeParse(JSON.parse(bytes.toString('utf8')));
      } catch {
        return problem(response, 400, 'Not JSON', 'A notice is a JSON object.');
      }
      if (!parsed.success) return problem(response, 400, 'Not a notice', 'A notice has an id and a detail.');
      const networkId = parsed.data.detail.opportunity?.identifier;
      if (networkId)
        for (const { runtime } of orgs.values())
          await runtime.links.noticed(parsed.data.id, String(request.params.network), networkId);
      response.status(204).end();
    },
  );
