import type { PlanRecord } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { decideLease } from './lease.ts';

const held = (owner: string, expiresAt: number) => ({ lease: { owner, epoch: 4, expiresAt } }) as PlanRecord;

describe('decideLease', () => {
  it('takes a free plan with the first epoch', () => {
    expect(decideLease({} as PlanRecord, 'a', 100, 50)).toEqual({
      kind: 'take',
      lease: { owner: 'a', epoch: 1, expiresAt: 150 },
    });
  });

  it('waits while another worker holds the lease', () => {
    expect(decideLease(held('b', 130), 'a', 100, 50)).toEqual({ kind: 'wait', waitMs: 30 });
  });

  it.each([
    ['its own', held('a', 130)],
    ['one that has just run out', held('b', 100)],
  ])('takes %s with the next epoch', (_name, record) => {
    expect(decideLease(record, 'a', 100, 50)).toMatchObject({ kind: 'take', lease: { epoch: 5 } });
  });
});
