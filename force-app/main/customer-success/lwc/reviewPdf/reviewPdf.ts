import type { Block, Review } from 'c/reviewContent';
import { labels } from 'c/reviewLabels';
import { fill } from 'c/textFormat';
import { PdfTags } from './pdfTags';
import type { Pdf, Tag } from './pdfTags';

/** The library as its script leaves it on the page. */
export interface PdfLibrary {
  jsPDF: new (options: { unit: 'pt'; format: 'a4'; compress: boolean }) => Pdf;
}

/** A4 in points, with margins of 2 cm. */
const PAGE = { width: 595.28, height: 841.89, margin: 56.7 };
const BOTTOM = PAGE.height - PAGE.margin;
const WIDTH = PAGE.width - 2 * PAGE.margin;
const LINE = 1.35;
const GAP = 12;
const TEXT_SIZE = 10;

/** Letters that the PDF's standard fonts have (Windows-1252), beside those below U+0100. */
const OTHER_LETTERS = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

/** A text as the standard fonts can write it: marks are left off where need be, what remains is "?"; says how many. */
export function writable(text: string): { text: string; lost: number } {
  let lost = 0;
  const has = (letter: string): boolean =>
    OTHER_LETTERS.includes(letter) || /^[\u0020-\u007e\u00a0-\u00ff]$/.test(letter);
  const letters = [...text.replace(/[\u2009\u202f\u00a0\s]/g, ' ').replace(/[\u2212\u2011]/g, '-')].map((letter) => {
    if (has(letter)) {
      return letter;
    }
    const plain = [...letter.normalize('NFD')].filter(has).join('');
    lost += plain === '' ? 1 : 0;
    return plain || '?';
  });
  return { text: letters.join(''), lost };
}

class ReviewWriter {
  private readonly pdf: Pdf;
  private readonly tags: PdfTags;
  private y = PAGE.margin;
  private page = 1;
  private lost = 0;

  constructor(pdf: Pdf, language: string) {
    this.pdf = pdf;
    this.tags = new PdfTags(pdf, language);
  }

  write({ title, subtitle, sections }: Review): { file: ArrayBuffer; lost: number } {
    const { root } = this.tags;
    this.pdf.setProperties({ title: this.fit(title), subject: this.fit(subtitle) });
    this.pdf.viewerPreferences({ DisplayDocTitle: true });
    this.paragraph('H1', root, title, { size: 18, bold: true });
    this.paragraph('P', root, subtitle, { size: TEXT_SIZE });
    sections.forEach(({ heading, blocks }) => {
      const part = this.tags.add('Sect', root);
      this.y += GAP;
      // A heading never stands alone at the end of a page.
      this.need(70);
      this.paragraph('H2', part, heading, { size: 13, bold: true });
      blocks.forEach((block) => this.block(part, block));
    });
    this.numberPages();
    return { file: this.pdf.output('arraybuffer'), lost: this.lost };
  }

  private block(part: Tag, block: Block): void {
    if (block.kind === 'text') {
      this.paragraph('P', part, block.text, {});
    } else if (block.kind === 'list') {
      const list = this.tags.add('L', part);
      block.items.forEach((item) => {
        const body = this.tags.add('LI', list);
        this.paragraph('LBody', body, `•  ${item}`, {});
      });
    } else {
      this.table(part, block.head, block.rows);
    }
  }

  private table(part: Tag, head: string[], rows: string[][]): void {
    const table = this.tags.add('Table', part);
    const widths = columnWidths([head, ...rows]);
    this.row(this.tags.add('TR', table), 'TH', head, widths);
    rows.forEach((cells) => this.row(this.tags.add('TR', table), 'TD', cells, widths));
    this.y += GAP / 2;
  }

  private row(row: Tag, role: 'TH' | 'TD', cells: string[], widths: number[]): void {
    this.setFont(TEXT_SIZE, role === 'TH');
    const lines = cells.map((cell, at) => this.pdf.splitTextToSize(this.fit(cell), (widths[at] ?? WIDTH) - 6));
    const height = Math.max(1, ...lines.map(({ length }) => length)) * TEXT_SIZE * LINE;
    this.need(height);
    this.setFont(TEXT_SIZE, role === 'TH');
    let x = PAGE.margin;
    lines.forEach((cell, at) => {
      const tag = this.tags.add(role, row);
      cell.forEach((line, down) => {
        const left = x;
        const y = this.y + (down + 1) * TEXT_SIZE * LINE;
        this.tags.mark(tag, this.page, () => this.pdf.text(line, left, y));
      });
      x += widths[at] ?? 0;
    });
    this.y += height + 2;
  }

  private paragraph(role: string, parent: Tag, words: string, { size = TEXT_SIZE, bold = false }): void {
    const tag = this.tags.add(role, parent);
    this.setFont(size, bold);
    this.pdf.splitTextToSize(this.fit(words), WIDTH).forEach((line) => {
      this.need(size * LINE);
      this.setFont(size, bold);
      this.y += size * LINE;
      this.tags.mark(tag, this.page, () => this.pdf.text(line, PAGE.margin, this.y));
    });
    this.y += 3;
  }

  private numberPages(): void {
    const pages = this.pdf.getNumberOfPages();
    for (let page = 1; page <= pages; page += 1) {
      this.pdf.setPage(page);
      this.setFont(8, false);
      this.tags.artifact(() => this.pdf.text(fill(labels.page, page, pages), PAGE.margin, PAGE.height - 30));
    }
  }

  /** Begins a new page where so much no longer fits on this one. */
  private need(height: number): void {
    if (this.y + height > BOTTOM) {
      this.pdf.addPage();
      this.page += 1;
      this.y = PAGE.margin;
    }
  }

  private setFont(size: number, bold: boolean): void {
    this.pdf.setFont('helvetica', bold ? 'bold' : 'normal');
    this.pdf.setFontSize(size);
  }

  private fit(words: string): string {
    const { text, lost } = writable(words);
    this.lost += lost;
    return text;
  }
}

/** Columns as wide as their longest words ask for, within bounds that leave room for all. */
function columnWidths(rows: string[][]): number[] {
  const longest = (rows[0] ?? []).map((_head, at) =>
    Math.min(48, Math.max(6, ...rows.map((cells) => cells[at]?.length ?? 0))),
  );
  const all = longest.reduce((sum, one) => sum + one, 0);
  return longest.map((one) => (one / all) * WIDTH);
}

/**
 * Writes a review as a PDF: A4, text that can be selected, with a structure for screen readers. `language` is a tag such
 * as `en-US`. `lost` is how many letters the standard fonts do not have.
 */
export function writePdf(library: PdfLibrary, review: Review, language: string): { file: ArrayBuffer; lost: number } {
  const writer = new ReviewWriter(new library.jsPDF({ unit: 'pt', format: 'a4', compress: true }), language);
  return writer.write(review);
}
