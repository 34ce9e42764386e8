import { namespaced } from '../build/namespace.ts';
import type { FlowChoiceSet, FlowCondition, FlowModel, FlowScreenField, FlowStep, FlowValue } from './flow-model.ts';
import { elements, readMetadata, text, texts, type MetadataFile, type XmlElement } from './read-xml.ts';

/** Parts of a flow that say nothing about what it does. */
const descriptive = new Set([
  'apiVersion',
  'description',
  'environments',
  'interviewLabel',
  'isTemplate',
  'label',
  'processMetadataValues',
  'processType',
  'runInMode',
  'start',
  'status',
]);

const screenFieldKinds: Record<string, FlowScreenField['kind']> = {
  DisplayText: 'words',
  RadioButtons: 'choice',
  DropdownBox: 'choice',
};

/** Reads one flow; what it holds beyond the elements of `flow-model.ts` is refused by name. */
class FlowReader {
  readonly #file: MetadataFile;
  readonly #namespace: string;

  constructor(file: MetadataFile, namespace: string) {
    this.#file = file;
    this.#namespace = namespace;
  }

  read(): FlowModel {
    const { root, name } = this.#file;
    const start = elements(root, 'start')[0];
    return {
      name,
      label: text(root, 'label') ?? name,
      hasScreens: text(root, 'processType') === 'Flow',
      start: start === undefined ? null : this.#next(start, 'connector'),
      variables: elements(root, 'variables').map((variable) => ({
        name: text(variable, 'name') ?? '',
        object: this.#named(text(variable, 'objectType') ?? '') || null,
        isCollection: text(variable, 'isCollection') === 'true',
        isInput: text(variable, 'isInput') === 'true',
        isOutput: text(variable, 'isOutput') === 'true',
        initial: elements(variable, 'value').map((value) => this.#value(value))[0] ?? null,
      })),
      formulas: Object.fromEntries(
        elements(root, 'formulas').map((formula) => [
          text(formula, 'name') ?? '',
          this.#template(text(formula, 'expression') ?? ''),
        ]),
      ),
      choiceSets: Object.fromEntries(
        elements(root, 'dynamicChoiceSets').map((set) => [text(set, 'name') ?? '', this.#choiceSet(set)]),
      ),
      steps: Object.fromEntries(this.#steps()),
    };
  }

  #steps(): [string, FlowStep][] {
    const readers: Record<string, (element: XmlElement) => FlowStep> = {
      assignments: (element) => ({
        kind: 'assignment',
        items: elements(element, 'assignmentItems').map((item) => ({
          to: this.#named(text(item, 'assignToReference') ?? ''),
          operator: text(item, 'operator') ?? 'Assign',
          value: this.#onlyValue(item, 'value'),
        })),
        next: this.#next(element, 'connector'),
      }),
      decisions: (element) => ({
        kind: 'decision',
        rules: elements(element, 'rules').map((rule) => this.#rule(rule)),
        otherwise: this.#next(element, 'defaultConnector'),
      }),
      loops: (element) => ({
        kind: 'loop',
        collection: text(element, 'collectionReference') ?? '',
        descending: text(element, 'iterationOrder') === 'Desc',
        each: this.#next(element, 'nextValueConnector'),
        after: this.#next(element, 'noMoreValuesConnector'),
      }),
      recordLookups: (element) => ({
        kind: 'lookup',
        object: this.#named(text(element, 'object') ?? ''),
        filters: this.#filters(element),
        fields: texts(element, 'queriedFields').map((field) => this.#named(field)),
        firstOnly: text(element, 'getFirstRecordOnly') === 'true',
        orderBy: this.#orderBy(element),
        next: this.#next(element, 'connector'),
        fault: this.#next(element, 'faultConnector'),
      }),
      recordCreates: (element) => ({
        kind: 'create',
        input: text(element, 'inputReference') ?? this.#refuse('a record create without inputReference'),
        next: this.#next(element, 'connector'),
        fault: this.#next(element, 'faultConnector'),
      }),
      screens: (element) => ({
        kind: 'screen',
        label: text(element, 'label') ?? '',
        fields: elements(element, 'fields').map((field) => this.#screenField(field)),
        allowBack: text(element, 'allowBack') !== 'false',
        button: this.#template(text(element, 'nextOrFinishButtonLabel') ?? ''),
        next: this.#next(element, 'connector'),
      }),
      subflows: (element) => ({
        kind: 'subflow',
        flow: text(element, 'flowName') ?? '',
        inputs: elements(element, 'inputAssignments').map((input) => ({
          name: text(input, 'name') ?? '',
          value: this.#onlyValue(input, 'value'),
        })),
        next: this.#next(element, 'connector'),
      }),
    };
    const read = new Set([...descriptive, ...Object.keys(readers), 'variables', 'formulas', 'dynamicChoiceSets']);
    const foreign = Object.keys(this.#file.root).find((kind) => !read.has(kind));
    if (foreign !== undefined) this.#refuse(`an element of the kind ${foreign}`);
    return Object.entries(readers).flatMap(([kind, reader]) =>
      elements(this.#file.root, kind).map((element): [string, FlowStep] => [
        text(element, 'name') ?? '',
        reader(element),
      ]),
    );
  }

  #rule(rule: XmlElement): { conditions: FlowCondition[]; next: string | null } {
    const logic = text(rule, 'conditionLogic') ?? 'and';
    if (logic !== 'and') this.#refuse(`condition logic "${logic}"`);
    const conditions = elements(rule, 'conditions').map((condition) => ({
      left: this.#named(text(condition, 'leftValueReference') ?? ''),
      operator: text(condition, 'operator') ?? 'EqualTo',
      right: this.#onlyValue(condition, 'rightValue'),
    }));
    return { conditions, next: this.#next(rule, 'connector') };
  }

  #screenField(field: XmlElement): FlowScreenField {
    const type = text(field, 'fieldType') ?? '';
    return {
      name: text(field, 'name') ?? '',
      kind: screenFieldKinds[type] ?? this.#refuse(`a screen field of the type ${type}`),
      text: this.#template(text(field, 'fieldText') ?? ''),
      required: text(field, 'isRequired') === 'true',
      choiceSets: texts(field, 'choiceReferences'),
    };
  }

  #choiceSet(set: XmlElement): FlowChoiceSet {
    return {
      object: this.#named(text(set, 'object') ?? ''),
      display: this.#named(text(set, 'displayField') ?? 'Name'),
      value: this.#named(text(set, 'valueField') ?? 'Id'),
      filters: this.#filters(set),
      orderBy: this.#orderBy(set),
    };
  }

  #filters(element: XmlElement): FlowCondition[] {
    const logic = text(element, 'filterLogic') ?? 'and';
    if (logic !== 'and') this.#refuse(`filter logic "${logic}"`);
    return elements(element, 'filters').map((filter) => ({
      left: this.#named(text(filter, 'field') ?? ''),
      operator: text(filter, 'operator') ?? 'EqualTo',
      right: this.#onlyValue(filter, 'value'),
    }));
  }

  #orderBy(element: XmlElement): string {
    const field = text(element, 'sortField');
    if (field === undefined) return '';
    return `${this.#named(field)} ${text(element, 'sortOrder') === 'Desc' ? 'DESC' : 'ASC'}`;
  }

  #onlyValue(element: XmlElement, name: string): FlowValue {
    const value = elements(element, name)[0];
    return value === undefined ? { literal: '' } : this.#value(value);
  }

  #value(value: XmlElement): FlowValue {
    const reference = text(value, 'elementReference');
    if (reference !== undefined) return { reference: this.#named(reference) };
    const number = text(value, 'numberValue');
    if (number !== undefined) return { literal: Number(number) };
    const boolean = text(value, 'booleanValue');
    if (boolean !== undefined) return { literal: boolean === 'true' };
    return { literal: text(value, 'stringValue') ?? '' };
  }

  #next(element: XmlElement, connector: string): string | null {
    const target = elements(element, connector)[0];
    return target === undefined ? null : (text(target, 'targetReference') ?? null);
  }

  #template(template: string): string {
    return template.replace(/\{!([\w.$]+)\}/g, (_, reference: string) => `{!${this.#named(reference)}}`);
  }

  #named(name: string): string {
    return namespaced(name, this.#namespace);
  }

  #refuse(what: string): never {
    throw new Error(
      `${this.#file.path}: ${what} is not run by the local record pages. Use another element, or add it to flow-model.ts.`,
    );
  }
}

/** The package's flows by name. */
export const readFlows = (sourceFolders: readonly string[], namespace: string): Record<string, FlowModel> =>
  Object.fromEntries(
    readMetadata(sourceFolders, 'flow').map((file) => [file.name, new FlowReader(file, namespace).read()]),
  );
