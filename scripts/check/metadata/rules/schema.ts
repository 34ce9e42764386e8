import type { ParsedFile } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { isPrimitive, loadSchema, type Schema } from '../schema.ts';
import type { XmlElement } from '../xml.ts';

let loaded: Schema | undefined;

export const schema: Rule = {
  id: 'schema',
  about:
    'Elements are those of the Metadata API (its WSDL), required ones are there, closed lists hold a listed value, and elements of one name stand together.',
  *check(project) {
    loaded ??= loadSchema();
    for (const file of project.files) {
      if (file.type && file.root?.name === file.type.type) {
        yield* checkElement({ ...file, root: file.root }, file.root, file.type.type, loaded);
      }
    }
  },
};

function* checkElement(file: ParsedFile, element: XmlElement, typeName: string, types: Schema): Generator<Problem> {
  if (typeName === 'any') return;
  const type = types.get(typeName);
  if (type === undefined || isPrimitive(typeName)) {
    yield* checkPrimitive(file, element, typeName);
  } else if ('values' in type) {
    if (!type.values.has(element.text)) {
      const known =
        type.values.size > 15 ? `one of the ${type.values.size} values of ${typeName}` : [...type.values].join(', ');
      yield problemAt(file, element, `<${element.name}> says "${element.text}"`, `use ${known}`);
    }
  } else {
    yield* checkChildren(file, element, typeName, types);
  }
}

function* checkChildren(file: ParsedFile, element: XmlElement, typeName: string, types: Schema): Generator<Problem> {
  const type = types.get(typeName);
  if (!type || !('elements' in type)) return;
  if (element.text !== '') {
    yield problemAt(file, element, `<${element.name}> holds text beside its elements`, 'remove the text');
  }
  const closed = new Set<string>();
  let previous: string | undefined;
  for (const next of element.children) {
    const about = type.elements.get(next.name);
    if (!about) {
      yield problemAt(
        file,
        next,
        `<${next.name}> is no element of ${typeName}`,
        `use one of: ${[...type.elements.keys()].join(', ')}`,
      );
      continue;
    }
    if (next.name === previous && !about.many) {
      yield problemAt(file, next, `<${next.name}> stands twice in ${typeName}`, 'keep one of the two');
    }
    if (next.name !== previous && closed.has(next.name)) {
      yield problemAt(
        file,
        next,
        `<${next.name}> is parted from others of its name`,
        'put elements of one name next to one another; an org says "is duplicated at this location"',
      );
    }
    closed.add(next.name);
    previous = next.name;
    yield* checkElement(file, next, about.type, types);
  }
  for (const [name, about] of type.elements) {
    if (about.required && !closed.has(name)) {
      yield problemAt(file, element, `<${element.name}> lacks <${name}>`, `add <${name}>; ${typeName} requires it`);
    }
  }
}

const FORMS: Record<string, RegExp> = {
  boolean: /^(true|false)$/,
  number: /^-?\d+(\.\d+)?$/,
  Date: /^\d{4}-\d{2}-\d{2}/,
};

function* checkPrimitive(file: ParsedFile, element: XmlElement, typeName: string): Generator<Problem> {
  const [inner] = element.children;
  if (inner) {
    yield problemAt(
      file,
      inner,
      `<${inner.name}> stands inside <${element.name}>, which holds plain text`,
      'remove the inner element',
    );
  } else if (FORMS[typeName]?.test(element.text) === false) {
    yield problemAt(
      file,
      element,
      `<${element.name}> says "${element.text}"`,
      `write a ${typeName === 'Date' ? 'date' : typeName}`,
    );
  }
}
