/**
 * Runs the ACE network alone: `node local/networks/aws-ace/main.ts`. Prints one line of JSON with its address, then serves
 * until SIGINT or SIGTERM. Settings come from the environment:
 *   ACE_DATABASE_URL (required), ACE_PORT (0), ACE_ACCESS_KEY_ID and ACE_SECRET_ACCESS_KEY (local-access-key, local-secret-key),
 *   ACE_QUOTAS (on | off), ACE_REVIEWER (automatic | manual), ACE_IN_REVIEW_AFTER_MS, ACE_DECIDE_AFTER_MS,
 *   ACE_TASK_AFTER_MS (0), ACE_NOTICE_URL, ACE_NOTICE_SECRET, ACE_NOTICE_API_KEY, ACE_LOCAL_CONTROLS (off | on)
 */
import { z } from 'zod';
import { startAceNetwork } from './ace-network.ts';

const milliseconds = z.coerce.number().int().min(0);
const settings = z
  .object({
    ACE_DATABASE_URL: z.string().min(1),
    ACE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    ACE_ACCESS_KEY_ID: z.string().min(1).default('local-access-key'),
    ACE_SECRET_ACCESS_KEY: z.string().min(1).default('local-secret-key'),
    ACE_QUOTAS: z.enum(['on', 'off']).default('on'),
    ACE_REVIEWER: z.enum(['automatic', 'manual']).default('automatic'),
    ACE_IN_REVIEW_AFTER_MS: milliseconds.optional(),
    ACE_DECIDE_AFTER_MS: milliseconds.optional(),
    ACE_TASK_AFTER_MS: milliseconds.optional(),
    ACE_NOTICE_URL: z.url().optional(),
    ACE_NOTICE_SECRET: z.string().min(1).optional(),
    ACE_NOTICE_API_KEY: z.string().min(1).optional(),
    ACE_LOCAL_CONTROLS: z.enum(['on', 'off']).default('off'),
  })
  .safeParse(process.env);
if (!settings.success) {
  process.stderr.write(`aws-ace cannot start: ${z.prettifyError(settings.error)}\n`);
  process.exit(1);
}
const given = settings.data;
const network = await startAceNetwork({
  databaseUrl: given.ACE_DATABASE_URL,
  port: given.ACE_PORT,
  credentials: [{ accessKeyId: given.ACE_ACCESS_KEY_ID, secretAccessKey: given.ACE_SECRET_ACCESS_KEY }],
  quotas: given.ACE_QUOTAS === 'on',
  reviewer: {
    mode: given.ACE_REVIEWER,
    ...(given.ACE_IN_REVIEW_AFTER_MS === undefined ? {} : { inReviewAfterMs: given.ACE_IN_REVIEW_AFTER_MS }),
    ...(given.ACE_DECIDE_AFTER_MS === undefined ? {} : { decideAfterMs: given.ACE_DECIDE_AFTER_MS }),
  },
  tasks: given.ACE_TASK_AFTER_MS === undefined ? {} : { completeAfterMs: given.ACE_TASK_AFTER_MS },
  ...(given.ACE_NOTICE_URL === undefined ? {} : { noticeUrl: given.ACE_NOTICE_URL }),
  ...(given.ACE_NOTICE_SECRET === undefined ? {} : { noticeSecret: given.ACE_NOTICE_SECRET }),
  ...(given.ACE_NOTICE_API_KEY === undefined ? {} : { noticeApiKey: given.ACE_NOTICE_API_KEY }),
  localControls: given.ACE_LOCAL_CONTROLS === 'on',
});
process.stdout.write(`${JSON.stringify({ url: network.url, port: network.port })}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void network.stop());
