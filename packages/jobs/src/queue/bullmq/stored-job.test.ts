import { aJobRequest } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bullIdOf, bullOptionsOf, readStoredJob } from './stored-job.ts';

const DAY_S = 86_400;

describe('bullIdOf', () => {
  it('makes an id that BullMQ takes of any text, and never one of two', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const id = bullIdOf(one);
        expect(id).not.toContain(':');
        expect(id).not.toBe(String(Number.parseInt(id, 10)));
        expect(id === bullIdOf(other)).toBe(one.toWellFormed() === other.toWellFormed());
      }),
    );
  });
});

describe('bullIdOf of ids that differ in a colon', () => {
  it('keeps them apart', () => {
    const ids = ['show:m:1', 'show-m-1', 'show:m-1', 'show%3Am%3A1', 'show_m_1'];
    expect(new Set(ids.map(bullIdOf)).size).toBe(ids.length);
  });
});

describe('bullOptionsOf', () => {
  it('keeps what has finished for at least a day', () => {
    const { removeOnComplete, removeOnFail } = bullOptionsOf(aJobRequest(), 0);
    for (const kept of [removeOnComplete, removeOnFail] as { age: number }[]) {
      expect(kept.age).toBeGreaterThanOrEqual(DAY_S);
    }
  });

  it('waits until the time that was asked for, and not at all for one that has passed', () => {
    expect(bullOptionsOf(aJobRequest({ runAt: 1_500 }), 1_000).delay).toBe(500);
    expect(bullOptionsOf(aJobRequest({ runAt: 500 }), 1_000).delay).toBe(0);
    expect(bullOptionsOf(aJobRequest(), 1_000).delay).toBe(0);
  });

  it('leaves the number of attempts and their pauses to us', () => {
    expect(bullOptionsOf(aJobRequest(), 0)).toMatchObject({
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'decided' },
    });
  });
});

describe('readStoredJob', () => {
  it('refuses what is no job of ours', () => {
    for (const data of [undefined, null, {}, { deduplicationId: 1, correlationId: 'x', payload: {} }]) {
      expect(() => readStoredJob(data)).toThrow();
    }
  });
});
