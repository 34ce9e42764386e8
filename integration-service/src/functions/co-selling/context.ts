import type { AboutPerson, Fact } from '../../domain/decisions/proposal.ts';
import type { FunctionMode, KillSwitch, PartnerGrant, Policy } from '../../domain/guardrails/guardrail.ts';
import { answerHomeOf, type Answers, type DealFacts, type MappingRow } from '../../domain/referrals/draft.ts';
import { homePath } from '../../domain/referrals/visible-facts.ts';
import type { ReferralState } from '../../domain/referrals/referral.ts';
import type { Json } from '../../domain/values/json.ts';

/** A value with where and when it was read: the age of a fact is part of the decision. */
export interface Read<Value> {
  readonly value: Value;
  /** `salesforce:Opportunity/006…`, `aws-ace:ListSolutions`, `request:a00…`. */
  readonly source: string;
  /** ISO 8601 instant. */
  readonly readAt: string;
}

/** A person's request (`Request__c`). */
export interface ReferralRequest {
  readonly id: string;
  readonly kind: 'refer' | 'answer' | 'correct' | 'retry';
  /** User id from the change event: the authority. */
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly surface: string;
  readonly clickedAt: string | null;
  readonly input: {
    readonly shown?: {
      readonly fields: readonly string[];
      readonly fingerprints?: Readonly<Record<string, string>> | undefined;
    };
    readonly answers?: Answers;
    /** A correction: targets whose values on the deal, which was changed since, shall replace what was sent. */
    readonly changed?: readonly string[];
  };
  /** Paths of the deal that this person has filled in since; `Opportunity.Account.*` is anything of the account. */
  readonly typed?: readonly string[];
  /** What was answered on this referral before, by target, as far as this person may know it. */
  readonly earlier?: Read<Readonly<Record<string, EarlierAnswer>>>;
}

/** An answer that is kept on the referral. */
export interface EarlierAnswer {
  /** A list has `;` between its parts. */
  readonly value: string;
  /** User id; null where the record does not say. */
  readonly by: string | null;
  readonly byName: string | null;
}

/** An attempt to refer this deal to this partner, as it stands. */
export interface ReferralSummary {
  readonly key: string;
  readonly attempt: number;
  readonly state: ReferralState;
  readonly networkId: string | null;
  /** The request this attempt is being worked for; it may go on after a crash, another one meets it. */
  readonly requestId: string | null;
}

/** What every use case of co-selling is given; all of it is read before, nothing is fetched here. */
export interface CoSellingContext {
  readonly org: string;
  readonly request: ReferralRequest;
  readonly partner: { readonly id: string; readonly key: string; readonly network: string };
  readonly mapping: Read<readonly MappingRow[]>;
  readonly grant: Read<PartnerGrant | null>;
  readonly mode: Read<FunctionMode | null>;
  readonly policies: Read<readonly Policy[]>;
  readonly killSwitches: readonly KillSwitch[];
  /** Whether the person who asked may edit these records: an answer is kept there only then. */
  readonly requesterMay: { readonly editOpportunity: boolean; readonly editAccount: boolean };
  /** What field security hides from that person, and what it shows without letting them change it: paths of the mapping. */
  readonly fieldSecurity: Read<{ readonly hidden: readonly string[]; readonly locked: readonly string[] }>;
  /** ISO 8601 instant. */
  readonly now: string;
}

/** An answer that belongs in a record, so that nobody is asked twice. */
export interface AnswerToKeep {
  readonly record: 'Opportunity' | 'Account';
  /** Field name without namespace. */
  readonly field: string;
  readonly value: string;
}

/** A fact of the decision; one with `people`, be it none of them, holds personal data. */
export const factOf = <Value>(name: string, read: Read<Value>, people?: readonly AboutPerson[]): Fact => ({
  name,
  source: read.source,
  readAt: read.readAt,
  value: read.value as Json,
  personal: people !== undefined,
  ...(people ? { people } : {}),
});

/** A fact that is the same for many decisions while it is not read anew; nothing personal is in it. */
export const sharedFact = <Value>(name: string, read: Read<Value>): Fact => ({ ...factOf(name, read), shared: true });

/**
 * Answers kept in the fields their mapping rows name, where the person who gave them may edit record and field, and where
 * the field means the same: an amount in dollars is not kept among amounts in euros.
 */
export const answersToKeep = (
  mapping: readonly MappingRow[],
  answered: ReadonlySet<string>,
  deal: DealFacts,
  { request, requesterMay, fieldSecurity }: Pick<CoSellingContext, 'request' | 'requesterMay' | 'fieldSecurity'>,
): readonly AnswerToKeep[] => {
  const { hidden, locked } = fieldSecurity.value;
  const closed = new Set([...hidden, ...locked]);
  return mapping.flatMap((row): AnswerToKeep[] => {
    const { target } = row;
    const answerHome = answerHomeOf(row, deal);
    const answer = request.input.answers?.[target];
    const [record, field, ...more] = answerHome.split('.');
    if (answer === undefined || !answered.has(target) || field === undefined || more.length > 0) return [];
    if (closed.has(homePath(row) ?? '')) return [];
    const value = [answer].flat().join(';').trim();
    if (record === 'Opportunity' && requesterMay.editOpportunity) return [{ record, field, value }];
    if (record === 'Account' && requesterMay.editAccount) return [{ record, field, value }];
    return [];
  });
};
