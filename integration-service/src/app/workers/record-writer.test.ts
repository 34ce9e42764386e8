import { describe, expect, test } from '@jest/globals';
import { broken, ok } from '../../domain/values/result.ts';
import type { Crm, ReferralWrite } from '../../ports/crm/crm.ts';
import { RecordWriter } from './record-writer.ts';

const identity = {
  opportunityId: '006',
  partnerId: 'a05',
  ownerId: null,
  attempt: 1,
  requestedBy: null,
  clickedAt: null,
  correlationId: 'c',
  sharedWith: null,
};

/** Only `write` is asked of it; each call waits for `answer`. */
const crm = (answers: readonly Awaited<ReturnType<Crm['write']>>[] = []) => {
  const writes: ReferralWrite[] = [];
  const write: Crm['write'] = async (what) => {
    writes.push(what);
    return answers[writes.length - 1] ?? ok({ referralId: 'a07', warnings: [] });
  };
  return { writes, crm: { write } as Crm };
};
const unavailable = broken({ kind: 'unavailable' as const, retry: 'safe' as const, message: 'away', problems: [] });

describe('the record writer', () => {
  test('takes what is posted while a call is under way into one next call', async () => {
    const { writes, crm: org } = crm();
    const writer = new RecordWriter(org, 'key', identity, () => true);
    writer.post({ fields: { state: 'filing' } });
    await Promise.resolve();
    await Promise.resolve();
    writer.post({ fields: { step: 'filed' } });
    writer.post({ fields: { state: 'submitted' }, request: { id: 'a06', state: 'done', message: '' } });
    expect(await writer.flush()).toBeNull();
    expect(writes.map(({ referral }) => referral?.fields)).toEqual([
      { state: 'filing' },
      { step: 'filed', state: 'submitted' },
    ]);
    expect(writes.map(({ referral }) => referral?.identity !== undefined)).toEqual([true, false]);
    expect(writer.recordId).toBe('a07');
  });

  test('holds back steps that follow closely until somebody waits for them', async () => {
    const { writes, crm: org } = crm();
    const writer = new RecordWriter(org, 'key', identity, () => true);
    writer.post({ fields: { step: 'recorded' } });
    // A turn of the event loop: the first call is made and answered.
    await new Promise(setImmediate);
    for (const step of ['filed', 'associated', 'submitted']) {
      writer.post({ fields: { step } });
      await new Promise(setImmediate);
    }
    expect(writes.map(({ referral }) => referral?.fields)).toEqual([{ step: 'recorded' }]);
    await writer.flush();
    expect(writes.map(({ referral }) => referral?.fields)).toEqual([{ step: 'recorded' }, { step: 'submitted' }]);
  });

  test('writes nothing that was held back when the claim is lost meanwhile', async () => {
    const { writes, crm: org } = crm();
    let ours = true;
    const writer = new RecordWriter(org, 'key', identity, () => ours);
    writer.post({ fields: { step: 'recorded' } });
    await new Promise(setImmediate);
    writer.post({ fields: { step: 'filed' } });
    ours = false;
    await writer.flush();
    expect(writes).toHaveLength(1);
  });

  test('loses nothing of a write that failed: it goes with the next one', async () => {
    const { writes, crm: org } = crm([unavailable]);
    const writer = new RecordWriter(org, 'key', identity, () => true);
    writer.post({ fields: { state: 'filing' } });
    expect(await writer.flush()).toMatchObject({ kind: 'unavailable' });
    writer.post({ fields: { step: 'filed' } });
    expect(await writer.flush()).toBeNull();
    expect(writes[1]?.referral).toMatchObject({ fields: { state: 'filing', step: 'filed' }, identity });
  });

  test('writes nothing once the claim is lost', async () => {
    const { writes, crm: org } = crm();
    const writer = new RecordWriter(org, 'key', identity, () => false);
    writer.post({ fields: { state: 'filing' } });
    await writer.flush();
    expect(writes).toEqual([]);
  });
});
