import { describe, expect, test } from '@jest/globals';
import { learn } from '../../domain/scoring/learn.ts';
import { numberColumn, TableError, type TrainingTable } from '../../domain/scoring/table.ts';
import { plainDeals } from '../../../test/support/scoring-tables.ts';
import { trainInThread } from './train-in-thread.ts';

describe('learning in a thread of its own', () => {
  test('gives the very model that learning here gives, and serving goes on meanwhile', async () => {
    const here = learn(plainDeals(500, 3), { seed: 5 });
    let turns = 0;
    let learning = true;
    // Served requests: each comes after the one before.
    const serve = (): void => {
      turns += 1;
      if (learning) setTimeout(serve, 1);
    };
    serve();
    const there = await trainInThread(plainDeals(500, 3), { seed: 5 });
    learning = false;
    expect(JSON.stringify(there)).toBe(JSON.stringify(here));
    // Learning here would leave room for the first alone.
    expect(turns).toBeGreaterThan(5);
  });

  test('hands the table over instead of copying it', async () => {
    const table = plainDeals(100, 1);
    await trainInThread(table, { seed: 1 });
    expect(table.outcome).toHaveLength(0);
  });

  test('is ended by its signal', async () => {
    const controller = new AbortController();
    const learned = trainInThread(plainDeals(5_000, 1), { seed: 1, signal: controller.signal });
    controller.abort(new Error('the service stops'));
    await expect(learned).rejects.toThrow('the service stops');
    const late = trainInThread(plainDeals(100, 1), { seed: 1, signal: controller.signal });
    await expect(late).rejects.toThrow('the service stops');
  });

  test('says what is wrong with a table', async () => {
    const table: TrainingTable = { ...plainDeals(100, 1), columns: [numberColumn('amount', [1, 2])] };
    await expect(trainInThread(table, { seed: 1 })).rejects.toThrow(
      new TableError('column "amount" has 2 values for 100 rows'),
    );
  });

  test('says when the thread has not enough memory', async () => {
    const learned = trainInThread(plainDeals(5_000, 1), { seed: 1, memoryMb: 4 });
    await expect(learned).rejects.toThrow(/Learning failed: .*memory/);
  });
});
