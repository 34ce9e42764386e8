import { describe, expect, test } from '@jest/globals';
import { Together, type TogetherOptions } from './together.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Answers doubled, notes what was asked together, and holds each statement until it is let go. */
const slowly = (
  spoiled: (question: number) => boolean = () => false,
  options: TogetherOptions = {},
  sizeOf?: (question: number) => number,
) => {
  const asked: number[][] = [];
  const held: (() => void)[] = [];
  const together = new Together<number, number>(
    async (questions) => {
      asked.push([...questions]);
      await new Promise<void>((resolve) => held.push(resolve));
      if (questions.some(spoiled)) throw new Error(`no answer to ${questions.join(', ')}`);
      return questions.map((question) => question * 2);
    },
    { most: 3, ...options },
    sizeOf,
  );
  const letGo = async (): Promise<void> => {
    await turn();
    while (held.length > 0) {
      held.shift()?.();
      await turn();
    }
  };
  return { together, asked, letGo };
};

describe('questions asked together', () => {
  test('what comes in one turn of the event loop goes together, and what comes meanwhile, up to the bound', async () => {
    const { together, asked, letGo } = slowly();
    const answers = Promise.all([1, 2, 3, 4].map((question) => together.ask(question)));
    await turn();
    expect(asked).toEqual([[1, 2, 3]]);
    const late = together.ask(5);
    await letGo();
    expect([...(await answers), await late]).toEqual([2, 4, 6, 8, 10]);
    expect(asked).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  test('no more than there is room for go together, and one that is too large goes alone', async () => {
    const { together, asked, letGo } = slowly(undefined, { most: 9, room: 5 }, (question) => question);
    const answers = Promise.all([2, 3, 1, 7, 4].map((question) => together.ask(question)));
    await letGo();
    expect(await answers).toEqual([4, 6, 2, 14, 8]);
    expect(asked).toEqual([[2, 3], [1], [7], [4]]);
  });

  test('one that cannot be answered does not spoil it for the others', async () => {
    const { together, asked, letGo } = slowly((question) => question === 3);
    const answers = Promise.allSettled([1, 2, 3, 4].map((question) => together.ask(question)));
    await letGo();
    const said = (await answers).map((one) => (one.status === 'fulfilled' ? one.value : 'refused'));
    expect(said).toEqual([2, 4, 'refused', 8]);
    expect(asked).toEqual([[1, 2, 3], [1], [2], [3], [4]]);
  });

  test('what nobody among them can be blamed for is told to all at once', async () => {
    const { together, asked, letGo } = slowly((question) => question === 3, { spoils: () => false });
    const answers = Promise.allSettled([1, 2, 3].map((question) => together.ask(question)));
    await letGo();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toEqual([[1, 2, 3]]);
  });

  test('as many are under way at once as there are lanes', async () => {
    const { together, asked, letGo } = slowly(undefined, { lanes: 2 });
    const answers = [together.ask(1)];
    await turn();
    answers.push(together.ask(2));
    await turn();
    answers.push(together.ask(3), together.ask(4));
    await turn();
    expect(asked).toEqual([[1], [2]]);
    await letGo();
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8]);
    expect(asked).toEqual([[1], [2], [3, 4]]);
  });

  test('goes on after a failure', async () => {
    const { together, letGo } = slowly((question) => question === 1);
    const refused = together.ask(1);
    await Promise.all([expect(refused).rejects.toThrow('no answer to 1'), letGo()]);
    const answer = together.ask(2);
    await letGo();
    expect(await answer).toBe(4);
  });
});
