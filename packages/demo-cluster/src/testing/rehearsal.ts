import { Registry } from '../api/registry.ts';
import { EventRecorder } from '../controllers/event-recorder.ts';
import { Replay } from '../controllers/replay.ts';
import { Simulation } from '../controllers/simulation.ts';
import { Timers } from '../controllers/timers.ts';
import type { World } from '../controllers/world.ts';
import { ImageCatalog } from '../kubelet/program.ts';
import type { StoredObject } from '../objects.ts';
import { createRandomSource } from '../random-source.ts';
import { plantCompany } from '../seed/company.ts';
import type { Manifest } from '../seed/manifests.ts';
import { SimulatedTime } from '../simulated-time.ts';
import { ObjectStore } from '../store/object-store.ts';
import { resourceOfKind } from '../store/resources.ts';

/** A cluster without HTTP whose time a test moves. */
export interface Rehearsal {
  readonly world: World;
  readonly registry: Registry;
  readonly simulation: Simulation;
  /** Lets simulated time pass, event by event; `observe` sees every state at which something happened. */
  runFor(durationMs: number, observe?: () => void): void;
  /** Creates the object, or updates it where it exists. Throws the Status message when refused. */
  apply(manifest: Manifest): StoredObject;
}

const START = Date.UTC(2026, 0, 5, 9, 0, 0);

export function createRehearsal(content: 'company' | 'empty' = 'empty', seed = 7): Rehearsal {
  const time = new SimulatedTime({ now: () => START, sleep: () => Promise.resolve() });
  const random = createRandomSource(seed);
  const now = (): number => time.now();
  const store = new ObjectStore({ now, random, historyLimit: 100_000 });
  const world: World = {
    store,
    random,
    timers: new Timers(),
    events: new EventRecorder(store, now),
    overdueRollouts: new Set(),
    replay: new Replay(),
    now,
    after: (durationMs) => time.after(durationMs),
  };
  const catalog = new ImageCatalog('registry.demo.local');
  const simulation = new Simulation({ world, catalog, onWork: () => undefined });
  const registry = new Registry({ store, random, now });
  plantCompany({ world, registry, simulation, catalog, time, content });
  return {
    world,
    registry,
    simulation,
    runFor(durationMs, observe) {
      const until = time.now() + durationMs;
      for (let next = simulation.runDue(); next !== undefined && next <= until; next = simulation.runDue()) {
        observe?.();
        time.playAt(next);
      }
      time.playAt(until);
      observe?.();
    },
    apply(manifest) {
      const resource = resourceOfKind(manifest.kind);
      const { name, namespace } = manifest.metadata;
      const stored = store.get(resource.plural, namespace, name);
      const options = { dryRun: false, manager: 'test' };
      const body = manifest as unknown as StoredObject;
      const outcome =
        stored === undefined
          ? registry.create(resource, namespace ?? '', body, options)
          : registry.update(resource, stored, body, options);
      if (outcome.kind === 'refused') throw new Error(outcome.status.message);
      return outcome.value;
    },
  };
}
