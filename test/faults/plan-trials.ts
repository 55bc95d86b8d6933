import { boundaryId, boundaryNameOf } from './death-order.ts';
import { DELIVERIES } from './scenarios/play-delivery.ts';
import { ENVELOPES } from './scenarios/play-envelope.ts';
import { LATE_REQUESTS } from './scenarios/play-late-request.ts';
import { shuffle } from './shuffle.ts';
import { type Cell, columnOf, rowOf, type TrialSpec } from './trial.ts';

/** Verification repeats itself: later occurrences of one boundary are the same state once more. */
const OCCURRENCES = 2;
/** A plan of several steps passes the same boundaries once for each step. */
const OCCURRENCES_OF_STEPS = 3;

/** Where a zombie is worst: the right to act is taken, the request or the post is about to leave, or has just left. */
const STOPS = [
  'commit:plan.approved:before#1',
  'job:operations.execute:before#1',
  'cluster.find:after#1',
  'commit:plan.lease_taken:before#1',
  'commit:plan.lease_taken:after#1',
  'commit:plan.lease_renewed:before#1',
  'commit:plan.lease_renewed:after#1',
  'cluster.send:before#1',
  'cluster.send:after#1',
  'commit:plan.applied:before#1',
  'commit:plan.observed:before#1',
  'commit:message.claimed:after#1',
  'slack.show:before#1',
  'slack.show:after#1',
] as const;
/** In every run, on every backend. */
const WORST_STOP = 'cluster.send:before#1';

/** The same in a plan of other changes: around each of its requests, and around what records it. */
const STOPS_OF_STEPS: ReadonlySet<string> = new Set([
  'commit:plan.lease_renewed:before',
  'commit:plan.lease_renewed:after',
  'cluster.send:before',
  'cluster.send:after',
  'commit:plan.step_done:before',
  'commit:plan.step_done:after',
  'commit:plan.rollback_started:before',
  'commit:plan.rollback_applied:before',
]);

/** What a recording run passed on its way, and where it ran. */
export interface Recording {
  readonly cell: Cell;
  readonly passed: readonly string[];
}

/** Every trial there is: each recorded boundary in its first occurrences, and each fault from outside. */
export function allTrials(recordings: readonly Recording[]): readonly TrialSpec[] {
  return recordings.flatMap(({ cell, passed }) => {
    const boundaries = firstOccurrences(cell, passed);
    const of = (family: TrialSpec['family'], where: readonly string[]) =>
      where.map((boundary): TrialSpec => ({ ...cell, family, boundary }));
    return [
      ...of('kill', boundaries),
      ...of(
        'stop',
        isPlain(cell) ? STOPS : boundaries.filter((id) => STOPS_OF_STEPS.has(boundaryNameOf(id))),
      ),
      ...(cell.queue === 'redis'
        ? [...of('redis emptied', boundaries), ...of('redis killed', boundaries)]
        : []),
      ...(cell.store === 'mongodb' ? of('mongodb away', boundaries) : []),
      ...(isPlain(cell)
        ? [...of('envelope', ENVELOPES), ...of('late request', LATE_REQUESTS), ...of('delivery', DELIVERIES)]
        : []),
    ];
  });
}

type Shares = Readonly<Partial<Record<TrialSpec['family'], number>>>;

/** How many trials of a family a sample takes, by what is asked for and the store; the quick trials die at random boundaries besides. */
const SAMPLED: Readonly<Record<`${'plain' | 'other'} ${Cell['store']}`, Shares>> = {
  'plain sqlite': {
    kill: 11,
    stop: 3,
    envelope: 3,
    delivery: 1,
    'redis emptied': 1,
    'redis killed': 1,
  },
  'plain mongodb': { kill: 1, stop: 1, 'mongodb away': 1 },
  // Of each other change.
  'other sqlite': { kill: 1, stop: 1, 'redis emptied': 1, 'redis killed': 1 },
  'other mongodb': { kill: 1, 'mongodb away': 1 },
};

