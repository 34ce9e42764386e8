import { setTimeout as later } from 'node:timers/promises';
import { z } from 'zod';
import { toChangeEvent } from '../../connectors/salesforce/change-event.ts';
import { type SalesforceClient, SalesforceError } from '../../connectors/salesforce/client.ts';
import type { Namespace } from '../../connectors/salesforce/namespace.ts';
import type { PubSubClient } from '../../connectors/salesforce/pubsub-client.ts';
import { idLiteral } from '../../connectors/salesforce/soql.ts';
import { excessRights } from '../../infrastructure/database/login-rights.ts';
import type { OrgDatabase } from '../../infrastructure/database/org-database.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { examineEvidence } from '../workers/renew-evidence.ts';
import { examinePolicies } from './examine-policies.ts';
import { check, type Finding } from './finding.ts';

/** The org as doctor looks at it: closer to the wire than the service itself. */
export interface DoctorOrg {
  readonly runtime: OrgRuntime;
  readonly client: SalesforceClient;
  readonly namespace: Namespace;
  readonly pubsub: PubSubClient;
  readonly topic: string;
  /** Signed in as the service is. */
  readonly database: OrgDatabase;
}

const describeOf = z.object({
  createable: z.boolean(),
  updateable: z.boolean(),
  queryable: z.boolean(),
  fields: z.array(z.object({ name: z.string() })),
});

const userLicence = z.object({ Profile: z.object({ UserLicense: z.object({ Name: z.string() }) }) });
const assignedLicence = z.object({ PermissionSetLicense: z.object({ MasterLabel: z.string() }) });

/** What the integration user must be able to do, object by object, and a field that shows it. */
const needs = [
  { object: 'Request__c', create: false, update: true, field: 'Input__c' },
  { object: 'Referral__c', create: true, update: true, field: 'State__c' },
  { object: 'ReferralValue__c', create: true, update: true, field: 'Value__c' },
  { object: 'Partner__c', create: true, update: true, field: 'FitRules__c' },
  { object: 'PartnerGrant__c', create: true, update: true, field: 'Fields__c' },
  { object: 'FunctionMode__c', create: true, update: true, field: 'Mode__c' },
  { object: 'GuardrailPolicy__c', create: true, update: true, field: 'Settings__c' },
  { object: 'ControlSwitch__c', create: true, update: true, field: 'Active__c' },
  { object: 'FunctionControl__c', create: true, update: true, field: 'State__c' },
  { object: 'RolloutPhase__c', create: true, update: true, field: 'Open__c' },
  { object: 'Agent__c', create: true, update: true, field: 'Role__c' },
  { object: 'BoundaryProposal__c', create: true, update: true, field: 'State__c' },
  { object: 'Decision__c', create: true, update: true, field: 'Says__c' },
  { object: 'Approval__c', create: true, update: true, field: 'State__c' },
  { object: 'Dispute__c', create: true, update: true, field: 'State__c' },
  { object: 'LanguageMaterial__c', create: true, update: true, field: 'Status__c' },
  { object: 'Intervention__c', create: true, update: true, field: 'State__c' },
  { object: 'ScoreModel__c', create: true, update: true, field: 'Card__c' },
  { object: 'DealScore__c', create: true, update: true, field: 'Reasons__c' },
  { object: 'TelemetryInsight__c', create: true, update: true, field: 'Says__c' },
  { object: 'FieldMapping__c', create: true, update: false, field: 'Settings__c' },
  { object: 'ServiceHeartbeat__c', create: true, update: true, field: 'LastSeenAt__c' },
  { object: 'Opportunity', create: false, update: true, field: 'TandemTracked__c' },
  { object: 'Account', create: false, update: true, field: 'Website' },
  { object: 'Contact', create: false, update: false, field: 'Email' },
] as const;

/** Objects in the channel: no event of theirs is delivered to a user without View All, and nothing says so. */
const heardObjects = ['Request__c', 'Opportunity', 'PartnerGrant__c', 'FunctionMode__c', 'GuardrailPolicy__c'] as const;

const eventWaitMs = 15_000;

