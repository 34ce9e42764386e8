import { LightningElement, api } from 'lwc';
import type { Section } from 'c/reviewContent';

interface ShownBlock {
  key: number;
  isText: boolean;
  isList: boolean;
  isTable: boolean;
  text: string;
  items: { key: number; text: string }[];
  head: { key: number; text: string }[];
  rows: { key: number; cells: { key: number; text: string; label: string }[] }[];
}

const keyed = (texts: readonly string[]): { key: number; text: string }[] =>
  texts.map((words, key) => ({ key, text: words }));

/** The sections of a review, with the same words as its PDF. */
export default class ReviewSections extends LightningElement {
  @api sections: readonly Section[] = [];

  get shown(): { key: number; heading: string; blocks: ShownBlock[] }[] {
    return this.sections.map(({ heading, blocks }, key) => ({
      key,
      heading,
      blocks: blocks.map((block, at) => ({
        key: at,
        isText: block.kind === 'text',
        isList: block.kind === 'list',
        isTable: block.kind === 'table',
        text: block.kind === 'text' ? block.text : '',
        items: block.kind === 'list' ? keyed(block.items) : [],
        head: block.kind === 'table' ? keyed(block.head) : [],
        rows:
          block.kind === 'table'
            ? block.rows.map((cells, row) => ({
                key: row,
                cells: cells.map((words, cell) => ({ key: cell, text: words, label: block.head[cell] ?? '' })),
              }))
            : [],
      })),
    }));
  }
}
