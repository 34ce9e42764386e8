import { isDetail, objectExists } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

/** An org keeps these three together: all on or all off. */
const TOGETHER = ['enableBulkApi', 'enableSharing', 'enableStreamingApi'];
const AUTO_NUMBER = /^[^{}]*\{0+\}[^{}]*$/;
/** From narrow to wide; an external user may never see more than an internal one. */
const WIDTH = ['Private', 'Read', 'ReadWrite', 'ReadWriteTransfer', 'FullAccess'];

export const objects: Rule = {
  id: 'objects',
  about: 'A custom object has its labels, name field, sharing model and a consistent set of switches.',
  *check(project) {
    for (const file of project.ofType('CustomObject')) {
      yield* basics(file);
      yield* nameField(file);
      yield* sharing(project, file);
    }
    for (const file of project.files) {
      if (file.object !== undefined && !objectExists(project, file.object)) {
        yield problemAt(
          file,
          undefined,
          `belongs to the object ${file.object}, which is neither ours nor a known standard object`,
          'correct the folder, or add the standard object to standard-objects.ts',
        );
      }
    }
  },
};

function* basics(file: ParsedFile): Generator<Problem> {
  for (const name of ['label', 'pluralLabel', 'nameField', 'sharingModel', 'deploymentStatus']) {
    if (!child(file.root, name))
      yield problemAt(
        file,
        file.root,
        `the object lacks <${name}>`,
        `add <${name}>; an org refuses a custom object without it`,
      );
  }
  const switches = new Set(TOGETHER.map((name) => textOf(file.root, name)));
  if (switches.size > 1) {
    yield problemAt(file, file.root, `${TOGETHER.join(', ')} are not all the same`, 'set all three to true');
  }
}

function* nameField(file: ParsedFile): Generator<Problem> {
  const field = child(file.root, 'nameField');
  if (!field) return;
  const type = textOf(field, 'type');
  const format = textOf(field, 'displayFormat');
  if (type !== 'Text' && type !== 'AutoNumber') {
    yield problemAt(file, field, `the name field is of type ${type ?? '(none)'}`, 'use Text or AutoNumber');
  }
  if (type === 'AutoNumber' && (format === undefined || format.length > 30 || !AUTO_NUMBER.test(format))) {
    yield problemAt(
      file,
      field,
      `the auto-number format is "${format ?? ''}"`,
      'write one run of zeros in braces, such as REQ-{0000}, at most 30 characters',
    );
  }
}

function* sharing(project: Project, file: ParsedFile): Generator<Problem> {
  const model = textOf(file.root, 'sharingModel') ?? '';
  const external = textOf(file.root, 'externalSharingModel') ?? model;
  const detail = isDetail(project, file.name);
  if (detail !== (model === 'ControlledByParent')) {
    yield problemAt(
      file,
      child(file.root, 'sharingModel'),
      `the sharing model is ${model}, but the object is ${detail ? '' : 'not '}the detail of a master-detail relationship`,
      detail ? 'use ControlledByParent' : 'use Private, Read or ReadWrite',
    );
  } else if (!detail && WIDTH.indexOf(external) > WIDTH.indexOf(model)) {
    yield problemAt(
      file,
      child(file.root, 'externalSharingModel'),
      `external users would see more (${external}) than internal ones (${model})`,
      'narrow externalSharingModel',
    );
  }
}
