import { FUNCTION_IDS, type FunctionId, PARTNER_FUNCTIONS } from './functions.ts';

/** The four kinds of agent (M010–M013): who arranges, who knows, who judges, who helps a partner's people. */
export const AGENT_KINDS = ['orchestration', 'intelligence', 'compliance', 'amplification'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** An agent as a member of the team (M208): what it is for, what it may do, and, on its record, to whom it answers. */
export interface AgentDefinition {
  /** `Agent__c.Key__c`; as actor in the ledger it stands where a person's id stands. */
  readonly key: string;
  readonly name: string;
  readonly kind: AgentKind;
  /** Null: it works for all ten. */
  readonly function: FunctionId | null;
  readonly role: string;
  /** What it may do, one sentence each; nothing else. */
  readonly permissions: readonly string[];
  /** Whether anything of it is built. One that is not cannot be switched on (M015). */
  readonly built: boolean;
}

const everyAgentMay = [
  'Read live records of Salesforce as the integration user may',
  'Propose; nothing is done before guardrails have judged it',
];

interface FunctionAgent {
  readonly kind: AgentKind;
  readonly role: string;
  readonly permissions: readonly string[];
  readonly built?: true;
}

const FUNCTION_AGENTS: Readonly<Record<FunctionId, FunctionAgent>> = {
  recruitment: {
    kind: 'intelligence',
    role: 'Finds companies that would make good partners, and prepares the first contact.',
    permissions: ['Propose a contact to a person'],
  },
  'demand-generation': {
    kind: 'amplification',
    role: 'Prepares campaigns that partners run with us.',
    permissions: ['Propose texts made from approved material'],
  },
  'partner-sales': {
    kind: 'amplification',
    role: 'Helps the partner’s sellers with what they need for a deal.',
    permissions: ['Propose texts made from approved material', 'Propose who should meet whom'],
  },
  'co-selling': {
    kind: 'orchestration',
    role: 'Drafts referrals from live deals, files them at the partner’s network and follows them to their end.',
    permissions: [
      'File and submit referrals under a grant that names the action and every field',
      'Send corrections that the partner asked for',
      'Write what became of it on the referral',
    ],
    built: true,
  },
  quoting: {
    kind: 'compliance',
    role: 'Prepares quotes within the discount bands.',
    permissions: ['Propose a quote; above the first band a manager says yes, above the second nobody does'],
  },
  onboarding: {
    kind: 'orchestration',
    role: 'Takes a new partner through its first steps.',
    permissions: ['Propose tasks to people of both companies'],
  },
  'customer-success': {
    kind: 'intelligence',
    role: 'Sees which joint customers need attention.',
    permissions: ['Propose a next step to the owner of the account'],
  },
  renewals: {
    kind: 'orchestration',
    role: 'Prepares renewals with the partner in time.',
    permissions: ['Propose a renewal to the owner of the contract'],
  },
  training: {
    kind: 'amplification',
    role: 'Sees to it that the partner’s people are trained for what they sell.',
    permissions: ['Propose a course'],
  },
  telemetry: {
    kind: 'intelligence',
    role: 'Works out the health of partners from how they use and how they meet us.',
    permissions: ['Write health and its reasons on the partner'],
  },
};

const agentKey = (word: string): string => `agent:${word}`;

const ofFunction = (id: FunctionId): AgentDefinition => {
  const { kind, role, permissions, built } = FUNCTION_AGENTS[id];
  const name = PARTNER_FUNCTIONS.find((one) => one.id === id)?.name ?? id;
  return {
    key: agentKey(id),
    name: `${name} agent`,
    kind,
    function: id,
    role,
    permissions: [...everyAgentMay, ...permissions],
    built: built ?? false,
  };
};

/** Those who work for every function. */
const SHARED_AGENTS: readonly AgentDefinition[] = [
  {
    key: agentKey('orchestration'),
    name: 'Orchestration agent',
    kind: 'orchestration',
    function: null,
    role: 'Does what was judged and allowed, one effect after the other, and records each before it is done.',
    permissions: ['Send an effect that guardrails have allowed, once, while no switch is thrown'],
    built: true,
  },
  {
    key: agentKey('intelligence'),
    name: 'Intelligence agent',
    kind: 'intelligence',
    function: null,
    role: 'Works out scores and figures, each with its reasons.',
    permissions: ['Read what a person may see, and write scores with their reasons'],
    built: false,
  },
  {
    key: agentKey('compliance'),
    name: 'Compliance agent',
    kind: 'compliance',
    function: null,
    role: 'Judges every proposal by the policies in force before anything of it is done.',
    permissions: ['Allow, hold up or deny a proposal, with the reasons', 'Never act itself'],
    built: true,
  },
  {
    key: agentKey('amplification'),
    name: 'Amplification agent',
    kind: 'amplification',
    function: null,
    role: 'Prepares what partners’ people need, from approved material alone.',
    permissions: ['Propose texts made from approved material'],
    built: false,
  },
];

/** Every agent: one for each function (M048), and one of each kind that works for all of them. */
export const AGENTS: readonly AgentDefinition[] = [...FUNCTION_IDS.map(ofFunction), ...SHARED_AGENTS];

/** The agent that stands for a function. */
export const agentOfFunction = (id: FunctionId): AgentDefinition => ofFunction(id);
