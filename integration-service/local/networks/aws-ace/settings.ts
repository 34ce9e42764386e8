/** One access key that may sign calls. All keys belong to the one partner account of the network. */
export interface AceCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a temporary key: must come along in `x-amz-security-token`. */
  readonly sessionToken?: string;
  /** Catalogs the key's policy allows (condition `partnercentral:Catalog`). Default: all that the network has. */
  readonly catalogs?: readonly string[];
  /** Operations the key's policy denies, such as `CreateOpportunity`. Default: none. */
  readonly denied?: readonly string[];
}

/** A partner solution, as ListSolutions shows it. */
export interface AceSolution {
  readonly id: string;
  readonly name: string;
  readonly status: 'Active' | 'Inactive' | 'Draft';
  readonly category: string;
  /** ISO-8601. */
  readonly createdDate: string;
}

/** ARNs that exist in AWS Marketplace for this account; anything else is not found. */
export interface AceMarketplace {
  readonly offers: readonly string[];
  readonly offerSets: readonly string[];
  readonly solutions: readonly string[];
  readonly products: readonly string[];
}

/** The partner whose account this is. */
export interface AcePartner {
  readonly accountId: string;
  readonly name: string;
  /** Becomes `OpportunityOwner` of every opportunity, as the alliance lead does. */
  readonly owner: { readonly FirstName: string; readonly LastName: string; readonly Email: string };
  /** E-mail addresses of registered Partner Central users, besides the owner: the only ones AssignOpportunity takes. */
  readonly users: readonly string[];
  /** Consulting partners must name the customer's AWS account at launch. */
  readonly consulting: boolean;
  /** In ISV Accelerate with SaaS revenue recognition: SoftwareRevenue is asked for at launch. */
  readonly softwareRevenueProgram: boolean;
}

/** Calls per second and per rolling 24 hours (developer guide, "Quotas"), and engagements in all (none published: no limit). */
export interface QuotaLimits {
  readonly writesPerSecond: number;
  readonly writesPerDay: number;
  readonly readsPerSecond: number;
  readonly readsPerDay: number;
  readonly engagements: number;
}

export const publishedQuotas: QuotaLimits = {
  writesPerSecond: 1,
  writesPerDay: 10_000,
  readsPerSecond: 10,
  readsPerDay: 100_000,
  engagements: Number.POSITIVE_INFINITY,
};

export interface ReviewerSettings {
  /** `automatic`: the rule book decides after the delays. `manual`: somebody plays AWS on the opportunity's page. */
  readonly mode: 'automatic' | 'manual';
  /** From Submitted to In review. */
  readonly inReviewAfterMs: number;
  /** From In review to the decision. */
  readonly decideAfterMs: number;
}

export interface TaskSettings {
  /** 0: the answer already says COMPLETE. Longer: IN_PROGRESS first. Default 0. */
  readonly completeAfterMs: number;
  /**
   * What a submission that breaks a business rule looks like; AWS documents both. `exception`: the start call is refused
   * with a ValidationException. `failed-task`: it is answered, with a FAILED task. Default `exception`.
   */
  readonly problems: 'exception' | 'failed-task';
}

export interface NoticeSettings {
  readonly url: string;
  /** Key of the `x-tandem-notice-signature` HMAC. */
  readonly secret: string;
  /** Sent as `x-api-key`, as an EventBridge API destination would. */
  readonly apiKey?: string;
}

export interface AceNetworkOptions {
  /** A PostgreSQL database of its own; tables are made when missing, and kept. */
  readonly databaseUrl: string;
  /** Default 0: any free port, on loopback only. */
  readonly port?: number;
  readonly credentials: readonly AceCredential[];
  /** Default: `AWS` and `Sandbox`. */
  readonly catalogs?: readonly string[];
  readonly partner?: Partial<AcePartner>;
  readonly solutions?: readonly AceSolution[];
  readonly marketplace?: Partial<AceMarketplace>;
  /** true: as published. false: unlimited. Default true. */
  readonly quotas?: boolean | Partial<QuotaLimits>;
  readonly reviewer?: Partial<ReviewerSettings>;
  readonly tasks?: Partial<TaskSettings>;
  readonly noticeUrl?: string;
  readonly noticeSecret?: string;
  readonly noticeApiKey?: string;
  /** Opens `/local/*` and the reviewer's buttons on the opportunity page. Default false. */
  readonly localControls?: boolean;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
}