/** What takes longest begins first, so that nothing waits for the last one: what Redis has lost is asked for again by a sweep. */
const SLOW: ReadonlySet<TrialSpec['family']> = new Set(['redis emptied', 'mongodb away']);

/**
 * A sample that the seed picks: some of each family, of each change in one place, on MongoDB too; the worst zombie and the
 * late request of a plain change on every backend.
 */
export function sampleTrials(all: readonly TrialSpec[], seed: number): readonly TrialSpec[] {
  const sample = new Map<string, TrialSpec>();
  const taken = new Map<string, number>();
  for (const spec of shuffle(all, seed)) {
    if (isAlways(spec)) {
      const key = `${columnOf(spec)} ${rowOf(spec)}`;
      if (!sample.has(key)) sample.set(key, spec);
      continue;
    }
    const { of, most } = shareOf(spec);
    const count = taken.get(of) ?? 0;
    if (count >= most) continue;
    taken.set(of, count + 1);
    sample.set(`${of} ${count}`, spec);
  }
  return [...sample.values()].sort((one, other) => slownessOf(other) - slownessOf(one));
}

function slownessOf({ store, family }: TrialSpec): number {
  return (store === 'mongodb' ? 1 : 0) + (SLOW.has(family) ? 1 : 0);
}

function isAlways({ store, change, family, boundary }: TrialSpec): boolean {
  if (store === 'mongodb' || change !== 'scale') return false;
  return family === 'late request' || boundary === WORST_STOP;
}

/** Which trials share a number of places in a sample. */
function shareOf({ store, change, family }: TrialSpec) {
  const most = SAMPLED[`${isPlain({ change }) ? 'plain' : 'other'} ${store}`][family] ?? 0;
  return { of: `${store} ${change} ${family}`, most };
}

/**
 * Where a sample runs: a plain change on every backend with both queues, and on MongoDB on one of the backends; each other
 * change in one place, with the next seed in the next one. Four seeds in a row take every change to every backend with both
 * queues, eight to both stores too. Pure.
 */
export function sampleCells(cells: readonly Cell[], seed: number): readonly Cell[] {
  const [plain, others] = [cells.filter(isPlain), cells.filter((cell) => !isPlain(cell))];
  const onMongodb = plain.filter(({ store }) => store === 'mongodb');
  const changes = Object.values(Object.groupBy(others, ({ change }) => change));
  return [
    ...inTurn(onMongodb, seed),
    ...plain.filter(({ store }) => store !== 'mongodb'),
    ...changes.flatMap((places, index) => placeOf(places, seed, index)),
  ];
}

function isPlain({ change }: Pick<Cell, 'change'>): boolean {
  return change === 'scale';
}

function placeOf(places: readonly Cell[], seed: number, index: number): readonly Cell[] {
  const pairs = Object.values(Object.groupBy(places, ({ backend, queue }) => `${backend} ${queue}`));
  const turn = seed + index;
  return inTurn(pairs, turn).flatMap((stores) => inTurn(stores, Math.floor(turn / pairs.length) + index));
}

/** The one whose turn it is; none where there is none. */
function inTurn<Item>(items: readonly Item[], turn: number): readonly Item[] {
  return items.length === 0 ? [] : items.slice(turn % items.length).slice(0, 1);
}

/** A boundary's next attempt: how often one is passed depends on timing; every run passes it for a first time. */
export function firstOccurrence(spec: TrialSpec): TrialSpec {
  const isAnywhere = /^(?:kill|redis|mongodb)/.test(spec.family);
  if (!isAnywhere) return spec;
  return { ...spec, boundary: boundaryId(boundaryNameOf(spec.boundary), 1) };
}

function firstOccurrences({ change }: Cell, passed: readonly string[]): readonly string[] {
  const most = change === 'scale' ? OCCURRENCES : OCCURRENCES_OF_STEPS;
  return passed.filter((id) => Number(id.slice(boundaryNameOf(id).length + 1)) <= most);
}
