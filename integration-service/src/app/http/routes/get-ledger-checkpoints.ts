import { Router } from 'express';
import { z } from 'zod';
import { mayRead, type ReadAccess } from '../bearer.ts';
import type { HttpPorts } from '../http-ports.ts';
import { problem } from '../problem-details.ts';

const most = 1_000;
const query = z.object({
  org: z.string().optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .default('0')
    .transform(Number),
});

/**
 * `GET /v1/ledger/checkpoints?org=00D…&after=123`: signed checkpoints after an entry, the oldest first, for whoever keeps
 * them elsewhere (the partner's company, an auditor). They hold hashes and numbers, nothing personal. Of `org` when there is
 * one alone.
 */
export const getLedgerCheckpoints = (access: ReadAccess, { orgs }: Pick<HttpPorts, 'orgs'>): Router =>
  Router().get('/v1/ledger/checkpoints', async (request, response) => {
    if (!mayRead(access, 'TANDEM_CHECKPOINT_TOKEN', request, response)) return;
    const asked = query.safeParse(request.query);
    if (!asked.success)
      return problem(response, 400, 'The request cannot be read', 'Give org=00D… and after=NUMBER, each once.');
    const { org = orgs.size === 1 ? [...orgs.keys()][0] : undefined, after } = asked.data;
    const open = org === undefined ? undefined : orgs.get(org);
    if (!open) return problem(response, 404, 'No such org', 'Say which: org=00D…, one that is connected.');
    const { checkpoints } = open.runtime;
    const found = await checkpoints.after(after, most);
    const { id, publicPem } = checkpoints.key;
    response.json({ org, checkpoints: found, more: found.length === most, keyId: id, publicKey: publicPem });
  });