/** Looks at a connection from end to end. Nothing is left behind but a heartbeat and the date of the grants' evidence. */
export const examineOrg = async (org: DoctorOrg): Promise<readonly Finding[]> => {
  const { runtime, client, pubsub, topic } = org;
  const findings = [
    await check(
      'sign-in',
      'Check client id, user name, key and pre-authorisation of the External Client App.',
      async () => {
        const session = await client.session();
        return `org ${session.orgId}, user ${session.userId}`;
      },
    ),
    await check(
      'org edition',
      'Change data capture needs Enterprise, Performance, Unlimited or Developer edition.',
      () => edition(client),
    ),
    await check(
      'licence',
      'Assign the permission set licence Salesforce API Integration to the integration user (Setup, Users): without it the permission sets give it nothing.',
      () => licence(client),
    ),
    ...(await Promise.all(needs.map((need) => permission(org, need)))),
    ...(await viewAll(org)),
    await check(
      'field security',
      'Give the integration user View Setup and Configuration (permission set Tandem Standard Objects Integration): without it nothing is referred, because nobody can tell which fields the person who asks may see.',
      async () => {
        const [row] = await client.query('SELECT Id FROM FieldPermissions LIMIT 1');
        if (!row) throw new Error('the field permissions of others are not shown');
        return 'field permissions can be read';
      },
    ),
    await check(
      'rights of people',
      'Give the integration user View Setup and Configuration and View Roles and Role Hierarchy (permission set Tandem Standard Objects Integration): without them nobody who asks can be told from somebody who may.',
      async () => {
        const permissions = await client.query("SELECT Id FROM CustomPermission WHERE DeveloperName LIKE 'Tandem%'");
        await client.query("SELECT Id FROM SetupEntityAccess WHERE SetupEntityType = 'CustomPermission' LIMIT 1");
        await client.query('SELECT Id, ParentRoleId FROM UserRole LIMIT 1');
        if (permissions.length === 0) throw new Error('the permissions of the package are not shown');
        return `${permissions.length} permissions of the package, managers and roles can be read`;
      },
    ),
    await check('field mapping', 'Put the row right, or make it inactive (Field Mappings).', async () => {
      const settings = await runtime.crm.readSettings(0);
      if (!settings.ok) throw new Error(settings.error.message);
      const { mapping, unusable } = settings.value;
      if (unusable.length > 0) throw new Error(unusable.map(({ key, why }) => `${key}: ${why}`).join('; '));
      const bare = mapping.filter(({ rule, settings: of }) => rule === 'amount' && of.currency === undefined);
      if (bare.length > 0)
        throw new Error(bare.map(({ key }) => `${key} does not name its currency (settings, "currency")`).join('; '));
      return `${mapping.length} rows`;
    }),
    await check(
      'guardrail policies',
      'Save each of them again on the Guardrails page: until then its rule denies.',
      () => examinePolicies(runtime),
    ),
    await check(
      'evidence of grants',
      'See that the network answers (AWS credentials, role and catalog): a grant whose evidence is too old is not acted under.',
      () => examineEvidence(runtime),
    ),
    await check(
      'event channel',
      'Deploy the channel TandemChannel and its members, and give the user the permission set Tandem Integration.',
      async () => {
        if (!(await pubsub.canSubscribe(topic))) throw new Error(`${topic} may not be read`);
        return topic;
      },
    ),
    await check(
      'event delivery',
      'See that the channel TandemChannel has its five members (deploy it again), and look at status.salesforce.com.',
      () => eventRoundTrip(org),
    ),
    await check('daily API calls', 'Buy more, or let the service do less: TANDEM_REVIEW_POLL_SECONDS.', async () => {
      if (client.usage > 0.5)
        throw new Error(`${Math.round(client.usage * 100)} % are used, and half is left to others`);
      return `${(client.usage * 100).toFixed(1)} % used today`;
    }),
    await check('PostgreSQL', 'Check DATABASE_URL.', async () => JSON.stringify(await runtime.inbox.counts())),
    await check(
      'database user',
      'Give DATABASE_URL a user who owns nothing, and DATABASE_OWNER_URL to migrations alone (docs/admin.md, "The database"): this one could rewrite the ledger.',
      async () => {
        const { login, excess } = await excessRights(org.database);
        if (excess.length > 0) throw new Error(`${login} ${excess.join(', ')}`);
        return `${login} may append to the ledger and read it`;
      },
    ),
    await check('Redis', 'Check REDIS_URL.', async () => {
      await runtime.queue.ping();
      return JSON.stringify(await runtime.queue.depth());
    }),
    await check('ledger', 'Keep the database as it is and call the operator: run "tandem ledger verify".', async () => {
      const { entries, firstBad } = await runtime.ledger.verify(runtime.org);
      if (firstBad) throw new Error(`entry ${firstBad.sequence}: ${firstBad.why}`);
      return `${entries} entries, all of them hold`;
    }),
    ...(await Promise.all([...runtime.portals.values()].map((portal) => network(runtime, portal)))),
  ];
  return findings;
};

const edition = async (client: SalesforceClient): Promise<string> => {
  const [row] = await client.query('SELECT OrganizationType, IsSandbox FROM Organization');
  const type = z.string().parse(row?.OrganizationType);
  if (!/Enterprise|Unlimited|Performance|Developer/.test(type)) throw new Error(`this is ${type}`);
  return `${type}${row?.IsSandbox === true ? ', sandbox' : ''}`;
};

/** A user on the licence Salesforce Integration needs a second one before permission sets give it any object. */
const licence = async (client: SalesforceClient): Promise<string> => {
  const user = idLiteral((await client.session()).userId);
  try {
    const [row] = await client.query(`SELECT Profile.UserLicense.Name FROM User WHERE Id = ${user}`);
    const { Name } = userLicence.parse(row).Profile.UserLicense;
    if (Name !== 'Salesforce Integration') return Name;
    const assigned = await client.query(
      `SELECT PermissionSetLicense.MasterLabel FROM PermissionSetLicenseAssign WHERE AssigneeId = ${user}`,
    );
    const labels = assigned.map((one) => assignedLicence.parse(one).PermissionSetLicense.MasterLabel);
    if (!labels.includes('Salesforce API Integration')) throw new Error(`${Name} alone`);
    return `${Name}, with Salesforce API Integration`;
  } catch (error) {
    if (error instanceof SalesforceError && ['INVALID_TYPE', 'INVALID_FIELD'].includes(error.code))
      return 'this org does not tell its integration user of licences; the permissions below show what they give';
    throw error;
  }
};

