import { problemAt, type Rule } from '../rule.ts';
import { child, children, isTrue, textOf } from '../xml.ts';

const LONGEST_VALUE = 255;

export const picklists: Rule = {
  id: 'picklists',
  about:
    'Picklists define their values, each once, at most one of them the default, and are restricted: the service trusts the list.',
  *check(project) {
    for (const file of project.ofType('CustomField')) {
      const set = child(file.root, 'valueSet');
      if (!set) continue;
      if (!isTrue(set, 'restricted')) {
        yield problemAt(file, set, 'the picklist takes any value', 'add <restricted>true</restricted>');
      }
      const definition = child(set, 'valueSetDefinition');
      const values = children(definition, 'value');
      if (!child(set, 'valueSetName') && values.length === 0) {
        yield problemAt(file, set, 'the picklist has no values', 'add <valueSetDefinition> with values');
      }
      if (definition && !child(definition, 'sorted'))
        yield problemAt(file, definition, 'the list of values lacks <sorted>', 'add <sorted>false</sorted>');
      const names = new Set<string>();
      for (const value of values) {
        const name = textOf(value, 'fullName') ?? '';
        if (names.has(name.toLowerCase())) yield problemAt(file, value, `the value ${name} stands twice`, 'remove one');
        names.add(name.toLowerCase());
        if (name === '' || name.length > LONGEST_VALUE)
          yield problemAt(
            file,
            value,
            `the value "${name}" has ${name.length} characters`,
            `use 1 to ${LONGEST_VALUE}`,
          );
        if (!child(value, 'default'))
          yield problemAt(
            file,
            value,
            `the value ${name} does not say whether it is the default`,
            'add <default>false</default>',
          );
        if (!child(value, 'label')) yield problemAt(file, value, `the value ${name} has no label`, 'add <label>');
      }
      const defaults = values.filter((value) => isTrue(value, 'default'));
      if (defaults.length > 1) yield problemAt(file, defaults[1], 'two values are the default', 'keep one default');
    }
  },
};
