import type { MetadataFile, Project } from './project.ts';
import type { XmlElement } from './xml.ts';

/** One thing an org would refuse, or a house rule broken. */
export interface Problem {
  file: string;
  line: number | undefined;
  what: string;
  fix: string;
}

/** A rule looks at the whole project and yields what is wrong with it. */
export interface Rule {
  id: string;
  /** One sentence: what the rule guards and why. */
  about: string;
  check(project: Project): Iterable<Problem>;
}

/** A problem at an element of a metadata file. */
export const problemAt = (
  file: Pick<MetadataFile, 'path'>,
  element: XmlElement | undefined,
  what: string,
  fix: string,
): Problem => ({ file: file.path, line: element?.line, what, fix });

/** A problem at a position in a text. */
export const problemIn = (
  source: { path: string; text: string },
  offset: number,
  what: string,
  fix: string,
): Problem => ({ file: source.path, line: source.text.slice(0, offset).split('\n').length, what, fix });
