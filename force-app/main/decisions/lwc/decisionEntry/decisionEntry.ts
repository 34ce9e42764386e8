import { LightningElement, api } from 'lwc';
import type { Decision, Dispute } from 'c/decisionData';
import { labels } from 'c/decisionLabels';
import { labels as disputeLabels } from 'c/disputeLabels';
import { actorOf, stateOf } from 'c/decisionWords';
import type { Mark } from 'c/decisionWords';

/**
 * One decision: a sentence, where it stands, who and when; below it what it rests on, judging it again, and questions.
 * @fires changed after the service did something with the decision, so that it has to be read again.
 */
export default class DecisionEntry extends LightningElement {
  @api decision: Decision | undefined;
  @api disputes: Dispute[] = [];
  /** Whether it is unfolded from the beginning. */
  @api open = false;

  labels = labels;
  disputeLabels = disputeLabels;

  get state(): { words: string } & Mark {
    return this.decision ? stateOf(this.decision) : { words: '', icon: '', variant: '' };
  }

  get actor(): string {
    return this.decision ? actorOf(this.decision) : '';
  }

  get isQuestioned(): boolean {
    return this.disputes.some(({ state }) => state !== 'closed');
  }
}
