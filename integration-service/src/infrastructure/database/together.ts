interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Questions of one kind that come while one is under way go together in the next statement: under load several deals
 * share one round trip and one wait for the disk, and alone a question waits for nobody.
 */
export class Together<Question, Answer> {
  readonly #askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>;
  readonly #most: number;
  #waiting: Waiting<Question, Answer>[] = [];
  #underWay = false;

  /** `askAll` answers all in their order, in one transaction, or throws and has done nothing. */
  constructor(askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>, most = 50) {
    this.#askAll = askAll;
    this.#most = most;
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (!this.#underWay) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#underWay = true;
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0, this.#most);
      if (!(await this.#answer(some)) && some.length > 1)
        // One of them spoils it for all, so each is asked alone and answers for itself.
        for (const one of some) await this.#answer([one]);
    }
    this.#underWay = false;
  }

  /** False when they were several and got no answer: nobody has been told yet. */
  async #answer(some: readonly Waiting<Question, Answer>[]): Promise<boolean> {
    try {
      const answers = await this.#askAll(some.map(({ question }) => question));
      if (answers.length !== some.length) throw new Error(`${some.length} were asked and ${answers.length} answered`);
      for (const [index, one] of some.entries()) one.resolve(answers[index] as Answer);
      return true;
    } catch (error) {
      if (some.length > 1) return false;
      some[0]?.reject(error);
      return true;
    }
  }
}
