import { OPPORTUNITY_STAGES } from '../schema/standard/sales.ts';
import type { FieldValue, Row } from './engine.ts';
import { roundHalfUp } from './values.ts';

/** A row on its way into the store; behaviours of standard objects fill in what the platform derives. */
export interface Saving {
  readonly before: Row | null;
  readonly after: Record<string, FieldValue>;
  /** Fields that the caller gave, so that a derived default never overrides them. */
  readonly given: ReadonlySet<string>;
  /** The moment of the save, in the API's form. */
  readonly now: string;
}

const personName = ({ after }: Saving): void => {
  after.Name = [after.FirstName, after.LastName].filter((part) => part !== null && part !== '').join(' ');
};

const opportunity = ({ before, after, given, now }: Saving): void => {
  const stage = OPPORTUNITY_STAGES.find((each) => each.name === after.StageName);
  const stageChanged = before === null || before.StageName !== after.StageName;
  if (stageChanged) {
    if (!given.has('Probability') && stage !== undefined) after.Probability = stage.probability;
    if (!given.has('ForecastCategoryName') && stage !== undefined) after.ForecastCategoryName = stage.forecast;
    if (before !== null) after.LastStageChangeDate = now;
  }
  after.IsClosed = stage?.closed ?? false;
  after.IsWon = stage?.won ?? false;
  after.ForecastCategory = String(after.ForecastCategoryName ?? 'Pipeline')
    .replaceAll(' ', '')
    .replace('Commit', 'Forecast');
  after.ExpectedRevenue =
    after.Amount === null ? null : roundHalfUp((Number(after.Amount) * Number(after.Probability ?? 0)) / 100, 2);
  if (typeof after.CloseDate === 'string') {
    after.FiscalYear = Number(after.CloseDate.slice(0, 4));
    after.FiscalQuarter = Math.ceil(Number(after.CloseDate.slice(5, 7)) / 3);
  }
};

const lineItem = ({ after }: Saving): void => {
  const gross = Number(after.Quantity ?? 0) * Number(after.UnitPrice ?? 0);
  after.TotalPrice = roundHalfUp(gross * (1 - Number(after.Discount ?? 0) / 100), 2);
};

const task = ({ before, after, now }: Saving): void => {
  after.IsClosed = after.Status === 'Completed';
  after.IsHighPriority = after.Priority === 'High';
  after.CompletedDateTime = after.IsClosed ? (before?.CompletedDateTime ?? now) : null;
};

const event = ({ after, given }: Saving): void => {
  const start = after.StartDateTime ?? after.ActivityDateTime ?? null;
  if (start === null) return;
  const startsAt = new Date(String(start).replace('+0000', 'Z')).getTime();
  after.StartDateTime = start;
  after.ActivityDateTime = start;
  after.ActivityDate = String(start).slice(0, 10);
  if (given.has('DurationInMinutes') || after.EndDateTime === null)
    after.EndDateTime = new Date(startsAt + Number(after.DurationInMinutes ?? 60) * 60_000)
      .toISOString()
      .replace('Z', '+0000');
  const endsAt = new Date(String(after.EndDateTime).replace('+0000', 'Z')).getTime();
  after.DurationInMinutes = Math.round((endsAt - startsAt) / 60_000);
};

const user = (saving: Saving): void => {
  personName(saving);
  saving.after.UserType ??= 'Standard';
  saving.after.CommunityNickname ??= String(saving.after.Username).split('@')[0] ?? null;
};

/** What the platform derives on standard objects with every save. */
export const BEHAVIOURS: Readonly<Record<string, (saving: Saving) => void>> = {
  Contact: personName,
  Lead: personName,
  User: user,
  Opportunity: opportunity,
  OpportunityLineItem: lineItem,
  Task: task,
  Event: event,
};
