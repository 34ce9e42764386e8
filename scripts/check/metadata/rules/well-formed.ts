import { problemAt, type Rule } from '../rule.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

export const wellFormed: Rule = {
  id: 'well-formed',
  about: 'A metadata file is XML with one root element of its type in the namespace of the Metadata API.',
  *check(project) {
    for (const file of project.files) {
      if (file.fault) {
        yield {
          file: file.path,
          line: file.fault.line,
          what: `is not XML: ${file.fault.message}`,
          fix: 'close or escape what stands at this line',
        };
      }
      if (!file.root || !file.type) continue;
      if (file.root.name !== file.type.type) {
        yield problemAt(
          file,
          file.root,
          `starts with <${file.root.name}>, but the suffix .${file.suffix} holds a ${file.type.type}`,
          `rename the root element to ${file.type.type} or the file to its type`,
        );
      }
      if (file.root.attributes['xmlns'] !== NAMESPACE) {
        yield problemAt(
          file,
          file.root,
          'is not in the namespace of the Metadata API',
          `put xmlns="${NAMESPACE}" on the root element`,
        );
      }
    }
  },
};
