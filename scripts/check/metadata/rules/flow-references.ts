import { readFlow, type FlowModel } from '../flow-model.ts';
import { checkFormula } from '../formula.ts';
import { fieldAt, objectExists, type Field } from '../objects.ts';
import type { Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf, walk, type XmlElement } from '../xml.ts';

/** Values the platform gives every flow. */
const GLOBALS: Record<string, Set<string> | undefined> = {
  $Flow: new Set([
    'CurrentDate',
    'CurrentDateTime',
    'CurrentRecord',
    'CurrentStage',
    'ActiveStages',
    'FaultMessage',
    'InterviewGuid',
    'InterviewStartTime',
  ]),
  $GlobalConstant: new Set(['EmptyString', 'True', 'False']),
};
/** Elements whose text is the name of a resource. */
const REFERENCES = new Set([
  'elementReference',
  'assignToReference',
  'leftValueReference',
  'collectionReference',
  'inputReference',
  'choiceReferences',
]);

export const flowReferences: Rule = {
  id: 'flow-references',
  about:
    'A flow reads and writes variables, records, fields, choices, labels and subflow inputs that exist, with values the fields can have.',
  *check(project) {
    for (const file of project.ofType('Flow')) {
      const model = readFlow(file);
      for (const element of walk(file.root)) {
        if (REFERENCES.has(element.name)) yield* reference(project, model, element, element.text);
        for (const [, merge = ''] of element.text.matchAll(/\{!([^}]+)\}/g))
          yield* reference(project, model, element, merge);
        if (element.name === 'assignmentItems') yield* assignedValue(project, model, element);
      }
      for (const resource of [...model.steps.values(), ...model.resources.values()])
        yield* records(project, model, resource);
      for (const formula of children(file.root, 'formulas')) {
        for (const fault of checkFormula(textOf(formula, 'expression') ?? ''))
          yield problemAt(file, formula, fault.what, fault.fix);
      }
      for (const subflow of children(file.root, 'subflows')) yield* subflowInputs(project, model, subflow);
    }
  },
};

/** The object whose fields may follow a resource's name, when it is a record. */
const recordType = (model: FlowModel, name: string): string | undefined => {
  const resource = model.resources.get(name);
  if (resource?.name === 'variables') return textOf(resource, 'objectType');
  const step = model.steps.get(name);
  if (step?.name === 'recordLookups') return textOf(step, 'object');
  return step?.name === 'loops' ? recordType(model, textOf(step, 'collectionReference') ?? '') : undefined;
};

const fieldReferred = (project: Project, model: FlowModel, path: string): Field | undefined => {
  const [name = '', ...rest] = path.split('.');
  const object = recordType(model, name);
  return object === undefined ? undefined : fieldAt(project, object, rest.join('.'));
};

function* reference(project: Project, model: FlowModel, element: XmlElement, path: string): Generator<Problem> {
  const [name = '', ...rest] = path.split('.');
  if (name === '$Label') {
    return; // The rule `labels` looks at every use of a label.
  }
  if (name.startsWith('$')) {
    if (GLOBALS[name]?.has(rest[0] ?? '') !== true)
      yield problemAt(
        model.file,
        element,
        `refers to ${path}, which the check does not know`,
        'correct it, or look it up and add it to flow-references.ts',
      );
    return;
  }
  const step = model.steps.get(name);
  const known = model.resources.has(name) || model.screenFields.has(name) || step !== undefined;
  if (!known) {
    yield problemAt(
      model.file,
      element,
      `refers to ${name}, which the flow does not define`,
      'add the variable or correct the name',
    );
  } else if (rest.length > 0 && step?.name === 'subflows') {
    if (!flowVariable(project, textOf(step, 'flowName'), rest[0] ?? '', 'isOutput'))
      yield problemAt(
        model.file,
        element,
        `reads ${path}, but the subflow has no such output`,
        'mark the variable <isOutput>true</isOutput> in the subflow',
      );
  } else if (rest.length > 0 && !fieldReferred(project, model, path)) {
    yield problemAt(model.file, element, `refers to the field ${path}, which does not exist`, 'correct the field name');
  }
}

