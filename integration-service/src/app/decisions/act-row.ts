import { z } from 'zod';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { ReadEntry } from './decision-story.ts';
import {
  agentRef,
  chain,
  cut,
  decisionKey,
  functionOf,
  keptUntil,
  listOf,
  partnerRef,
  person,
  type Surroundings,
} from './row-fields.ts';

type Kind = 'policy' | 'mode' | 'control' | 'stop' | 'approval' | 'material' | 'batch';

/** Which acts have a record of their own; of a dispute and of judging again there are other records. */
const KINDS: Readonly<Record<string, Kind>> = {
  'change-policy': 'policy',
  'adopt-boundary': 'policy',
  'decline-boundary': 'policy',
  'change-mode': 'mode',
  'open-phase': 'mode',
  'allow-exception': 'mode',
  'pause-led': 'mode',
  'go-on-led': 'mode',
  'change-control': 'control',
  stop: 'stop',
  resume: 'stop',
  'test-stop': 'stop',
  'learn-weights': 'control',
  'open-intervention': 'control',
  'answer-intervention': 'control',
  'assign-interventions': 'control',
  'answer-approval': 'approval',
  'undo-approval': 'approval',
  'propose-material': 'material',
  'approve-material': 'material',
  'withdraw-material': 'material',
};

/** The act that a decision's name tells of. */
export const actOf = (
  decision: string,
): { readonly kind: string; readonly subject: string; readonly request: string } | null => {
  const [, kind, subject, request] = /^([a-z-]+):(.*)#([^#]*)$/s.exec(decision) ?? [];
  return kind === undefined || subject === undefined || request === undefined ? null : { kind, subject, request };
};

/** Acts of which one request may ask for many at once. */
export const isOneOfMany = (kind: string): boolean => kind === 'answer-approval' || kind === 'undo-approval';

const controlForm = z.looseObject({ what: z.string() });

/** The record of an act of governance, or of all that one request asked for; null: it has none. */
export const actRow = (
  decisions: readonly string[],
  entries: readonly ReadEntry[],
  around: Surroundings,
): OwnRow | null => {
  const [first] = entries;
  const act = actOf(decisions[0] ?? '');
  const kind = act ? KINDS[act.kind] : undefined;
  const body = controlForm.safeParse(first?.body);
  if (!first || !act || kind === undefined || !body.success) return null;
  const many = decisions.length > 1;
  const function_ =
    act.subject
      .split(':')
      .map(functionOf)
      .find((id) => id !== null) ?? null;
  const says = many
    ? `${act.kind === 'answer-approval' ? 'Answered' : 'Took back the answers to'} ${decisions.length} approvals at once.`
    : body.data.what;
  return {
    object: 'Decision__c',
    key: decisionKey(many ? `${act.kind}:many#${act.request}` : (decisions[0] ?? '')),
    fields: {
      function: function_,
      useCase: act.kind.slice(0, 80),
      kind: many ? 'batch' : kind,
      answer: 'allow',
      state: 'done',
      requestedBy: person(first.actor),
      decidedAt: first.at,
      says: cut(says, 4_000),
      rules: '[]',
      facts: '[]',
      effects: listOf(
        many
          ? entries.map(({ at, body: said, decision }) => ({
              step: actOf(decision)?.subject ?? '',
              operation: act.kind,
              at,
              state: 'done',
              says: whatOf(said),
            }))
          : [],
        32_768,
      ),
      ...chain(entries),
      retainUntil: keptUntil(first.at, around.retention.otherYears),
    },
    refs: {
      partner: partnerRef(first.partnerOfRecord, around.partners),
      agent: agentRef(first.actor),
    },
  };
};

const whatOf = (body: unknown): string => {
  const read = controlForm.safeParse(body);
  return read.success ? read.data.what : '';
};
