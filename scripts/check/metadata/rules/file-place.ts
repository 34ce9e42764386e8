import type { MetadataFile } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { textOf } from '../xml.ts';

export const filePlace: Rule = {
  id: 'file-place',
  about:
    'The CLI finds a component by the suffix and folder of its file; a file elsewhere is silently left out or refused.',
  *check(project) {
    for (const file of project.files) {
      yield* place(file);
      yield* nameOf(file);
    }
  },
};

function* place(file: MetadataFile): Generator<Problem> {
  if (!file.type) {
    yield problemAt(
      file,
      undefined,
      `has the suffix .${file.suffix}, of which no rule knows anything`,
      'correct the suffix, or add the type to metadata-types.ts together with its rules',
    );
    return;
  }
  const folders = file.path.split('/').slice(0, -1);
  const inBundle = file.type.type === 'LightningComponentBundle';
  const holdsOwnFolder = inBundle || file.type.type === 'CustomObject';
  const folder = holdsOwnFolder || file.type.inFolder ? folders.at(-2) : folders.at(-1);
  if (folder !== file.type.folder) {
    yield problemAt(
      file,
      undefined,
      `is a ${file.type.type} outside a folder ${file.type.folder}`,
      `move it to …/${file.type.folder}/${holdsOwnFolder ? `${file.name}/` : file.type.inFolder ? '<folder>/' : ''}`,
    );
  }
  if (holdsOwnFolder && folders.at(-1) !== file.name) {
    yield problemAt(
      file,
      undefined,
      `is named ${file.name} but lies in the folder ${folders.at(-1)}`,
      'give folder and file the same name',
    );
  }
  if (file.type.ofObject && folders.at(-3) !== 'objects') {
    yield problemAt(
      file,
      undefined,
      `is a ${file.type.type} outside objects/<object>/${file.type.folder}`,
      'move it into the folder of its object',
    );
  }
}

function* nameOf(file: MetadataFile): Generator<Problem> {
  if (!file.type?.ofObject || !file.root) return;
  const fullName = textOf(file.root, 'fullName');
  if (fullName !== file.name) {
    yield problemAt(
      file,
      file.root,
      `says fullName ${fullName ?? '(none)'} but the file is named ${file.name}`,
      'make both the same',
    );
  }
}
