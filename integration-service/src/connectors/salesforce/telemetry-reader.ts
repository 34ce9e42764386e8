import { z } from 'zod';
import type { PartnerGrant } from '../../domain/guardrails/guardrail.ts';
import type { Result } from '../../domain/values/result.ts';
import type { CrmActivity, CrmPage, CrmTelemetry } from '../../ports/telemetry/crm-telemetry.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { Namespace } from './namespace.ts';
import type { OrgReader } from './org-reader.ts';
import { guarded } from './port-errors.ts';
import { instantLiteral, literal } from './soql.ts';

/** One page of an answer of the org. */
const pageRows = 2_000;

const instant = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : new Date(text).toISOString()));
const lines = z
  .string()
  .nullable()
  .transform((text) =>
    (text ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
const partnerRow = z.object({ Key__c: z.string(), CreatedDate: z.string() });
const referralRow = z.object({
  Key__c: z.string(),
  Direction__c: z.string().nullable(),
  State__c: z.string().nullable(),
  FiledAt__c: instant,
  DecidedAt__c: instant,
  LastModifiedDate: z.string(),
  Partner__r: z.object({ Key__c: z.string() }).nullable(),
  Opportunity__r: z.object({ AccountId: z.string().nullable() }).nullable(),
});
const grantRow = z.object({
  Key__c: z.string(),
  Status__c: z.enum(['active', 'revoked']),
  Actions__c: lines,
  Fields__c: lines,
  EvidenceKind__c: z.enum(['platform-terms', 'countersigned']).nullable(),
  Evidence__c: z.string().nullable(),
  EvidenceCheckedAt__c: instant,
  EffectiveFrom__c: instant,
  ExpiresAt__c: instant,
  Partner__r: z.object({ Key__c: z.string() }).nullable(),
});

/**
 * What an org knows of dealings with partners. Referrals alone: no standard object ties a meeting, a case or a certification
 * to a `Partner__c`, so those are told through `/v1/telemetry` by whatever system has them.
 */
export class SalesforceTelemetry implements CrmTelemetry {
  readonly #org: Pick<OrgReader, 'rows'>;
  readonly #space: Namespace;

  constructor(org: Pick<OrgReader, 'rows'>, space: Namespace) {
    this.#org = org;
    this.#space = space;
  }

  partnersSince(cursor: string | null): Promise<Result<CrmPage<string>, PortError>> {
    const key = this.#space.field('Partner__c', 'Key__c');
    return guarded(async () => {
      const rows = await this.#org.rows(
        `SELECT ${key}, CreatedDate FROM ${this.#space.object('Partner__c')} ` +
          (cursor === null ? '' : `WHERE CreatedDate >= ${instantLiteral(cursor)} `) +
          `ORDER BY CreatedDate, Id`,
      );
      const partners = rows.map((row) => partnerRow.parse(row));
      return {
        items: partners.map(({ Key__c }) => Key__c),
        cursor: laterOf(cursor, partners.at(-1)?.CreatedDate),
        more: false,
      };
    });
  }

  activitySince(cursor: string | null): Promise<Result<CrmPage<CrmActivity>, PortError>> {
    const field = (name: string): string => this.#space.field('Referral__c', name);
    const names = ['Key__c', 'Direction__c', 'State__c', 'FiledAt__c', 'DecidedAt__c'].map(field);
    return guarded(async () => {
      const rows = await this.#org.rows(
        `SELECT ${names.join(', ')}, LastModifiedDate, ` +
          `${field('Partner__r')}.${this.#space.field('Partner__c', 'Key__c')}, ${field('Opportunity__r')}.AccountId ` +
          `FROM ${this.#space.object('Referral__c')} WHERE ${field('FiledAt__c')} != NULL ` +
          (cursor === null ? '' : `AND LastModifiedDate >= ${instantLiteral(cursor)} `) +
          `ORDER BY LastModifiedDate, Id LIMIT ${pageRows}`,
      );
      const referrals = rows.map((row) => referralRow.parse(row));
      const next = laterOf(cursor, referrals.at(-1)?.LastModifiedDate);
      return {
        items: referrals.flatMap(activitiesOf),
        cursor: next,
        // A full page whose rows were all changed in one instant would be read for ever.
        more: rows.length === pageRows && next !== cursor,
      };
    });
  }

  grants(
    partner?: string,
  ): Promise<Result<readonly { readonly partner: string; readonly grant: PartnerGrant }[], PortError>> {
    const field = (name: string): string => this.#space.field('PartnerGrant__c', name);
    const names = Object.keys(grantRow.shape).filter((name) => name !== 'Partner__r');
    const partnerKey = `${field('Partner__r')}.${this.#space.field('Partner__c', 'Key__c')}`;
    return guarded(async () => {
      const rows = await this.#org.rows(
        `SELECT ${names.map(field).join(', ')}, ${partnerKey} FROM ${this.#space.object('PartnerGrant__c')} ` +
          `WHERE ${field('Status__c')} = 'active'${partner === undefined ? '' : ` AND ${partnerKey} = ${literal(partner)}`}`,
      );
      return rows.flatMap((row) => {
        const { Partner__r, ...grant } = grantRow.parse(row);
        return Partner__r === null
          ? []
          : [
              {
                partner: Partner__r.Key__c,
                grant: {
                  key: grant.Key__c,
                  status: grant.Status__c,
                  actions: grant.Actions__c,
                  fields: grant.Fields__c,
                  evidenceKind: grant.EvidenceKind__c,
                  evidence: grant.Evidence__c ?? '',
                  evidenceCheckedAt: grant.EvidenceCheckedAt__c,
                  effectiveFrom: grant.EffectiveFrom__c,
                  expiresAt: grant.ExpiresAt__c,
                  revokedBy: null,
                },
              },
            ];
      });
    });
  }
}

const laterOf = (cursor: string | null, newest: string | undefined): string | null =>
  newest === undefined ? cursor : new Date(newest).toISOString();

/** The partner's word on a referral: what the network decided, for or against. */
const answered: ReadonlySet<string | null> = new Set(['approved', 'rejected', 'action-required']);

const activitiesOf = (referral: z.infer<typeof referralRow>): readonly CrmActivity[] => {
  const { Key__c: key, Partner__r, Opportunity__r, FiledAt__c, DecidedAt__c, State__c, Direction__c } = referral;
  if (Partner__r === null) return [];
  const about = { partner: Partner__r.Key__c, account: Opportunity__r?.AccountId ?? '' };
  const sent: CrmActivity[] =
    FiledAt__c === null
      ? []
      : [
          {
            id: `referral:${key}:filed`,
            at: FiledAt__c,
            kind: Direction__c === 'inbound' ? 'partner.deal-registered' : 'partner.referral-sent',
            ...about,
          },
        ];
  return DecidedAt__c === null || !answered.has(State__c)
    ? sent
    : [
        ...sent,
        { id: `referral:${key}:${State__c ?? ''}`, at: DecidedAt__c, kind: 'partner.referral-answered', ...about },
      ];
};
