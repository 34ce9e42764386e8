import { LightningElement, api } from 'lwc';
import { openQuestions } from 'c/referralAnswers';
import type { Referral } from 'c/referralData';
import { questionFor } from 'c/referralDraft';
import type { Answers, DraftValue, MappingRow, Question } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { fill } from 'c/textFormat';

interface QuestionsElement extends HTMLElement {
  focusFirstOpen(): boolean;
}

/** What each of AWS's reasons is about: these fields come first, the others are folded away below them. */
const FIELDS_OF_REASON: Record<string, readonly string[]> = {
  'Clarify Solution': ['Project.CustomerBusinessProblem'],
  'Clarify Revenue': ['Project.ExpectedCustomerSpend.Amount', 'LifeCycle.TargetCloseDate'],
};

/**
 * The partner asked for a change: its comment in full, and only what may be changed now, filled with what was sent.
 * @fires correct with `detail.answers`: the changed values by target.
 */
export default class ReferralCorrection extends LightningElement {
  @api referral: Referral | undefined;
  /** The mapping of the partner's network: what kind of value each field takes. */
  @api mapping: MappingRow[] = [];
  /** What was sent with the referral. */
  @api values: DraftValue[] = [];
  @api busy = false;

  labels = labels;
  typed: Answers = {};
  hint = '';

  get partnerName(): string {
    return this.referral?.partnerName ?? '';
  }

  get comment(): string {
    return this.referral?.reviewComments ?? '';
  }

  get questions(): Question[] {
    const { editableNow = [], questions = [] } = this.referral ?? {};
    return editableNow.flatMap((target) => {
      const asked = questions.find((question) => question.target === target);
      const row = this.mapping.find((candidate) => candidate.target === target);
      const sent = sentAs(this.values.find((value) => value.target === target)?.shown, row);
      // Nothing is missing, so the field is named rather than asked for.
      const question = asked ?? (row && { ...questionFor(row), question: row.label });
      return question ? [{ ...question, current: question.current ?? sent }] : [];
    });
  }

  /** The fields the partner's reason is about; all of them where it gives none that we know. */
  get askedFor(): Question[] {
    const { questions } = this;
    const targets = FIELDS_OF_REASON[this.referral?.reviewReason ?? ''] ?? [];
    const asked = questions.filter(({ target }) => targets.includes(target));
    return asked.length > 0 ? asked : questions;
  }

  get others(): Question[] {
    const { askedFor } = this;
    return this.questions.filter(({ target }) => !askedFor.some((question) => question.target === target));
  }

  get hasOthers(): boolean {
    return this.others.length > 0;
  }

  get othersTitle(): string {
    return fill(labels.correctionMore, this.others.length);
  }

  get hasQuestions(): boolean {
    return this.questions.length > 0;
  }

  get buttonLabel(): string {
    return this.busy ? labels.buttonSending : fill(labels.buttonSendCorrection, this.partnerName);
  }

  handleAnswer(event: CustomEvent<{ target: string; value: string | string[] }>): void {
    const { target, value } = event.detail;
    this.typed = { ...this.typed, [target]: value };
    this.hint = '';
  }

  handleSend(): void {
    const changed = this.questions.filter(({ target, current = '' }) => {
      const answer = this.typed[target];
      return answer !== undefined && [answer].flat().join('; ') !== current;
    });
    if (changed.length === 0) {
      this.hint = labels.correctionChange;
    } else if (openQuestions(changed, this.typed).length > 0) {
      const groups = [...(this.template?.querySelectorAll<QuestionsElement>('c-referral-questions') ?? [])];
      groups.some((group) => group.focusFirstOpen());
    } else {
      const answers = Object.fromEntries(changed.map(({ target }) => [target, this.typed[target] ?? '']));
      this.dispatchEvent(new CustomEvent('correct', { detail: { answers } }));
    }
  }
}

/** A sent value in the words of its field: what was sent as `US` was chosen as "United States". */
function sentAs(sent = '', row: MappingRow | undefined): string {
  return ((row?.settings.names ?? {}) as Record<string, string>)[sent] ?? sent;
}