function* assignedValue(project: Project, model: FlowModel, item: XmlElement): Generator<Problem> {
  const target = textOf(item, 'assignToReference') ?? '';
  const field = fieldReferred(project, model, target);
  const literal = textOf(child(item, 'value'), 'stringValue');
  if (literal !== undefined && field?.values?.has(literal) === false) {
    yield problemAt(
      model.file,
      item,
      `sets ${target} to "${literal}", which is no value of it`,
      `use: ${[...field.values].join(', ')}`,
    );
  }
  const [name = ''] = target.split('.');
  if (!model.resources.has(name))
    yield problemAt(model.file, item, `writes to ${target}, which is no variable`, 'assign to a variable');
}

function* records(project: Project, model: FlowModel, element: XmlElement): Generator<Problem> {
  const object = textOf(element, 'object') ?? textOf(element, 'objectType');
  if (object === undefined) return;
  if (!objectExists(project, object)) {
    yield problemAt(model.file, element, `uses the object ${object}, which does not exist`, 'correct <object>');
    return;
  }
  const named = ['queriedFields', 'sortField', 'displayField', 'valueField'].flatMap((list) => children(element, list));
  const filtered = [...children(element, 'filters'), ...children(element, 'inputAssignments')].flatMap((filter) =>
    children(filter, 'field'),
  );
  for (const use of [...named, ...filtered]) {
    if (!fieldAt(project, object, use.text))
      yield problemAt(
        model.file,
        use,
        `uses the field ${object}.${use.text}, which does not exist`,
        `correct <${use.name}>`,
      );
  }
  for (const filter of children(element, 'filters')) {
    const field = fieldAt(project, object, textOf(filter, 'field') ?? '');
    const literal = textOf(child(filter, 'value'), 'stringValue');
    if (literal !== undefined && field?.values?.has(literal) === false) {
      yield problemAt(
        model.file,
        filter,
        `compares ${object}.${field.name} with "${literal}", which is no value of it`,
        `use: ${[...field.values].join(', ')}`,
      );
    }
  }
}

const flowVariable = (
  project: Project,
  flowName: string | undefined,
  name: string,
  side: 'isInput' | 'isOutput',
): XmlElement | undefined =>
  children(project.find('Flow', flowName ?? '')?.root, 'variables').find(
    (variable) => textOf(variable, 'name') === name && textOf(variable, side) === 'true',
  );

function* subflowInputs(project: Project, model: FlowModel, subflow: XmlElement): Generator<Problem> {
  const flowName = textOf(subflow, 'flowName') ?? '';
  const called = project.find('Flow', flowName);
  if (!called) {
    yield problemAt(model.file, subflow, `calls the flow ${flowName}, which does not exist`, 'correct <flowName>');
    return;
  }
  if (textOf(called.root, 'status') !== 'Active')
    yield problemAt(model.file, subflow, `calls ${flowName}, which is not active`, 'set its <status>Active</status>');
  for (const input of children(subflow, 'inputAssignments')) {
    const name = textOf(input, 'name') ?? '';
    const variable = flowVariable(project, flowName, name, 'isInput');
    if (!variable) {
      yield problemAt(
        model.file,
        input,
        `hands ${name} to ${flowName}, which has no such input`,
        'mark the variable <isInput>true</isInput> there',
      );
      continue;
    }
    const given = model.resources.get(textOf(child(input, 'value'), 'elementReference') ?? '');
    if (given?.name === 'variables' && textOf(given, 'isCollection') !== textOf(variable, 'isCollection')) {
      yield problemAt(
        model.file,
        input,
        `hands ${textOf(given, 'name')} to ${name}, but only one of the two is a collection`,
        'hand over a variable of the same kind',
      );
    }
  }
}
