import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHANGE_NAMES } from './changes/change.ts';
import { allTrials, sampleCells, sampleTrials } from './plan-trials.ts';
import { type Cell, columnOf, rowOf, type TrialSpec } from './trial.ts';

const PLACES = [
  { queue: 'embedded', store: 'sqlite' },
  { queue: 'redis', store: 'sqlite' },
  { queue: 'redis', store: 'mongodb' },
] as const;
const CELLS = (['demo', 'real'] as const).flatMap((backend) =>
  PLACES.flatMap((place) => CHANGE_NAMES.map((change): Cell => ({ backend, ...place, change }))),
);
const PASSED = [
  'commit:plan.approved:before#1',
  'commit:plan.lease_renewed:after#1',
  'cluster.send:before#1',
  'cluster.send:after#1',
  'cluster.get:before#1',
  'job:operations.verify:after#1',
  'job:operations.verify:after#2',
  'slack.show:before#1',
];
const SEED = fc.integer({ min: 1, max: 999_999_999 });

function cellsOf(seeds: readonly number[]): readonly Cell[] {
  return seeds.flatMap((seed) => sampleCells(CELLS, seed));
}

function sampleOf(seed: number): readonly TrialSpec[] {
  return sampleTrials(allTrials(cellsOf([seed]).map((cell) => ({ cell, passed: PASSED }))), seed);
}

/** How many different values something has. */
function countOf<Item>(items: readonly Item[], name: (item: Item) => string): number {
  return new Set(items.map(name)).size;
}

function inARow(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

describe('sampleCells', () => {
  it('takes every change to every backend and queue in four seeds, and to both stores in eight', () => {
    const pairOf = ({ backend, queue, change }: Cell) => `${backend} ${queue} ${change}`;
    const placeOf = (cell: Cell) => `${columnOf(cell)} ${cell.change}`;
    fc.assert(
      fc.property(SEED, (seed) => {
        expect(countOf(cellsOf(inARow(seed, 4)), pairOf)).toBe(countOf(CELLS, pairOf));
        expect(countOf(cellsOf(inARow(seed, 8)), placeOf)).toBe(CELLS.length);
      }),
    );
  });

  it('takes a plain change everywhere but to one of two MongoDBs, and each other one to a single place', () => {
    fc.assert(
      fc.property(SEED, (seed) => {
        const cells = cellsOf([seed]);
        const plain = cells.filter(({ change }) => change === 'scale');
        expect(plain.filter(({ store }) => store === 'sqlite')).toHaveLength(4);
        expect(plain.filter(({ store }) => store === 'mongodb')).toHaveLength(1);
        expect(cells).toHaveLength(plain.length + CHANGE_NAMES.length - 1);
      }),
    );
  });

  it('takes what there is where only some places were asked for', () => {
    const embedded = CELLS.filter(({ queue, backend }) => queue === 'embedded' && backend === 'demo');
    expect(sampleCells(embedded, 3)).toEqual(embedded);
    expect(sampleCells([], 3)).toEqual([]);
  });
});

describe('sampleTrials', () => {
  it('has every family, every change, and the worst of a plain change in every place', () => {
    fc.assert(
      fc.property(SEED, (seed) => {
        const sample = sampleOf(seed);
        const families = ['kill', 'stop', 'redis emptied', 'redis killed', 'mongodb away'];
        expect(new Set(sample.map(({ family }) => family))).toEqual(
          new Set([...families, 'envelope', 'late request', 'delivery']),
        );
        expect(new Set(sample.map(({ change }) => change))).toEqual(new Set(CHANGE_NAMES));
        const worst = sample.filter(
          ({ store, boundary, family }) =>
            store === 'sqlite' && (family === 'late request' || boundary === 'cluster.send:before#1'),
        );
        const ofScale = worst.filter(({ change }) => change === 'scale');
        expect(
          countOf(
            ofScale.filter(({ family }) => family === 'stop'),
            columnOf,
          ),
        ).toBe(4);
        expect(
          countOf(
            ofScale.filter(({ family }) => family === 'late request'),
            (spec) => `${columnOf(spec)} ${rowOf(spec)}`,
          ),
        ).toBe(8);
      }),
    );
  });

  it('begins with what takes longest', () => {
    const sample = sampleOf(7);
    expect(sample[0]).toMatchObject({ store: 'mongodb', family: 'mongodb away' });
    const slow = sample.findLastIndex(({ family }) => family === 'redis emptied');
    expect(sample.slice(slow + 1).every(({ store }) => store === 'sqlite')).toBe(true);
  });
});
