import { LightningElement, api } from 'lwc';
import { BAND_CHOICES } from 'c/healthWords';
import { labels } from 'c/portfolioLabels';
import { EVERYTHING } from 'c/portfolioView';
import type { View } from 'c/portfolioView';
import { deleteView, keptViews, saveView } from 'c/savedViews';
import type { SavedView } from 'c/savedViews';
import { fill } from 'c/textFormat';

interface Choice {
  value: string;
  label: string;
}

const ALL: Choice = { value: '', label: labels.all };
/** What the signals' filter offers; declining stands among them, as it is what signals do. */
const MISSING: readonly Choice[] = [
  ALL,
  { value: 'declining', label: labels.declining },
  { value: 'any', label: labels.missingAny },
  { value: 'usage', label: labels.missingUsage },
  { value: 'interaction', label: labels.missingInteraction },
];

/**
 * Search, filters and saved views.
 * @fires view with `detail` as the new `View`.
 */
export default class PortfolioFilters extends LightningElement {
  @api view: View = EVERYTHING;
  /** The segments and tiers that partners have. */
  @api segments: readonly string[] = [];
  @api tiers: readonly string[] = [];

  labels = labels;
  missingChoices = MISSING;
  bands: readonly Choice[] = [ALL, ...BAND_CHOICES];
  managers: readonly Choice[] = [ALL, { value: 'mine', label: labels.mine }];
  said = '';
  name = '';
  chosenView = '';
  private saved: readonly SavedView[] = keptViews().saved;

  get segmentChoices(): Choice[] {
    return [ALL, ...this.segments.map((value) => ({ value, label: value }))];
  }

  get tierChoices(): Choice[] {
    return [ALL, ...this.tiers.map((value) => ({ value, label: value }))];
  }

  get signals(): string {
    return this.view.declining ? 'declining' : this.view.missing;
  }

  get views(): Choice[] {
    return [{ value: '', label: labels.viewNone }, ...this.saved.map(({ name }) => ({ value: name, label: name }))];
  }

  get hasViews(): boolean {
    return this.saved.length > 0;
  }

  get hasChosenView(): boolean {
    return this.chosenView !== '';
  }

  get hasNoName(): boolean {
    return this.name.trim() === '';
  }

  get isFiltered(): boolean {
    const { search, band, segment, tier, manager, missing, declining } = this.view;
    return declining || [search, band, segment, tier, manager, missing].some((value) => value !== '');
  }

  handleChange(event: CustomEvent<{ value: string }>): void {
    const { field = '' } = (event.currentTarget as HTMLElement).dataset;
    this.show({ ...this.view, [field]: event.detail.value });
  }

  handleSignals({ detail: { value } }: CustomEvent<{ value: string }>): void {
    this.show({ ...this.view, declining: value === 'declining', missing: value === 'declining' ? '' : value });
  }

  handleClear(): void {
    const { order, descending } = this.view;
    this.show({ ...EVERYTHING, order, descending });
  }

  handleView({ detail: { value } }: CustomEvent<{ value: string }>): void {
    const found = this.saved.find(({ name }) => name === value);
    this.show(found?.view ?? EVERYTHING);
    this.chosenView = value;
  }

  handleName(event: CustomEvent<{ value: string }>): void {
    this.name = event.detail.value;
  }

  handleSave(): void {
    const name = this.name.trim();
    this.saved = saveView(name, this.view);
    this.chosenView = name;
    this.name = '';
    this.said = fill(labels.viewSaved, name);
  }

  handleDelete(): void {
    this.said = fill(labels.viewDeleted, this.chosenView);
    this.saved = deleteView(this.chosenView);
    this.chosenView = '';
  }

  private show(view: View): void {
    this.chosenView = '';
    this.said = '';
    this.dispatchEvent(new CustomEvent('view', { detail: view }));
  }
}
