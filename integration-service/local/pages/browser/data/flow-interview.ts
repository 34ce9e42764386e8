import type { FlowChoiceSet, FlowCondition, FlowModel, FlowStep, FlowValue } from '../../package/flow-model.ts';
import { evaluateFormula } from './flow-formula.ts';

/** Reading and writing records as the person who runs the flow. */
export interface FlowRecords {
  query(soql: string): Promise<Record<string, unknown>[]>;
  /** Creates all or none; rejects with the org's reason. */
  create(records: Record<string, unknown>[]): Promise<void>;
}

/** What a flow needs from outside. */
export interface FlowWorld {
  flows: Record<string, FlowModel>;
  labels: Record<string, string>;
  records: FlowRecords;
  now(): Date;
}

type ScreenStep = Extract<FlowStep, { kind: 'screen' }>;

/** A screen as it is shown: texts are filled in, choices are read. */
export interface ShownScreen {
  label: string;
  fields: {
    name: string;
    kind: 'words' | 'choice';
    text: string;
    required: boolean;
    value: string;
    choices: { label: string; value: string }[];
  }[];
  allowBack: boolean;
  button: string;
  isLast: boolean;
}

const quote = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return 'null';
  return `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
};

/** The framework wraps what it hands out; a plain copy keeps an interview's past unchanged. */
const copy = (values: Map<string, unknown>): Map<string, unknown> => structuredClone(values);

/** One run of a flow by one person. It stops at each screen and goes on with `next`. */
export class FlowInterview {
  readonly #flow: FlowModel;
  readonly #world: FlowWorld;
  #values = new Map<string, unknown>();
  #loops = new Map<string, number>();
  #screen: string | null = null;
  #past: { screen: string; values: Map<string, unknown>; loops: Map<string, number> }[] = [];

  constructor(flow: FlowModel, world: FlowWorld, inputs: Record<string, unknown>) {
    this.#flow = flow;
    this.#world = world;
    for (const variable of flow.variables) {
      const given = variable.isInput ? inputs[variable.name] : undefined;
      const empty = variable.isCollection
        ? []
        : variable.object === null
          ? null
          : { attributes: { type: variable.object } };
      const initial = variable.initial === null ? empty : this.#valueOf(variable.initial);
      this.#values.set(variable.name, given === undefined ? initial : structuredClone(given));
    }
  }

  /** Runs to the first screen; undefined where the flow ends without one. */
  start(): Promise<ShownScreen | undefined> {
    return this.#run(this.#flow.start);
  }

  /** Takes what was entered and runs to the next screen; undefined where the flow has ended. */
  next(entered: Record<string, unknown>): Promise<ShownScreen | undefined> {
    const name = this.#screen;
    if (name === null) throw new Error('The flow is not at a screen.');
    this.#past.push({ screen: name, values: copy(this.#values), loops: new Map(this.#loops) });
    for (const [field, value] of Object.entries(entered)) this.#values.set(field, value);
    return this.#run((this.#flow.steps[name] as ScreenStep).next);
  }

  /** Goes back to the screen before, with what was known there. */
  back(): Promise<ShownScreen | undefined> {
    const before = this.#past.pop();
    if (before === undefined) throw new Error('There is no screen before this one.');
    this.#values = before.values;
    this.#loops = before.loops;
    return this.#run(before.screen);
  }

  /** The values of output variables. */
  outputs(): Record<string, unknown> {
    const outputs = this.#flow.variables.filter(({ isOutput }) => isOutput);
    return Object.fromEntries(outputs.map(({ name }) => [name, this.#values.get(name)]));
  }

  async #run(from: string | null): Promise<ShownScreen | undefined> {
    let name = from;
    while (name !== null) {
      const step = this.#flow.steps[name];
      if (step === undefined) throw new Error(`Flow ${this.#flow.name} goes to ${name}, which it does not have.`);
      if (step.kind === 'screen') {
        this.#screen = name;
        return this.#show(step);
      }
      name = await this.#take(name, step);
    }
    this.#screen = null;
    return undefined;
  }

  #take(name: string, step: Exclude<FlowStep, ScreenStep>): Promise<string | null> | string | null {
    switch (step.kind) {
      case 'assignment':
        for (const item of step.items) this.#assign(item.to, item.operator, this.#valueOf(item.value));
        return step.next;
      case 'decision':
        return (
          step.rules.find(({ conditions }) => conditions.every((one) => this.#holds(one))) ?? { next: step.otherwise }
        ).next;
      case 'loop':
        return this.#loop(name, step);
      case 'lookup':
        return this.#orFault(step.fault, async () => {
          const limit = step.firstOnly ? 1 : undefined;
          const found = await this.#world.records.query(
            this.#soql(step.object, ['Id', ...step.fields], step.filters, step.orderBy, limit),
          );
          this.#values.set(name, step.firstOnly ? (found[0] ?? null) : found);
          return step.next;
        });
      case 'create':
        return this.#orFault(step.fault, async () => {
          await this.#world.records.create([this.#read(step.input)].flat() as Record<string, unknown>[]);
          return step.next;
        });
      case 'subflow':
        return this.#call(name, step);
    }
  }

  #loop(name: string, step: Extract<FlowStep, { kind: 'loop' }>): string | null {
    const collection = (this.#read(step.collection) ?? []) as unknown[];
    const ordered = step.descending ? collection.toReversed() : collection;
    const index = this.#loops.get(name) ?? 0;
    if (index >= ordered.length) {
      this.#loops.delete(name);
      return step.after;
    }
    this.#loops.set(name, index + 1);
    this.#values.set(name, ordered[index]);
    return step.each;
  }

  async #call(name: string, step: Extract<FlowStep, { kind: 'subflow' }>): Promise<string | null> {
    const flow = this.#world.flows[step.flow];
    if (flow === undefined)
      throw new Error(`Flow ${this.#flow.name} calls ${step.flow}, which the package does not have.`);
    if (flow.hasScreens) throw new Error(`Flow ${step.flow} has screens; as a subflow it is not run here.`);
    const inputs = Object.fromEntries(step.inputs.map((input) => [input.name, this.#valueOf(input.value)]));
    const interview = new FlowInterview(flow, this.#world, inputs);
    await interview.start();
    this.#values.set(name, interview.outputs());
    return step.next;
  }

  async #orFault(fault: string | null, work: () => Promise<string | null>): Promise<string | null> {
    try {
      return await work();
    } catch (error) {
      if (fault === null) throw error;
      this.#values.set('$Flow.FaultMessage', error instanceof Error ? error.message : String(error));
      return fault;
    }
  }

  #assign(to: string, operator: string, value: unknown): void {
    const [variable = '', ...path] = to.split('.');
    const before = this.#read(to);
    const after = this.#assigned(operator, before, value);
    if (path.length === 0) this.#values.set(variable, after);
    else this.#values.set(variable, { ...(this.#values.get(variable) as object), [path.join('.')]: after });
  }

  #assigned(operator: string, before: unknown, value: unknown): unknown {
    switch (operator) {
      case 'Assign':
        return value;
      case 'AssignCount':
        return Array.isArray(value) ? value.length : 0;
      case 'Add':
        if (Array.isArray(before)) return [...before, structuredClone(value)];
        return typeof before === 'number' ? before + Number(value) : `${String(before ?? '')}${String(value ?? '')}`;
      default:
        throw new Error(`Flow ${this.#flow.name} assigns with ${operator}, which is not run here.`);
    }
  }

  #holds({ left, operator, right }: FlowCondition): boolean {
    const value = this.#read(left);
    const other = this.#valueOf(right);
    switch (operator) {
      case 'IsNull':
        return (value === null || value === undefined) === other;
      case 'EqualTo':
        return (value ?? '') === other;
      case 'NotEqualTo':
        return (value ?? '') !== other;
      case 'GreaterThan':
        return Number(value) > Number(other);
      case 'LessThan':
        return Number(value) < Number(other);
      default:
        throw new Error(`Flow ${this.#flow.name} decides with ${operator}, which is not run here.`);
    }
  }

  #valueOf(value: FlowValue): unknown {
    return 'literal' in value ? value.literal : this.#read(value.reference);
  }

  #read(reference: string): unknown {
    if (reference === '$Flow.CurrentDateTime') return this.#world.now().toISOString();
    if (reference.startsWith('$Label.')) return this.#world.labels[reference.slice('$Label.'.length)] ?? '';
    if (reference.startsWith('$Flow.')) return this.#values.get(reference) ?? '';
    const [name = '', ...path] = reference.split('.');
    const formula = this.#flow.formulas[name];
    if (formula !== undefined) return evaluateFormula(formula, (inner) => this.#read(inner));
    const value = this.#values.get(name);
    return path.length === 0 ? value : (value as Record<string, unknown> | null | undefined)?.[path.join('.')];
  }

  #fill(template: string): string {
    return template.replace(/\{!([\w.$]+)\}/g, (_, reference: string) => String(this.#read(reference) ?? ''));
  }

  #soql(object: string, fields: string[], filters: FlowCondition[], orderBy: string, limit?: number): string {
    const signs: Record<string, string> = { EqualTo: '=', NotEqualTo: '!=' };
    const where = filters.map(({ left, operator, right }) => {
      const sign = signs[operator];
      if (sign === undefined)
        throw new Error(`Flow ${this.#flow.name} filters with ${operator}, which is not run here.`);
      return `${left} ${sign} ${quote(this.#valueOf(right))}`;
    });
    const parts = [`SELECT ${[...new Set(fields)].join(', ')} FROM ${object}`];
    if (where.length > 0) parts.push(`WHERE ${where.join(' AND ')}`);
    if (orderBy !== '') parts.push(`ORDER BY ${orderBy}`);
    if (limit !== undefined) parts.push(`LIMIT ${limit}`);
    return parts.join(' ');
  }

  async #choices(set: FlowChoiceSet | undefined): Promise<{ label: string; value: string }[]> {
    if (set === undefined) return [];
    const found = await this.#world.records.query(
      this.#soql(set.object, [set.value, set.display], set.filters, set.orderBy),
    );
    return found.map((record) => ({
      label: String(record[set.display] ?? ''),
      value: String(record[set.value] ?? ''),
    }));
  }

  async #show(step: ScreenStep): Promise<ShownScreen> {
    const fields = await Promise.all(
      step.fields.map(async (field) => ({
        name: field.name,
        kind: field.kind,
        text: this.#fill(field.text),
        required: field.required,
        value: String(this.#values.get(field.name) ?? ''),
        choices: (await Promise.all(field.choiceSets.map((set) => this.#choices(this.#flow.choiceSets[set])))).flat(),
      })),
    );
    const isLast = step.next === null;
    return {
      label: this.#fill(step.label),
      fields,
      allowBack: step.allowBack && this.#past.length > 0,
      button: step.button === '' ? (isLast ? 'Finish' : 'Next') : this.#fill(step.button),
      isLast,
    };
  }
}
