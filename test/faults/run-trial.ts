import { assertNever } from '@jamie/core';
import type { Backend } from './backends/backend.ts';
import { CHANGES } from './changes/all-changes.ts';
import { checkChange, checkQuestion } from './check-outcome.ts';
import type { DeathOrder } from './death-order.ts';
import { HoldingProxy } from './holding-proxy.ts';
import { playDelivery } from './scenarios/play-delivery.ts';
import { playEnvelope } from './scenarios/play-envelope.ts';
import { playKill } from './scenarios/play-kill.ts';
import { playLateRequest, SEND } from './scenarios/play-late-request.ts';
import { playMongodbAway } from './scenarios/play-mongodb-away.ts';
import { playRedisFault } from './scenarios/play-redis-fault.ts';
import { playStop } from './scenarios/play-stop.ts';
import type { TrialResult, TrialSpec } from './trial.ts';
import { TrialOver, TrialWorld } from './trial-world.ts';

/** Runs one trial to its end and judges it. What the program does wrong is a violation, never an exception. */
export async function runTrial(spec: TrialSpec, backend: Backend, trial: string): Promise<TrialResult> {
  const startedAt = performance.now();
  const proxy = spec.family === 'late request' ? new HoldingProxy(backend.port) : undefined;
  const kubeconfig = backend.kubeconfig(await proxy?.start());
  const world = await TrialWorld.create({
    ...{ backend, trial, kubeconfig, queue: spec.queue, store: spec.store },
    change: CHANGES[spec.change],
    orders: ordersOf(spec),
  });
  let isReached = true;
  try {
    await world.start();
    isReached = await play(spec, world, proxy);
    await world.end();
    const check = spec.family === 'delivery' ? checkQuestion : checkChange;
    world.violations.push(...(await check(world)));
  } catch (error) {
    // Its violation is written down already.
    if (!(error instanceof TrialOver)) throw error;
  } finally {
    await world.dispose();
    await proxy?.stop();
  }
  const { kills, violations, passed, recoveryMs } = world;
  const durationMs = performance.now() - startedAt;
  return { spec, isReached, kills, violations, passed, durationMs, ...(recoveryMs && { recoveryMs }) };
}

/** True when the fault really happened. */
function play(spec: TrialSpec, world: TrialWorld, proxy: HoldingProxy | undefined): Promise<boolean> {
  switch (spec.family) {
    case 'record':
    case 'kill':
      return playKill(world, spec);
    case 'stop':
      return playStop(world, spec.boundary);
    case 'redis emptied':
    case 'redis killed':
      return playRedisFault(world, spec);
    case 'mongodb away':
      return playMongodbAway(world, spec.boundary);
    case 'envelope':
      return playEnvelope(world, spec.boundary);
    case 'delivery':
      return playDelivery(world, spec.boundary);
    case 'late request':
      if (proxy === undefined) throw new Error('a late request needs its proxy');
      return playLateRequest(world, proxy, spec.boundary);
    default:
      return assertNever(spec.family);
  }
}

/** What the first run of the program does to itself; the runs after it do nothing. */
function ordersOf({ family, boundary }: TrialSpec): readonly DeathOrder[] {
  switch (family) {
    case 'kill':
      return [{ at: [boundary], action: 'kill' }];
    case 'stop':
    case 'redis emptied':
    case 'redis killed':
    case 'mongodb away':
      return [{ at: [boundary], action: 'stop' }];
    case 'late request':
      return [{ at: [SEND], action: 'stop' }];
    default:
      return [];
  }
}
