import { SaxesParser } from 'saxes';

/** One element of a metadata file, with the line its start tag is on. */
export interface XmlElement {
  name: string;
  line: number;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Text directly inside the element, trimmed as the Metadata API does. */
  text: string;
}

/** Where and why a file is not XML. */
export class XmlError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Reads a whole file into elements. Throws {@link XmlError} with the line of the first fault. */
export const parseXml = (source: string): XmlElement => {
  const parser = new SaxesParser();
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let tagLine = 1;

  parser.on('error', (error) => {
    throw new XmlError(error.message.replace(/^\S*?\d+:\d+: /, ''), parser.line);
  });
  parser.on('opentagstart', () => {
    tagLine = parser.line;
  });
  parser.on('opentag', (tag) => {
    const element: XmlElement = { name: tag.name, line: tagLine, attributes: tag.attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) element.text = element.text.trim();
  });

  parser.write(source).close();
  if (!root) throw new XmlError('the file is empty', 1);
  return root;
};

/** The first child of that name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((candidate) => candidate.name === name);

/** All children of that name, in order. */
export const children = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((candidate) => candidate.name === name) ?? [];

/** Text of the first child of that name; undefined when there is no such child. */
export const textOf = (element: XmlElement | undefined, name: string): string | undefined => child(element, name)?.text;

/** Texts of all children of that name. */
export const textsOf = (element: XmlElement | undefined, name: string): string[] =>
  children(element, name).map((one) => one.text);

/** Whether the child of that name says true. */
export const isTrue = (element: XmlElement | undefined, name: string): boolean => textOf(element, name) === 'true';

/** Every element below and including this one, parents first. */
export function* walk(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const next of element.children) yield* walk(next);
}
