import { setTimeout as sleep } from 'node:timers/promises';
import { createPermitOffice, type SnapshotSource } from '@jamie/core';
import { createClusterConnection, plainAccess } from '@jamie/kubernetes';
import { createSteadyClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { trialObjects } from '../../changes/trial-objects.ts';
import { type ApiFault, ApiProxy, type SeenRequest } from '../api-proxy.ts';
import type { Family } from '../family.ts';
import { answerCrowd, CROWD, CROWD_PREFIX } from '../pod-crowd.ts';
import { ProcessClock, SPEED } from '../process-clock.ts';
import { type QuickTrial, TrialOver } from '../quick-trial.ts';

const OBJECTS = 12;
/** In milliseconds of the trial. */
const LIMITS = { watchSeconds: 30, silenceMs: 16_000, staleAfterMs: 12_000, refusedRetryMs: 20_000 };
const PATIENCE_MS = 60_000;
/** What was heard so long after a change, by the clock of the trial, has brought it; a busy machine takes its time. */
const HEARD_LATE_MS = 8_000;
const VERSION_EVERY_MS = 100;
/** Pages of a list of 5,000 pods, and how often it may be made anew. */
const PAGES = 10;
const MOST_RELISTS = 12;
/** So many requests are made for the kinds of a cache to be listed and watched, and made again a few times. */
const MOST_REQUESTS = 600;
/** What a watch is told whose version is too old. */
export const GONE_WATCH = JSON.stringify({
  type: 'ERROR',
  object: {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'Expired',
    code: 410,
    message: 'too old',
  },
});

const WAYS = ['silence', 'gone', 'drop', 'errors', 'clock', 'bookmark gap'] as const;
type Way = (typeof WAYS)[number];
/** In one world of so many the cluster has 5,000 pods, which are listed anew with the rest. */
const CROWD_EVERY = 3;
/** Kinds whose watches go wrong. */
const ILL_KINDS = /\/(configmaps|pods)(\?|$)/;

/**
 * F9: watches fall silent, are told that they are too old, break, get no bookmarks, and the clock jumps: the cache ends as
 * the server is, and has told how old it was.
 */
export const silentWatches: Family = {
  id: 'F9',
  title: 'watches silent, gone, broken, without bookmarks; clock jumps; 5,000 pods; no storm',
  pairs: ['embedded'],
  sample: 6,
  async play(trial) {
    const { dice, site } = trial;
    const proxy = new ApiProxy(site.api);
    const machine = new ProcessClock();
    // As the program does: its clock is never set back.
    const clock = createSteadyClock(machine);
    let left = dice.between(1, 6);
    const how = dice.oneOf(WAYS);
    if (how === 'bookmark gap') left += 2;
    let met = 0;
    let isBegun = false;
    const crowd = trial.spec.trial % CROWD_EVERY === 0 ? await Crowd.gather(trial) : undefined;
    proxy.fault = (request) => {
      const { isWatch, path } = request;
      const isIll = isBegun && left > 0 && ILL_KINDS.test(path) && (isWatch || how === 'errors');
      if (!isIll) return crowd?.answer(request);
      left -= 1;
      met += 1;
      return faultOf(trial, how, machine, left);
    };
    const connection = createClusterConnection({
      ...{ info: site.info, permits: createPermitOffice(), clock, logger: new RecordingLogger() },
      access: plainAccess({ url: await proxy.start(), token: site.api.token }),
      cacheLimits: LIMITS,
    });
    try {
      await connection.snapshots.snapshot(80_000);
      isBegun = true;
      proxy.sever();
      const names = await change(trial);
      const { oldestMs, tookMs } = await untilSame(trial, connection.snapshots, {
        ...{ names, hasCrowd: crowd !== undefined },
        ...(how !== 'clock' && { changedAt: clock.now() }),
      });
      const mostRequests = MOST_REQUESTS + (crowd === undefined ? 0 : MOST_RELISTS * PAGES);
      if (proxy.requests > mostRequests)
        trial.violations.push(`I5: ${proxy.requests} requests for one cache`);
      // Where it was whole again before a silence is noticed, the silent watch had nothing to say.
      if (how === 'silence' && tookMs > LIMITS.silenceMs && oldestMs < LIMITS.staleAfterMs)
        trial.violations.push(`I6: silent watches, and the cache never said to be older than ${oldestMs} ms`);
    } finally {
      crowd?.part();
      await Promise.race([connection.close(), sleep(5_000)]);
      await proxy.stop();
    }
    return { faults: met, ended: crowd === undefined ? how : `${how}, ${CROWD} pods` };
  },
};

/** 5,000 pods in front of a server that has few, at the version that the server has. */
class Crowd {
  #version: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(trial: QuickTrial, version: string) {
    this.#version = version;
    this.#timer = setInterval(() => {
      readVersion(trial).then(
        (now) => {
          this.#version = now;
        },
        () => undefined,
      );
    }, VERSION_EVERY_MS);
  }

  static async gather(trial: QuickTrial): Promise<Crowd> {
    return new Crowd(trial, await readVersion(trial));
  }

  answer(request: SeenRequest): ApiFault | undefined {
    return answerCrowd(request, this.#version);
  }

  part(): void {
    clearInterval(this.#timer);
  }
}

async function readVersion({ site }: QuickTrial): Promise<string> {
  const { text } = await site.backend.administer('GET', '/api/v1/pods?limit=1');
  return (JSON.parse(text) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
}

function faultOf({ dice }: QuickTrial, how: Way, machine: ProcessClock, left: number): ApiFault | undefined {
  switch (how) {
    case 'silence':
      return { kind: 'silence' };
    case 'gone':
      return { kind: 'answer', status: 200, text: `${GONE_WATCH}\n` };
    case 'drop':
      return dice.oneOf<ApiFault>([{ kind: 'drop' }, { kind: 'lose_answer' }]);
    case 'errors':
      return {
        kind: 'answer',
        status: dice.oneOf([429, 500, 503]),
        headers: { 'retry-after': '1' },
        text: '{}',
      };
    case 'bookmark gap':
      // What was missed meanwhile has left the server's memory when the watch comes back for the last time.
      if (left <= 1) return { kind: 'answer', status: 200, text: `${GONE_WATCH}\n` };
      return { kind: 'no_bookmarks', forMs: dice.between(100, 800) };
    case 'clock':
      machine.offsetMs += dice.oneOf([-1, 1]) * dice.between(60_000, 600_000);
      return { kind: 'drop' };
  }
}

/** Objects come and go meanwhile; returns the names of those that stay. */
async function change(trial: QuickTrial): Promise<readonly string[]> {
  const objects = trialObjects(trial.site.backend);
  const names: string[] = [];
  for (let index = 1; index <= OBJECTS; index += 1) {
    const object = `${trial.name}-${index}`;
    await objects.create('configmaps', { metadata: { name: object } });
    const operation = {
      kind: 'delete',
      target: { kind: 'ConfigMap', namespace: trial.namespace, name: object },
    } as const;
    if (trial.dice.chance(0.3)) await objects.removeNow('configmaps', object);
    else {
      names.push(object);
      trial.parts.push({ collection: 'configmaps', object, operation });
    }
    await sleep(trial.dice.between(0, 30));
  }
  return names;
}

/** As what a cache is to be seen. */
interface Wanted {
  readonly names: readonly string[];
  readonly hasCrowd: boolean;
  /** When the last of the objects was changed, by the clock of the cache; absent where that is set. */
  readonly changedAt?: number;
}

/** How long the cache took to be as the server, and how old it has said to be meanwhile, at most; both in the trial's time. */
interface Recovery {
  readonly oldestMs: number;
  readonly tookMs: number;
}

async function untilSame(trial: QuickTrial, snapshots: SnapshotSource, wanted: Wanted): Promise<Recovery> {
  const startedAt = performance.now();
  const { names, hasCrowd, changedAt = Number.POSITIVE_INFINITY } = wanted;
  const all = [...names].sort().join();
  let oldestMs = 0;
  await trial.until(
    'the cache is as the server',
    async () => {
      const { objects, takenAt, stalenessMs } = await snapshots.snapshot();
      oldestMs = Math.max(oldestMs, stalenessMs);
      const cached = objects.ConfigMap.map(({ name }) => name).filter((name) =>
        name.startsWith(`${trial.name}-`),
      );
      const crowd = objects.Pod.filter(({ name }) => name.startsWith(CROWD_PREFIX)).length;
      if ([...cached].sort().join() === all) return !hasCrowd || crowd === CROWD;
      const heardAt = takenAt - stalenessMs;
      if (heardAt > changedAt + HEARD_LATE_MS) throw new TrialOver('I6: what is old is shown as fresh');
      return false;
    },
    PATIENCE_MS + LIMITS.silenceMs / SPEED,
  );
  return { oldestMs, tookMs: (performance.now() - startedAt) * SPEED };
}
