import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import MODEL from '@salesforce/schema/ScoreModel__c';
import { mayManage } from 'c/governanceRights';
import { asQuery } from 'c/recordQuery';
import { MODELS_QUERY, readModels } from 'c/scoreModelData';
import type { ScoreModel } from 'c/scoreModelData';
import { labels } from 'c/scoreModelLabels';
import { dayWords, isUsable, learnedWords, stateWords, subjectWords } from 'c/scoreModelWords';
import { decimal } from 'c/scoreWords';
import { fill } from 'c/textFormat';

interface ShownModel {
  id: string;
  key: string;
  name: string;
  state: string;
  icon: string;
  learned: string;
  trained: string;
  auc: string;
  ece: string;
  lift: string;
  mayUse: boolean;
}
interface ShownSubject {
  subject: string;
  title: string;
  /** What the model in use learned from; empty where none is in use. */
  says: string;
  models: ShownModel[];
}

/** The models of deals and of partners: which one scores, how good each is, and a way back to an older one. */
export default class ScoreModels extends LightningElement {
  labels = labels;
  query: unknown;
  errors: unknown;
  isForbidden = false;
  private models: ScoreModel[] | undefined;
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(getObjectInfo, { objectApiName: MODEL })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(MODELS_QUERY));
    }
  }

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    this.models = data ? readModels(data) : this.models;
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.models === undefined && !this.errors;
  }

  get isEmpty(): boolean {
    return !this.isForbidden && this.models?.length === 0;
  }

  get subjects(): ShownSubject[] {
    if (this.isForbidden) {
      return [];
    }
    const models = this.models ?? [];
    return [...new Set(models.map(({ subject }) => subject))]
      .sort()
      .reverse()
      .map((subject) => {
        const own = models.filter((model) => model.subject === subject);
        const active = own.find(({ state }) => state === 'active');
        return {
          subject,
          title: subjectWords(subject),
          says: active ? [active.says, learnedWords(active)].filter((part) => part !== '').join(' ') : '',
          models: own.map(shownOf),
        };
      });
  }

  get hasSubjects(): boolean {
    return this.subjects.length > 0;
  }

  get mayManage(): boolean {
    return mayManage;
  }

  async handleChanged(): Promise<void> {
    await this.refresh?.();
  }
}

function shownOf(model: ScoreModel): ShownModel {
  const { label, icon } = stateWords(model.state);
  const learned = model.subject === 'health' ? labels.partners : labels.deals;
  // A base rate ranks nothing, so its figures say nothing.
  const figure = (value: number | undefined, words: (known: number) => string): string => {
    return value === undefined || model.isTooLittle ? labels.notMeasured : words(value);
  };
  return {
    id: model.id,
    key: model.key,
    name: model.name,
    state: label,
    icon,
    learned: fill(learned, decimal(model.rows, 0), decimal(model.won, 0)),
    trained: dayWords(model.trainedAt.slice(0, 10)),
    auc: figure(model.auc, (auc) => fill(labels.aucCell, decimal(auc * 100, 0))),
    ece: figure(model.ece, (ece) => fill(labels.eceCell, decimal(ece * 100, 1))),
    lift: figure(model.lift, (lift) => fill(labels.liftCell, decimal(lift, 1))),
    mayUse: mayManage && isUsable(model),
  };
}
