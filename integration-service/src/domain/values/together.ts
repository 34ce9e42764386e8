interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface TogetherOptions {
  /** Questions that may go together at most. */
  readonly most?: number;
  /** How large all that go together may be, where questions differ in size; one alone may be larger. */
  readonly room?: number;
  /** How many may be under way at once; what comes while all are waits and goes together. */
  readonly lanes?: number;
  /** Whether an error may be the doing of one question among several, so that each is to be asked alone. */
  readonly spoils?: (error: unknown) => boolean;
}

/**
 * Questions of one kind that come while others are under way go together: under load several deals share one statement
 * or one call, and alone a question waits for nobody.
 */
export class Together<Question, Answer> {
  readonly #askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>;
  readonly #options: Required<TogetherOptions>;
  readonly #sizeOf: (question: Question) => number;
  #waiting: Waiting<Question, Answer>[] = [];
  #underWay = 0;

  /** `askAll` answers all in their order, or throws and has done nothing. */
  constructor(
    askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
    options: TogetherOptions = {},
    sizeOf: (question: Question) => number = () => 1,
  ) {
    this.#askAll = askAll;
    this.#options = { most: 50, lanes: 1, room: Number.POSITIVE_INFINITY, spoils: () => true, ...options };
    this.#sizeOf = sizeOf;
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (this.#underWay < this.#options.lanes) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#underWay += 1;
    // What this turn of the event loop still brings goes along: answers that came together ask together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0, this.#fitting());
      // One of them may spoil it for all: then each is asked alone and answers for itself.
      if (!(await this.#answer(some))) for (const one of some) await this.#answer([one]);
    }
    this.#underWay -= 1;
  }

  /** How many of those that wait go together: the first ones, as far as there is room. */
  #fitting(): number {
    let room = this.#options.room;
    const first = this.#waiting.slice(0, this.#options.most);
    const tooMuch = first.findIndex(({ question }) => (room -= this.#sizeOf(question)) < 0);
    return tooMuch < 0 ? first.length : Math.max(1, tooMuch);
  }

  /** False when nobody has been told yet, because one of several may have spoilt it. */
  async #answer(some: readonly Waiting<Question, Answer>[]): Promise<boolean> {
    try {
      const answers = await this.#askAll(some.map(({ question }) => question));
      if (answers.length !== some.length) throw new Error(`${some.length} were asked and ${answers.length} answered`);
      for (const [index, one] of some.entries()) one.resolve(answers[index] as Answer);
    } catch (error) {
      if (some.length > 1 && this.#options.spoils(error)) return false;
      for (const one of some) one.reject(error);
    }
    return true;
  }
}
