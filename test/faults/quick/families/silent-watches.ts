import { setTimeout as sleep } from 'node:timers/promises';
import { createPermitOffice } from '@jamie/core';
import { createClusterConnection, plainAccess } from '@jamie/kubernetes';
import { createSteadyClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { trialObjects } from '../../changes/trial-objects.ts';
import { type ApiFault, ApiProxy } from '../api-proxy.ts';
import type { Family } from '../family.ts';
import { ProcessClock, SPEED } from '../process-clock.ts';
import { type QuickTrial, TrialOver } from '../quick-trial.ts';

const OBJECTS = 12;
/** In milliseconds of the trial. */
const LIMITS = { watchSeconds: 30, silenceMs: 16_000, staleAfterMs: 12_000, refusedRetryMs: 20_000 };
const PATIENCE_MS = 60_000;
/** What was heard so long after a change, by the clock of the trial, has brought it; a busy machine takes its time. */
const HEARD_LATE_MS = 8_000;
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

/** F9: watches fall silent, are told that they are too old, break, and the clock jumps: the cache ends as the server is. */
export const silentWatches: Family = {
  id: 'F9',
  title: 'watches silent, gone, broken; clock jumps; the cache catches up without a storm',
  pairs: ['embedded'],
  sample: 6,
  async play(trial) {
    const { dice } = trial;
    const proxy = new ApiProxy(trial.site.api);
    const machine = new ProcessClock();
    // As the program does: its clock is never set back.
    const clock = createSteadyClock(machine);
    const { info, api } = trial.site;
    let left = dice.between(1, 6);
    let met = 0;
    let isBegun = false;
    const how = dice.oneOf(['silence', 'gone', 'drop', 'errors', 'clock'] as const);
    proxy.fault = ({ isWatch, path }) => {
      const isOurs = path.includes('configmaps');
      if (!isBegun || left === 0 || !isOurs) return undefined;
      if (!isWatch && how !== 'errors') return undefined;
      left -= 1;
      met += 1;
      return faultOf(trial, how, machine);
    };
    const connection = createClusterConnection({
      ...{ info, permits: createPermitOffice(), clock, logger: new RecordingLogger(), cacheLimits: LIMITS },
      access: plainAccess({ url: await proxy.start(), token: api.token }),
    });
    try {
      await connection.snapshots.snapshot(80_000);
      isBegun = true;
      proxy.sever();
      const names = await change(trial);
      const changedAt = clock.now();
      await untilSame(
        trial,
        async () => {
          const { objects, takenAt, stalenessMs } = await connection.snapshots.snapshot();
          const seen = objects.ConfigMap.map(({ name }) => name).filter((name) =>
            name.startsWith(`${trial.name}-`),
          );
          return { names: seen, heardAt: how === 'clock' ? changedAt : takenAt - stalenessMs };
        },
        { names, changedAt },
      );
      if (proxy.requests > MOST_REQUESTS)
        trial.violations.push(`I5: ${proxy.requests} requests for one cache`);
    } finally {
      await Promise.race([connection.close(), sleep(5_000)]);
      await proxy.stop();
    }
    return { faults: met, ended: how };
  },
};

function faultOf(
  { dice }: QuickTrial,
  how: 'silence' | 'gone' | 'drop' | 'errors' | 'clock',
  machine: ProcessClock,
): ApiFault | undefined {
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

/** What a snapshot shows of the trial's objects, and when it says that the server was last heard. */
interface Sight {
  readonly names: readonly string[];
  readonly heardAt: number;
}

async function untilSame(
  trial: QuickTrial,
  look: () => Promise<Sight>,
  { names, changedAt }: { readonly names: readonly string[]; readonly changedAt: number },
): Promise<void> {
  const wanted = [...names].sort().join();
  await trial.until(
    'the cache is as the server',
    async () => {
      const seen = await look();
      if ([...seen.names].sort().join() === wanted) return true;
      if (seen.heardAt > changedAt + HEARD_LATE_MS) throw new TrialOver('I6: what is old is shown as fresh');
      return false;
    },
    PATIENCE_MS + LIMITS.silenceMs / SPEED,
  );
}
