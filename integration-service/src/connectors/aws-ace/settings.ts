import { z } from 'zod';
import { isSafeAddress } from '../kit/outbound-hosts.ts';

const role = /^arn:aws[a-z-]*:iam::(\d{12}):role\/.+$/;

/** The AWS account of a role's name; null when it is no role's name. */
export const accountOfRole = (roleArn: string): string | null => role.exec(roleArn)?.[1] ?? null;

/**
 * How AWS Partner Central is reached. Credentials come from the AWS SDK's own chain (environment, profile, instance role)
 * unless a key is given here; with a role they only serve to take that role on.
 */
export const awsAceSettings = z
  .strictObject({
    /** Default `us-east-1`: the service lives there and nowhere else. */
    region: z.string().min(1).default('us-east-1'),
    /** Another end point (a local network, a proxy); calls then go to its host only. Default: AWS's own. */
    endpoint: z
      .url({ protocol: /^https?$/ })
      .refine(isSafeAddress, 'Give an address that starts with https://; http:// is for this machine alone.')
      .optional(),
    /** `Sandbox` (default) or `AWS`, which is production: real people at AWS read what is sent there. */
    catalog: z.enum(['Sandbox', 'AWS']).default('Sandbox'),
    /** Whether the Salesforce org is a production org. Any other org never talks to catalog `AWS`. Default false. */
    productionOrg: z.boolean().default(false),
    accessKeyId: z.string().min(1).optional().meta({ secret: true }),
    secretAccessKey: z.string().min(1).optional().meta({ secret: true }),
    sessionToken: z.string().min(1).optional().meta({ secret: true }),
    /** The role to take on (`arn:aws:iam::…:role/…`), and the external id that its owner asks for. Default: none. */
    roleArn: z.string().regex(role, 'Give the role as arn:aws:iam::123456789012:role/name.').optional(),
    externalId: z.string().min(2).max(1_224).optional(),
    /** Milliseconds until a connection that does not come counts as unavailable. Default 3000. */
    connectTimeoutMs: z.int().positive().default(3_000),
    /** Milliseconds until an answer that does not come counts as unknown. Default 20000: submissions take seconds. */
    requestTimeoutMs: z.int().positive().default(20_000),
    /**
     * Where a person opens a referral; `{id}` stands for AWS's id. Default: the opportunity's page at `endpoint`, or the
     * Partner Central console, for which AWS documents no link to a single opportunity.
     */
    referralUrl: z.string().min(1).optional(),
    /** The AWS account, for the rate budget that all its users share. Default `default`: that of the environment. */
    account: z.string().min(1).default('default'),
  })
  .refine(({ catalog, productionOrg }) => catalog !== 'AWS' || productionOrg, {
    path: ['catalog'],
    message: 'Catalog AWS is for production orgs only. Set the catalog to Sandbox for this org.',
  })
  .refine(({ accessKeyId, secretAccessKey }) => (accessKeyId === undefined) === (secretAccessKey === undefined), {
    path: ['secretAccessKey'],
    message: 'Give both accessKeyId and secretAccessKey, or neither.',
  });

export type AwsAceSettings = z.infer<typeof awsAceSettings>;
