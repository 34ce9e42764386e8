import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineRoom, openEngineRoom } from '../../../test/support/engine-room.ts';
import { PostgresDraftingBudget } from './drafting-budget.ts';

let room: EngineRoom;
beforeAll(async () => {
  room = await openEngineRoom();
});
afterAll(() => room.close());

const account = (partner: string) => ({ function: 'co-selling', partner });
const limits = { tokens: 1_000, costMicros: 500 };

describe('the budget of language models', () => {
  test('is never passed, however many processes ask at once', async () => {
    const processes = Array.from({ length: 8 }, () => new PostgresDraftingBudget(room.database()));
    const granted = await Promise.all(
      processes.map((budget) => budget.reserve(account('race'), { tokens: 300, costMicros: 10 }, limits)),
    );
    expect(granted.filter(Boolean)).toHaveLength(3);
  });

  test('stops at money as at tokens, and at the first wish that is more than all of it', async () => {
    const budget = new PostgresDraftingBudget(room.database());
    expect(await budget.reserve(account('money'), { tokens: 1, costMicros: 501 }, limits)).toBe(false);
    expect(await budget.reserve(account('money'), { tokens: 1, costMicros: 500 }, limits)).toBe(true);
    expect(await budget.reserve(account('money'), { tokens: 1, costMicros: 1 }, limits)).toBe(false);
    expect(await budget.reserve(account('another'), { tokens: 1, costMicros: 1 }, limits)).toBe(true);
  });

  test('gets back what was reserved and not used', async () => {
    const budget = new PostgresDraftingBudget(room.database());
    const reserved = { tokens: 900, costMicros: 100 };
    await budget.reserve(account('back'), reserved, limits);
    expect(await budget.reserve(account('back'), reserved, limits)).toBe(false);
    await budget.settle(account('back'), reserved, { tokens: 100, costMicros: 20 });
    expect(await budget.reserve(account('back'), reserved, limits)).toBe(true);
  });
});
