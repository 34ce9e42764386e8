/** What of jsPDF is used (4.2, https://artskydj.github.io/jsPDF/docs/): points, standard fonts, and its hooks for plug-ins. */
export interface Pdf {
  setFont(name: string, style: string): void;
  setFontSize(points: number): void;
  setProperties(properties: { title: string; subject: string }): void;
  viewerPreferences(preferences: { DisplayDocTitle: boolean }): void;
  splitTextToSize(text: string, width: number): string[];
  text(text: string, x: number, y: number): void;
  addPage(): void;
  setPage(page: number): void;
  getNumberOfPages(): number;
  output(kind: 'arraybuffer'): ArrayBuffer;
  internal: {
    events: { subscribe(topic: string, callback: (detail: { pageNumber: number }) => void): void };
    write(...words: string[]): void;
    newObjectDeferred(): number;
    newObjectDeferredBegin(id: number, goesOn: boolean): void;
    getPageInfo(page: number): { objId: number };
  };
}

/** One element of the document's structure; its content is text on pages, or further elements. */
export interface Tag {
  role: string;
  parent: Tag | undefined;
  children: Tag[];
  /** Pieces of text: the page, and the mark's number on that page. */
  marks: { page: number; mark: number }[];
  id: number;
}

/**
 * Gives a PDF a structure that screen readers follow (ISO 32000-1, 14.7 and 14.8): a tree of headings, paragraphs, lists
 * and tables, each piece of text on a page marked with the element it belongs to. jsPDF has none of its own; it offers the
 * events that its own plug-ins use, and these write the same objects.
 */
export class PdfTags {
  readonly root: Tag = newTag('Document', undefined);
  private readonly pdf: Pdf;
  private readonly pages = new Map<number, Tag[]>();
  private rootId = 0;

  constructor(pdf: Pdf, language: string) {
    this.pdf = pdf;
    const { events, write } = pdf.internal;
    events.subscribe('putPage', ({ pageNumber }) => write(`/StructParents ${pageNumber - 1} /Tabs /S`));
    events.subscribe('postPutResources', () => this.writeTree());
    events.subscribe('putCatalog', () => {
      write(`/StructTreeRoot ${this.rootId} 0 R /MarkInfo <</Marked true>> /Lang (${language})`);
    });
  }

  /** A new element under another. */
  add(role: string, parent: Tag): Tag {
    const tag = newTag(role, parent);
    parent.children.push(tag);
    return tag;
  }

  /** Draws something on a page as the content of an element. */
  mark(tag: Tag, page: number, draw: () => void): void {
    const marks = this.pages.get(page) ?? [];
    this.pages.set(page, marks);
    tag.marks.push({ page, mark: marks.length });
    this.pdf.internal.write(`/${tag.role} <</MCID ${marks.length}>> BDC`);
    marks.push(tag);
    draw();
    this.pdf.internal.write('EMC');
  }

  /** Draws something that is no content, such as a page number. */
  artifact(draw: () => void): void {
    this.pdf.internal.write('/Artifact BMC');
    draw();
    this.pdf.internal.write('EMC');
  }

  private writeTree(): void {
    const { internal } = this.pdf;
    const tags = allOf(this.root);
    tags.forEach((tag) => {
      tag.id = internal.newObjectDeferred();
    });
    this.rootId = internal.newObjectDeferred();
    const parents = internal.newObjectDeferred();
    tags.forEach((tag) => this.write(tag.id, this.elementOf(tag)));
    this.write(
      this.rootId,
      `<</Type /StructTreeRoot /K ${this.root.id} 0 R /ParentTree ${parents} 0 R /ParentTreeNextKey ${this.pages.size}>>`,
    );
    const numbers = [...this.pages].map(
      ([page, marks]) => `${page - 1} [${marks.map(({ id }) => `${id} 0 R`).join(' ')}]`,
    );
    this.write(parents, `<</Nums [${numbers.join(' ')}]>>`);
  }

  private elementOf({ role, parent, children, marks }: Tag): string {
    const { internal } = this.pdf;
    const inside = [
      ...marks.map(({ page, mark }) => `<</Type /MCR /Pg ${internal.getPageInfo(page).objId} 0 R /MCID ${mark}>>`),
      ...children.map(({ id }) => `${id} 0 R`),
    ];
    const scope = role === 'TH' ? ' /A <</O /Table /Scope /Column>>' : '';
    return `<</Type /StructElem /S /${role} /P ${parent ? parent.id : this.rootId} 0 R${scope} /K [${inside.join(' ')}]>>`;
  }

  private write(id: number, object: string): void {
    this.pdf.internal.newObjectDeferredBegin(id, true);
    this.pdf.internal.write(object);
    this.pdf.internal.write('endobj');
  }
}

function newTag(role: string, parent: Tag | undefined): Tag {
  return { role, parent, children: [], marks: [], id: 0 };
}

function allOf(tag: Tag): Tag[] {
  return [tag, ...tag.children.flatMap(allOf)];
}