const permission = ({ client, namespace }: DoctorOrg, need: (typeof needs)[number]): Promise<Finding> => {
  const set = need.object.endsWith('__c') ? 'Tandem Integration' : 'Tandem Standard Objects Integration';
  return check(
    `permission on ${need.object}`,
    `Assign the permission set ${set} to the integration user.`,
    async () => {
      const answer = describeOf.parse(
        await client.request('GET', `/sobjects/${namespace.object(need.object)}/describe`, undefined, 'describe'),
      );
      const missing = [
        ...(answer.queryable ? [] : ['read']),
        ...(need.create && !answer.createable ? ['create'] : []),
        ...(need.update && !answer.updateable ? ['edit'] : []),
        ...(answer.fields.some(({ name }) => namespace.plain(name) === need.field) ? [] : [`field ${need.field}`]),
      ];
      if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
      return ['read', need.create ? 'create' : '', need.update ? 'edit' : ''].filter(Boolean).join(', ');
    },
  );
};

/** One finding for each object of the channel: View All Records, by a permission set, the profile, or View All Data. */
const viewAll = async ({ client, namespace }: DoctorOrg): Promise<readonly Finding[]> => {
  const assigned = `(SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${idLiteral((await client.session()).userId)})`;
  const answered = Promise.all([
    client.query(`SELECT Id FROM PermissionSet WHERE Id IN ${assigned} AND PermissionsViewAllData = TRUE LIMIT 1`),
    client.query(
      `SELECT SobjectType FROM ObjectPermissions WHERE ParentId IN ${assigned} AND PermissionsViewAllRecords = TRUE`,
    ),
  ]);
  return Promise.all(
    heardObjects.map((object) => {
      const set = object.endsWith('__c') ? 'Tandem Integration' : 'Tandem Standard Objects Integration';
      return check(
        `events of ${object}`,
        `Give the integration user View All Records on it (permission set ${set}): without it the channel is silent about it.`,
        async () => {
          const [everything, granted] = await answered;
          const seen = granted.some(({ SobjectType }) => SobjectType === namespace.object(object));
          if (everything.length === 0 && !seen) throw new Error('no View All Records');
          return 'View All Records';
        },
      );
    }),
  );
};

/**
 * Writes a grant as it stands and waits for the event of that very record: the proof that the channel speaks to this user.
 * What was judged before stays judged: the service knows this touch as its own user's (`isOwnTouch`).
 */
const eventRoundTrip = async ({ client, namespace, pubsub, topic }: DoctorOrg): Promise<string> => {
  const object = namespace.object('PartnerGrant__c');
  const checkedAt = namespace.field('PartnerGrant__c', 'EvidenceCheckedAt__c');
  const [row] = await client.query(`SELECT Id, ${checkedAt} FROM ${object} LIMIT 1`);
  if (!row) throw new Error('there is no partner grant yet whose change could be listened for');
  const id = z.string().parse(row.Id);
  const heard = Promise.withResolvers<null>();
  const subscription = await pubsub.subscribe(topic, 'latest', async (event) => {
    const { object: changed, recordIds } = toChangeEvent(await pubsub.decode(event), namespace);
    if (changed === 'PartnerGrant__c' && recordIds.some((one) => one.slice(0, 15) === id.slice(0, 15)))
      heard.resolve(null);
  });
  const started = performance.now();
  try {
    // The stream listens once the org has taken the request; a change in between would not be told.
    await later(500);
    await client.request('PATCH', `/sobjects/${object}/${id}`, { [checkedAt]: row[checkedAt] });
    const late = later(eventWaitMs, undefined, { ref: false }).then(() => {
      throw new Error(`no event of it came within ${eventWaitMs / 1_000} s`);
    });
    const ended = subscription.ended.then(({ why, message }) => {
      throw new Error(`the stream ended (${why}): ${message}`);
    });
    await Promise.race([heard.promise, late, ended]);
    return `${Math.round(performance.now() - started - 500)} ms from change to event`;
  } finally {
    subscription.stop();
  }
};

const network = (
  runtime: OrgRuntime,
  portal: OrgRuntime['portals'] extends ReadonlyMap<string, infer Portal> ? Portal : never,
): Promise<Finding> =>
  check(
    `network ${portal.network}`,
    'Check the credentials, the role and the catalog of the AWS account that is linked to Partner Central.',
    async () => {
      const probed = await portal.probe();
      if (!probed.ok) throw new Error(probed.error.message);
      const { bucket, perDay } = portal.budgetOf('create-opportunity');
      return `${probed.value.detail} ${await runtime.budget.spentToday(bucket)} of ${perDay} writes spent in 24 h.`;
    },
  );
