import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import { labels } from 'c/guardrailLabels';
import type { PolicyGroup, PolicyVersion, ScopePartner } from 'c/policyData';
import { isReadable } from 'c/ruleShapes';
import type { RuleShape, Settings } from 'c/ruleShapes';
import { ruleTitle } from 'c/ruleTexts';
import { fill } from 'c/textFormat';
import { momentOf } from 'c/timeFormat';

interface ShownVersion {
  key: string;
  title: string;
  facts: string;
  settings: Settings;
  hasSentence: boolean;
  note: string;
}
interface ShownScope {
  key: string;
  scope: string;
  label: string;
  settings: Settings;
  basedOn: number;
  hasSentence: boolean;
  note: string;
  facts: string;
  upcoming: ShownVersion[];
  history: ShownVersion[];
  historyTitle: string;
  hasHistory: boolean;
  isEditing: boolean;
  isShown: boolean;
  actionLabel: string;
  actionName: string;
  canChange: boolean;
  canAddScope: boolean;
}

/** A scope of its own that has not been chosen yet. */
const NEW_SCOPE = '';

/**
 * One rule of a function: a sentence per scope with who set it and since when, its history, and its change in place.
 * @fires changed with `detail.rule` and `detail.message` after a new version was saved, so that the list reads again.
 */
export default class GuardrailRule extends LightningElement {
  @api shape: RuleShape | undefined;
  @api functionId = '';
  @api groups: PolicyGroup[] = [];
  @api partners: ScopePartner[] = [];
  /** The reader may change numbers. */
  @api changeable = false;

  /** What was just saved here; the title takes the focus, as the fields that had it are gone. */
  @api
  get notice(): string {
    return this.saved;
  }
  set notice(value: string) {
    this.focusHeading ||= value !== '' && value !== this.saved;
    this.saved = value;
  }

  labels = labels;
  /** The scope whose numbers are being changed; undefined: none. */
  editing: string | undefined;
  firstSlot = '';
  saved = '';
  private focusHeading = false;

  renderedCallback(): void {
    if (this.focusHeading) {
      this.focusHeading = false;
      this.template?.querySelector<HTMLElement>('.title')?.focus();
    }
  }

  get title(): string {
    return ruleTitle(this.shape?.id ?? '');
  }

  get isUnset(): boolean {
    return this.groups.length === 0;
  }

  get scopes(): ShownScope[] {
    return this.groups.map((group) => this.scopeOf(group));
  }

  get isAddingScope(): boolean {
    return this.editing === NEW_SCOPE;
  }

  get isSettingFirst(): boolean {
    return this.isUnset && this.editing === 'all';
  }

  get canSet(): boolean {
    return this.changeable && this.isUnset && this.editing === undefined;
  }

  get setName(): string {
    return fill(labels.set_for, this.title);
  }

  get start(): Settings {
    return this.shape?.start ?? {};
  }

  /** What numbers of a scope of its own begin with: those that count for everybody. */
  get common(): Settings {
    const all = this.groups.find(({ scope }) => scope === 'all')?.current?.settings;
    return all && this.shape && isReadable(this.shape, all) ? all : this.start;
  }

  handleChange(event: Event): void {
    this.edit((event.currentTarget as HTMLElement).dataset.scope ?? 'all', '');
  }

  handleChoose(event: CustomEvent<{ slot: string }>): void {
    this.edit((event.currentTarget as HTMLElement).dataset.scope ?? 'all', event.detail.slot);
  }

  handleSet(): void {
    this.edit('all', '');
  }

  handleAddScope(): void {
    this.edit(NEW_SCOPE, '');
  }

  handleCancel(): void {
    this.editing = undefined;
    this.focusHeading = true;
  }

  handleSaved(event: CustomEvent<{ message: string }>): void {
    this.editing = undefined;
    const { message } = event.detail;
    this.dispatchEvent(new CustomEvent('changed', { detail: { rule: this.shape?.id ?? '', message } }));
  }

  private edit(scope: string, slot: string): void {
    this.editing = scope;
    this.firstSlot = slot;
  }

  private scopeOf({ key, scope, versions, current, upcoming }: PolicyGroup): ShownScope {
    const shown = this.versionOf(current);
    const isEditing = this.editing === scope;
    const past = versions.filter((version) => version !== current && !upcoming.includes(version));
    const readable = shown?.hasSentence === true;
    const label = this.scopeLabel(scope);
    return {
      key,
      scope,
      label: scope === 'all' && this.groups.length === 1 ? '' : fill(labels.scope_for, label),
      settings: readable && current ? current.settings : this.common,
      basedOn: versions[0]?.version ?? 0,
      hasSentence: readable && !isEditing,
      note: shown?.note ?? (upcoming.length > 0 ? labels.notSet_says : ''),
      facts: shown?.facts ?? '',
      upcoming: upcoming.flatMap((version) => this.versionOf(version) ?? []),
      history: past.flatMap((version) => this.versionOf(version) ?? []),
      historyTitle: fill(labels.history, past.length),
      hasHistory: past.length > 0,
      isEditing,
      isShown: !isEditing,
      actionLabel: labels.change,
      actionName: fill(labels.change_for, this.title, label),
      canChange: this.changeable && this.editing === undefined,
      // Said once, at the numbers for everybody.
      canAddScope: this.changeable && this.editing === undefined && scope === this.groups[0]?.scope,
    };
  }

  private versionOf(version: PolicyVersion | undefined): ShownVersion | undefined {
    const { shape } = this;
    if (!version || !shape) {
      return undefined;
    }
    const { settings, author, effectiveFrom } = version;
    const withdrawn = settings.withdrawn === true;
    const hasSentence = !withdrawn && isReadable(shape, settings);
    return {
      key: version.id,
      title: fill(labels.version, version.version),
      facts: [
        fill(labels.version, version.version),
        author === '' ? labels.by_tandem : fill(labels.by, author),
        sinceText(effectiveFrom),
      ].join(' · '),
      settings,
      hasSentence,
      note: withdrawn ? labels.withdrawn : hasSentence ? '' : labels.unreadable,
    };
  }

  private scopeLabel(scope: string): string {
    if (scope === 'all') {
      return labels.scope_all;
    }
    const [kind, name] = scope.includes(':') ? scope.split(':', 2) : ['partner', scope];
    switch (kind) {
      case 'tier':
        return fill(labels.scope_tier, name ?? '');
      case 'segment':
        return fill(labels.scope_segment, name ?? '');
      default:
        return fill(labels.scope_partner, this.partners.find(({ key }) => key === name)?.name ?? name ?? '');
    }
  }
}

/** Since when a version counts, or from when it will. */
function sinceText(effectiveFrom: string): string {
  const moment = momentOf(effectiveFrom);
  if (moment === undefined) {
    return labels.always;
  }
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE });
  return fill(moment > Date.now() ? labels.starts : labels.since, format.format(moment));
}
