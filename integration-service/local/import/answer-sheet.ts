import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

/** What a person was asked, or answered, once: for an account or for a deal. */
const line = z.object({
  scope: z.enum(['account', 'deal']),
  /** The account's or deal's key in the imported files. */
  key: z.string().min(1),
  /** The record field that keeps the answer (`Account.Website`), or the network's field when nothing keeps it. */
  field: z.string().min(1),
  question: z.string(),
  /** Allowed answers, separated by ` | `; blank when free. */
  allowed: z.string(),
  /** Several answers are separated by `;`. */
  answer: z.string(),
});

/** A filled-in sheet may leave out what only explains. */
const given = line.extend({ question: z.string().default(''), allowed: z.string().default('') });

export type SheetLine = z.infer<typeof line>;

const columns = ['scope', 'key', 'field', 'question', 'allowed', 'answer'] as const;
const place = (scope: string, key: string, field: string): string => JSON.stringify([scope, key, field]);

/**
 * Questions and answers of an import as a CSV file that a person fills in. Reading it never invents: a question without
 * a line, or whose answer is blank, stays open and is written to the sheet of open questions.
 */
export class AnswerSheet {
  readonly #answers = new Map<string, SheetLine>();
  readonly #open = new Map<string, SheetLine>();

  static read(file: string | undefined): AnswerSheet {
    const sheet = new AnswerSheet();
    if (file === undefined) return sheet;
    if (!existsSync(file))
      throw new Error(
        `The answers ${file} are not there: give the file with --answers, or leave the option out to get the questions.`,
      );
    const rows: unknown[] = parse(readFileSync(file), { columns: true, bom: true, skip_empty_lines: true });
    rows.forEach((row, index) => {
      const checked = given.safeParse(row);
      if (!checked.success) {
        const issue = checked.error.issues[0];
        throw new Error(
          `${file}, line ${index + 2}: column ${issue?.path.join('.')}: ${issue?.message}. The columns are ${columns.join(', ')}.`,
        );
      }
      const { scope, key, field } = checked.data;
      sheet.#answers.set(place(scope, key, field), checked.data);
    });
    return sheet;
  }

  /** The person's answer, or undefined, in which case the question is noted as open. */
  answer(question: Omit<SheetLine, 'answer'>): string | undefined {
    const at = place(question.scope, question.key, question.field);
    const given = this.#answers.get(at)?.answer.trim() ?? '';
    if (given === '') {
      this.#open.set(at, { ...question, answer: '' });
      return undefined;
    }
    return given;
  }

  /** All answers of the sheet, those that an earlier run used included: what a person was asked in all. */
  get answered(): number {
    return [...this.#answers.values()].filter((one) => one.answer.trim() !== '').length;
  }

  get open(): readonly SheetLine[] {
    return [...this.#open.values()];
  }

  /** Writes the open questions, to be filled in and given back with --answers, after those already answered. */
  writeOpen(file: string): void {
    writeFileSync(
      file,
      stringify([...this.#answers.values(), ...this.#open.values()], { header: true, columns: [...columns] }),
    );
  }
}
