import { describe, expect, it } from '@jest/globals';
import { TurnBatch } from './turn-batch.ts';

describe('TurnBatch', () => {
  it('does in one go what is asked for in one turn, and gives each its own result', async () => {
    const runs: (readonly number[])[] = [];
    const batch = new TurnBatch<number, string>(async (items) => {
      runs.push(items);
      return items.map((item) => `done ${item}`);
    });
    expect(await Promise.all([1, 2, 3].map((item) => batch.add(item)))).toEqual([
      'done 1',
      'done 2',
      'done 3',
    ]);
    expect(await batch.add(4)).toBe('done 4');
    expect(runs).toEqual([[1, 2, 3], [4]]);
  });

  it('fails everybody of a turn that fails, and nobody of the next', async () => {
    let isDown = true;
    const batch = new TurnBatch<number, number>(async (items) => {
      if (isDown) throw new Error('the disk is full');
      return items;
    });
    const outcomes = await Promise.allSettled([batch.add(1), batch.add(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect(await batch.add(3)).toBe(3);
  });
});
