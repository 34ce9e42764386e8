import { readFlow, targetsOf, type FlowModel } from '../flow-model.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

/** Steps that speak to the database fail for reasons a person should be told. */
const MAY_FAIL = new Set(['recordCreates', 'recordDeletes', 'recordUpdates', 'recordLookups', 'actionCalls']);

export const flowGraph: Rule = {
  id: 'flow-graph',
  about:
    'Every connector of a flow leads to a step that exists, every step can be reached, and steps that may fail say where to go then.',
  *check(project) {
    for (const file of project.ofType('Flow')) {
      const model = readFlow(file);
      for (const element of model.duplicates)
        yield problemAt(file, element, `the name ${textOf(element, 'name')} stands for two things`, 'rename one');
      yield* connectors(model);
      yield* reachable(model);
      for (const step of model.steps.values()) {
        if (MAY_FAIL.has(step.name) && !child(step, 'faultConnector')) {
          yield problemAt(
            file,
            step,
            `${textOf(step, 'name')} may fail, and then the person sees a raw error`,
            'add <faultConnector> to a step that tells what happened',
          );
        }
      }
    }
  },
};

function* connectors(model: FlowModel): Generator<Problem> {
  for (const step of [...model.steps.values(), ...startOf(model)]) {
    for (const { connector, target } of targetsOf(step)) {
      if (!model.steps.has(target))
        yield problemAt(
          model.file,
          connector,
          `leads to ${target}, which is no step of the flow`,
          'correct <targetReference>',
        );
    }
  }
}

const startOf = (model: FlowModel) => {
  const start = child(model.file.root, 'start');
  return start ? [start] : [];
};

function* reachable(model: FlowModel): Generator<Problem> {
  const [start] = startOf(model);
  if (!start || targetsOf(start).length === 0) {
    yield problemAt(model.file, model.file.root, 'the flow does not start anywhere', 'add <start> with a connector');
    return;
  }
  const open = targetsOf(start).map(({ target }) => target);
  const reached = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = model.steps.get(name);
    if (reached.has(name) || !step) continue;
    reached.add(name);
    open.push(...targetsOf(step).map(({ target }) => target));
  }
  for (const [name, step] of model.steps) {
    if (!reached.has(name))
      yield problemAt(model.file, step, `no path leads to ${name}`, 'connect the step or remove it');
  }
}
