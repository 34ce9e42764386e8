import { LightningElement, api } from 'lwc';
import { replayOf } from 'c/decisionData';
import type { Decision, Replay } from 'c/decisionData';
import { replayWords } from 'c/decisionWords';
import { sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { labels } from 'c/replayLabels';

/**
 * Judges a decision again on request, and says in words what came of it.
 * @fires changed when the service has judged it again; bubbles to the timeline.
 */
export default class DecisionReplay extends LightningElement {
  @api decision: Decision | undefined;

  labels = labels;
  requestId = '';
  errors: unknown;
  busy = false;
  private justNow: Replay | undefined;

  get replay(): Replay | undefined {
    const stored = this.decision?.replay;
    // The record may be read before it has been written again.
    return this.justNow && (!stored || stored.at < this.justNow.at) ? this.justNow : stored;
  }

  get words(): ReturnType<typeof replayWords> | undefined {
    return this.replay && replayWords(this.replay);
  }

  get at(): string {
    return this.replay?.at ?? '';
  }

  get differences(): { key: number; words: string }[] {
    return (this.words?.differences ?? []).map((words, key) => ({ key, words }));
  }

  async handleReplay(): Promise<void> {
    this.busy = true;
    this.errors = undefined;
    try {
      this.requestId = await sendRequest('replay-decision', this.decision?.key ?? '', {});
    } catch (error) {
      this.errors = error;
      this.busy = false;
    }
  }

  handleAnswered({ detail }: CustomEvent<Answer>): void {
    this.busy = false;
    if (detail.state === 'done') {
      this.justNow = replayOf(detail.result) ?? this.justNow;
      this.requestId = '';
      this.dispatchEvent(new CustomEvent('changed', { bubbles: true, composed: true }));
    }
  }
}
