import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import { mayManage } from 'c/governanceRights';
import { text } from 'c/recordQuery';
import { numberOf } from 'c/scoreData';
import { DETAIL_FIELDS, MODEL_FIELDS, modelOf, readCard, readDrift, readLeaks } from 'c/scoreModelData';
import type { Drift, LeakRow, ModelCard, ScoreModel } from 'c/scoreModelData';
import { labels } from 'c/scoreModelLabels';
import { algorithmWords, isUsable, learnedWords, stateWords } from 'c/scoreModelWords';
import { decimal, percent } from 'c/scoreWords';
import { fill } from 'c/textFormat';
import { momentOf, relativeText } from 'c/timeFormat';

interface Figure {
  key: string;
  words: string;
  help: string;
}

/** Facts that are drawn; what is left moves a score by less than anybody could see. */
const MOST_FACTS = 10;

/**
 * A model as an admin judges it: whether it is in use, what it learned from, how good it is in words, whether it means
 * what it says, what it looks at, what it may not look at, and whether the world has moved since.
 */
export default class ScoreModelCard extends LightningElement {
  @api recordId = '';

  labels = labels;
  fields = [...Object.values(MODEL_FIELDS), ...Object.values(DETAIL_FIELDS)];
  error: unknown;
  private record: RecordData | undefined;

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  receiveRecord({ data, error }: Wire.LdsResult<RecordData>): void {
    this.record = data ?? this.record;
    this.error = error;
  }

  get isLoading(): boolean {
    return this.record === undefined && !this.error;
  }

  get isForbidden(): boolean {
    return this.record !== undefined && !(MODEL_FIELDS.state.fieldApiName in this.record.fields);
  }

  get isReady(): boolean {
    return this.record !== undefined && !this.isForbidden;
  }

  get model(): ScoreModel {
    const values = Object.entries(MODEL_FIELDS).map(([name, field]) => [name, getFieldValue(this.record, field)]);
    return modelOf(this.recordId, Object.fromEntries(values) as Record<keyof typeof MODEL_FIELDS, unknown>);
  }

  get stateIcon(): string {
    return stateWords(this.model.state).icon;
  }

  /** Whether it is in use, since when and by whose will; else why not. */
  get stateSays(): string {
    const { state, trainedAt } = this.model;
    if (state === 'active') {
      const since = relativeOf(this.detail('activatedAt') || trainedAt);
      const by = this.detail('activatedBy');
      return by === '' ? fill(labels.inUseSince, since) : fill(labels.inUseBy, since, by);
    }
    if (state === 'candidate') {
      return fill(labels.candidateSays, relativeOf(trainedAt));
    }
    return state === 'refused' ? labels.refusedSays : labels.retiredSays;
  }

  get mayUse(): boolean {
    return mayManage && isUsable(this.model);
  }

  /** The model in the service's own words; where it keeps none, what the figures say. */
  get sentences(): string[] {
    const { model } = this;
    return [
      ...(model.says === '' ? [] : [model.says]),
      learnedWords(model),
      model.isTooLittle ? labels.tooLittle : fill(labels.works, algorithmWords(model.algorithm)),
    ];
  }

  get measuredText(): string {
    return this.card.measuredBy === 'time-split' ? labels.measuredTime : labels.measuredFolds;
  }

  /** How good it is; a base rate ranks nothing, so there is nothing to tell. */
  get figures(): Figure[] {
    const { auc, ece, lift, rows, won, isTooLittle } = this.model;
    const brier = numberOf(getFieldValue(this.record, DETAIL_FIELDS.brier));
    const { perfectEce } = this.card;
    const share = rows === 0 ? 0 : won / rows;
    const shown: (Figure | undefined)[] = [
      auc === undefined || isTooLittle
        ? undefined
        : {
            key: 'auc',
            words: fill(labels.aucWords, decimal(auc * 100, 0)),
            help: fill(labels.aucHelp, decimal(auc, 3)),
          },
      ece === undefined
        ? undefined
        : {
            key: 'ece',
            words: fill(labels.eceWords, decimal(ece * 100, 1)),
            help:
              perfectEce === undefined
                ? fill(labels.eceHelpPlain, decimal(ece, 3))
                : fill(labels.eceHelp, decimal(ece, 3), decimal(perfectEce, 3)),
          },
      lift === undefined || isTooLittle
        ? undefined
        : {
            key: 'lift',
            words: fill(labels.liftWords, decimal(lift, 1)),
            help: fill(labels.liftHelp, decimal(lift, 2)),
          },
      brier === undefined
        ? undefined
        : {
            key: 'brier',
            words: fill(labels.brierWords, decimal(brier, 3), decimal(share * (1 - share), 3)),
            help: labels.brierHelp,
          },
    ];
    return shown.filter((figure) => figure !== undefined);
  }

  get hasFigures(): boolean {
    return this.figures.length > 0;
  }

  /** The parts that only some may read; without them the card ends with the figures. */
  get hasDetails(): boolean {
    return this.detail('card') !== '';
  }

  get card(): ModelCard {
    return readCard(this.detail('card'));
  }

  get facts(): { name: string; share: string; width: string }[] {
    const largest = this.card.importance[0]?.share ?? 1;
    return this.card.importance
      .filter(({ share }) => share > 0)
      .slice(0, MOST_FACTS)
      .map(({ name, share }) => ({
        name,
        share: percent(share),
        width: `inline-size: ${Math.round((share / largest) * 100)}%`,
      }));
  }

  get hasFacts(): boolean {
    return this.facts.length > 0;
  }

  get leaks(): LeakRow[] | undefined {
    return readLeaks(this.detail('leakReport'));
  }

  /** Fields that were left out for another reason than that they give the end away. */
  get useless(): { field: string; why: string }[] {
    const judged = new Set((this.leaks ?? []).map(({ field }) => field));
    return this.card.leftOut.filter(({ field }) => !judged.has(field));
  }

  get drift(): Drift | undefined {
    return readDrift(this.detail('drift'));
  }

  get driftText(): string {
    const { drift } = this;
    if (!drift) {
      return labels.driftUnknown;
    }
    return drift.noticed.length === 0 ? labels.driftNone : labels.driftNoticed;
  }

  get driftDetails(): string[] {
    const { drift } = this;
    if (!drift) {
      return [];
    }
    const { ended, won, noticed } = drift;
    const since = ended === undefined || won === undefined ? [] : [fill(labels.driftSince, ended, won)];
    return [...noticed.map(({ feature, says }) => says || feature), ...since];
  }

  get driftAt(): string {
    const { drift } = this;
    return drift?.at ? fill(labels.driftAt, relativeOf(drift.at)) : '';
  }

  async handleChanged(): Promise<void> {
    await notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
  }

  private detail(name: keyof typeof DETAIL_FIELDS): string {
    return text(getFieldValue(this.record, DETAIL_FIELDS[name]));
  }
}

function relativeOf(time: string): string {
  const moment = momentOf(time);
  return moment === undefined ? '–' : relativeText(moment, Date.now());
}
