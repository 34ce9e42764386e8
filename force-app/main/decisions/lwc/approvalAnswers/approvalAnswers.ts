import { MOST_AT_ONCE } from 'c/approvalData';
import type { Approval, ApprovalAnswer } from 'c/approvalData';
import { sendRequest } from 'c/governanceRequest';

/** One answer on its way, or waiting for the request before it. */
export interface Given {
  key: string;
  answer: ApprovalAnswer;
  comment: string;
}

/** Answers that were given and are not read back yet: in the request that is under way, and for the next one. */
export interface Outgoing {
  readonly given: readonly Given[];
  readonly underWay: readonly Given[];
}

export const NOTHING_OUT: Outgoing = { given: [], underWay: [] };

/** More answers for the next request. */
export const withGiven = ({ given, underWay }: Outgoing, more: readonly Given[]): Outgoing => ({
  given: [...given, ...more],
  underWay,
});

/** As many as one request takes set out; null: nothing waits, or a request is under way already. */
export const setOut = ({ given, underWay }: Outgoing): Outgoing | null => {
  const isIdle = underWay.length === 0 && given.length > 0;
  return isIdle ? { given: given.slice(MOST_AT_ONCE), underWay: given.slice(0, MOST_AT_ONCE) } : null;
};

/** The request was answered, and its lines were read again. */
export const arrived = ({ given }: Outgoing): Outgoing => ({ given, underWay: [] });

/** One line of the inbox. */
export interface Line {
  approval: Approval;
  key: string;
  chosen: boolean;
  /** Its answer is out. */
  busy: boolean;
  /** Keys work on it: on the first one, until another has had the focus. */
  active: boolean;
}

/** The lines of what waits, as they stand now. */
export const linesOf = (
  open: readonly Approval[],
  chosen: ReadonlySet<string>,
  { given, underWay }: Outgoing,
  activeKey: string,
): Line[] => {
  const out = new Set([...given, ...underWay].map(({ key }) => key));
  const active = activeKey || open[0]?.key;
  return open.map((approval) => ({
    approval,
    key: approval.key,
    chosen: chosen.has(approval.key),
    busy: out.has(approval.key),
    active: approval.key === active,
  }));
};

/** Key of the line that waits after those that were just answered; of the last one that waits; empty: none does. */
export const lineAfter = (lines: readonly Line[], answered: ReadonlySet<string>): string => {
  const at = lines.findIndex(({ key }) => answered.has(key));
  const next = lines.find(({ busy }, place) => !busy && place > at) ?? lines.findLast(({ busy }) => !busy);
  return next?.key ?? '';
};

/** Sends what set out in one request; gives the request's id. */
export const sendAnswers = ({ underWay }: Outgoing): Promise<string> =>
  sendRequest('answer-approval', '', {
    answers: underWay.map(({ key, answer, comment }) => ({
      approval: key,
      answer,
      ...(comment === '' ? {} : { comment }),
    })),
  });