/** The options with every default filled in. */
export interface AceSettings {
  readonly credentials: readonly AceCredential[];
  readonly catalogs: readonly string[];
  readonly partner: AcePartner;
  readonly solutions: readonly AceSolution[];
  readonly marketplace: AceMarketplace;
  /** undefined: no quotas. */
  readonly quotas: QuotaLimits | undefined;
  readonly reviewer: ReviewerSettings;
  readonly tasks: TaskSettings;
  readonly notices: NoticeSettings | undefined;
  readonly localControls: boolean;
  readonly now: () => Date;
}

/** AWS's documented test solution, and one of each other status. */
const sampleSolutions: readonly AceSolution[] = [
  {
    id: 'S-1234567',
    name: 'Northwind Analytics Cloud',
    status: 'Active',
    category: 'Software Product',
    createdDate: '2024-03-04T09:00:00.000Z',
  },
  {
    id: 'S-1234568',
    name: 'Northwind Migration Service',
    status: 'Active',
    category: 'Consulting Service',
    createdDate: '2024-06-11T09:00:00.000Z',
  },
  {
    id: 'S-1234569',
    name: 'Northwind Reporting Classic',
    status: 'Inactive',
    category: 'Software Product',
    createdDate: '2022-01-17T09:00:00.000Z',
  },
  {
    id: 'S-1234570',
    name: 'Northwind Data Sharing',
    status: 'Draft',
    category: 'Software Product',
    createdDate: '2025-02-20T09:00:00.000Z',
  },
];

const samplePartner: AcePartner = {
  accountId: '111122223333',
  name: 'Northwind Software',
  owner: { FirstName: 'Ana', LastName: 'Alliance', Email: 'ana.alliance@example.com' },
  users: ['sally.seller@example.com', 'max.manager@example.com'],
  consulting: false,
  softwareRevenueProgram: false,
};

const noticeSettings = (options: AceNetworkOptions): NoticeSettings | undefined => {
  if (options.noticeUrl === undefined) return undefined;
  if (options.noticeSecret === undefined)
    throw new Error('noticeUrl is given without noticeSecret: notices are always signed, so give the secret too.');
  return {
    url: options.noticeUrl,
    secret: options.noticeSecret,
    ...(options.noticeApiKey === undefined ? {} : { apiKey: options.noticeApiKey }),
  };
};

const quotaLimits = (quotas: AceNetworkOptions['quotas']): QuotaLimits | undefined => {
  if (quotas === false) return undefined;
  return typeof quotas === 'object' ? { ...publishedQuotas, ...quotas } : publishedQuotas;
};

/** @throws when no credential is given, or half of the notice settings. */
export const completeSettings = (options: AceNetworkOptions): AceSettings => {
  if (options.credentials.length === 0)
    throw new Error('The ACE network needs at least one access key in `credentials`: every call must be signed.');
  return {
    credentials: options.credentials,
    catalogs: options.catalogs ?? ['AWS', 'Sandbox'],
    partner: { ...samplePartner, ...options.partner },
    solutions: options.solutions ?? sampleSolutions,
    marketplace: { offers: [], offerSets: [], solutions: [], products: [], ...options.marketplace },
    quotas: quotaLimits(options.quotas),
    reviewer: { mode: 'automatic', inReviewAfterMs: 5_000, decideAfterMs: 10_000, ...options.reviewer },
    tasks: { completeAfterMs: 0, problems: 'exception', ...options.tasks },
    notices: noticeSettings(options),
    localControls: options.localControls ?? false,
    now: options.now ?? (() => new Date()),
  };
};
