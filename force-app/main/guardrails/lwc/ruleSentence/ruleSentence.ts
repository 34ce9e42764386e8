import { LightningElement, api } from 'lwc';
import { slotsOf, valueOf } from 'c/ruleShapes';
import type { RuleShape, Settings, SlotKind } from 'c/ruleShapes';
import { labels } from 'c/guardrailLabels';
import { labels as ruleLabels } from 'c/ruleLabels';
import { sentenceOf, slotName } from 'c/ruleTexts';
import { choicesOf, shownValue, typedValue, weekdays } from 'c/ruleValues';
import { fill } from 'c/textFormat';

interface Option {
  value: string;
  label: string;
  chosen: boolean;
}
interface Part {
  key: string;
  words: string;
  slot: string;
  name: string;
  shown: string;
  action: string;
  typed: string;
  problem: string;
  inputClass: string;
  invalid: string;
  describedBy: string | undefined;
  problemId: string;
  options: Option[];
  days: { value: string; label: string; chosen: boolean }[];
  isWords: boolean;
  isStrong: boolean;
  isButton: boolean;
  isSelect: boolean;
  isInput: boolean;
  isTime: boolean;
  isDays: boolean;
  isPersonal: boolean;
  isList: boolean;
  inputMode: string;
  unit: string;
}

/** What stands for "all of them" and for "none" where personal data is chosen. */
const ALL = '*';
const NONE = '';
/** Neither all nor none, and nothing named yet. */
const SOME = ' ';

/**
 * A rule in a sentence. Read, its numbers stand out, and are buttons for whoever may change them; changed, each is a field
 * in its place.
 * @fires choose with `detail.slot` when a number was chosen to be changed.
 * @fires typed with `detail.slot` and `detail.typed` for each change of a field.
 */
export default class RuleSentence extends LightningElement {
  @api shape: RuleShape | undefined;
  @api settings: Settings = {};
  /** Numbers are buttons. */
  @api choosable = false;
  /** Numbers are fields. */
  @api editing = false;
  /** What stands in the fields, by number; what is missing is taken from the settings. */
  @api typed: Record<string, string> = {};
  /** What is wrong with a field, by number. */
  @api problems: Record<string, string> = {};

  /** Puts the focus into a number's field or on its button; the first one without a name. */
  @api
  focusSlot(slot?: string): boolean {
    const places = [...(this.template?.querySelectorAll<HTMLElement>('[data-slot]') ?? [])];
    const place = slot ? places.find((one) => one.dataset.slot === slot) : places[0];
    place?.focus();
    return place !== undefined;
  }

  get parts(): Part[] {
    const { shape, settings } = this;
    if (!shape) {
      return [];
    }
    const slots = slotsOf(shape, settings);
    return sentenceOf(shape, settings).map(({ words, slot }, index) =>
      this.partOf(`${index}`, words, slot, slots[slot]),
    );
  }

  get shownProblems(): { slot: string; id: string; text: string }[] {
    return Object.entries(this.problems).map(([slot, text]) => ({ slot, id: problemId(slot), text }));
  }

  handleChoose(event: Event): void {
    this.tell('choose', { slot: slotOf(event) });
  }

  handleTyped(event: Event): void {
    this.tell('typed', { slot: slotOf(event), typed: (event.currentTarget as HTMLInputElement).value });
  }

  handlePersonal(event: Event): void {
    const { value } = event.currentTarget as HTMLSelectElement;
    this.tell('typed', { slot: slotOf(event), typed: { all: ALL, none: NONE }[value] ?? SOME });
  }

  handleDay(event: Event): void {
    const { value, checked } = event.currentTarget as HTMLInputElement;
    const slot = slotOf(event);
    const days = this.typedOf(slot, { kind: 'weekdays' })
      .split(',')
      .filter((day) => day !== '' && day !== value);
    this.tell('typed', { slot, typed: (checked ? [...days, value].sort() : days).join(',') });
  }

  private tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private typedOf(slot: string, kind: SlotKind): string {
    return this.typed[slot] ?? typedValue(kind, valueOf(this.settings, slot), this.settings);
  }

  private partOf(key: string, words: string, slot: string, kind: SlotKind | undefined): Part {
    const name = slotName(slot);
    const value = valueOf(this.settings, slot);
    const shown = kind && value !== undefined ? shownValue(kind, value, this.settings) : '';
    const typed = kind && this.editing ? this.typedOf(slot, kind) : '';
    const problem = this.problems[slot] ?? '';
    const fields = this.editing && kind !== undefined;
    const personal = kind?.kind === 'personal';
    const chosen = personal ? personalChoice(typed) : typed;
    const isSelect = fields && (kind.kind === 'consequence' || kind.kind === 'yesNo');
    const isDays = fields && kind.kind === 'weekdays';
    const isTime = fields && kind.kind === 'minute';
    const isPersonal = fields && personal;
    return {
      key,
      words,
      slot,
      name,
      shown,
      action: fill(labels.edit_number, name, shown),
      typed: typed.trim(),
      problem,
      invalid: String(problem !== ''),
      describedBy: problem === '' ? undefined : problemId(slot),
      problemId: problemId(slot),
      inputClass: `slds-input number ${kind?.kind ?? ''}`,
      unit: unitOf(kind, this.settings),
      inputMode: kind?.kind === 'currency' ? 'text' : 'decimal',
      options: kind
        ? (personal ? personalChoices() : choicesOf(kind)).map((one) => ({ ...one, chosen: one.value === chosen }))
        : [],
      days: weekdays().map((day) => ({
        value: String(day.value),
        label: day.label,
        chosen: typed.split(',').includes(String(day.value)),
      })),
      isWords: slot === '',
      isStrong: slot !== '' && !fields && !this.choosable,
      isButton: slot !== '' && !fields && this.choosable,
      isSelect,
      isDays,
      isTime,
      isPersonal,
      isList: isPersonal && chosen === 'some',
      isInput: fields && !isSelect && !isDays && !isTime && !isPersonal,
    };
  }
}

function slotOf(event: Event): string {
  return (event.currentTarget as HTMLElement).dataset.slot ?? '';
}

function problemId(slot: string): string {
  return `problem-${slot.replace('.', '-')}`;
}

/** What stands behind a field, so that a number is never bare. */
function unitOf(kind: SlotKind | undefined, { currency }: Settings): string {
  if (kind?.kind === 'percent') {
    return '%';
  }
  return kind?.kind === 'money' ? String(currency) : '';
}

function personalChoice(typed: string): string {
  if (typed === ALL) {
    return 'all';
  }
  return typed === NONE ? 'none' : 'some';
}

function personalChoices(): { value: string; label: string }[] {
  return [
    { value: 'all', label: ruleLabels.personal_all },
    { value: 'none', label: ruleLabels.personal_none },
    { value: 'some', label: ruleLabels.personal_named },
  ];
}
