import { fieldOf } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf, type XmlElement } from '../xml.ts';

const MOST_FIELDS = 10;
const NOT_SHOWN = new Set(['LongTextArea', 'Html', 'MultiselectPicklist', 'TextArea']);
const SEARCH_LISTS = [
  'customTabListAdditionalFields',
  'lookupDialogsAdditionalFields',
  'lookupPhoneDialogsAdditionalFields',
  'lookupFilterFields',
  'searchFilterFields',
  'searchResultsAdditionalFields',
];

export const compactLayouts: Rule = {
  id: 'compact-layouts',
  about:
    'Compact and search layouts name fields that exist and can be shown on one line, and the assigned compact layout exists.',
  *check(project) {
    for (const file of project.ofType('CompactLayout')) {
      const entries = children(file.root, 'fields');
      if (entries.length > MOST_FIELDS)
        yield problemAt(file, file.root, `${entries.length} fields`, `use at most ${MOST_FIELDS}`);
      for (const entry of entries) yield* shown(project, file, file.object ?? '', entry);
    }
    for (const file of project.ofType('CustomObject')) {
      const assigned = child(file.root, 'compactLayoutAssignment');
      if (assigned && assigned.text !== 'SYSTEM' && !project.find('CompactLayout', `${file.name}.${assigned.text}`)) {
        yield problemAt(
          file,
          assigned,
          `assigns the compact layout ${assigned.text}, which does not exist`,
          'correct <compactLayoutAssignment>',
        );
      }
      for (const list of SEARCH_LISTS) {
        for (const entry of children(child(file.root, 'searchLayouts'), list))
          yield* shown(project, file, file.name, entry);
      }
      if (
        textOf(file.root, 'label') !== undefined &&
        !project.ofType('CompactLayout').some((layout) => layout.object === file.name)
      ) {
        yield problemAt(
          file,
          undefined,
          'the object has no compact layout, so its header shows the name alone',
          'add one in compactLayouts/',
        );
      }
    }
  },
};

function* shown(project: Project, file: ParsedFile, object: string, entry: XmlElement): Generator<Problem> {
  const field = fieldOf(project, object, entry.text);
  if (!field) {
    yield problemAt(file, entry, `shows ${object}.${entry.text}, which does not exist`, `correct <${entry.name}>`);
  } else if (NOT_SHOWN.has(field.type)) {
    yield problemAt(
      file,
      entry,
      `shows ${entry.text}, a ${field.type}, which has no place there`,
      'choose a field of one line',
    );
  }
}
