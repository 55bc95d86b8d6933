import type { Registry } from '../api/registry.ts';
import type { Simulation } from '../controllers/simulation.ts';
import type { World } from '../controllers/world.ts';
import type { ImageCatalog } from '../kubelet/program.ts';
import type { StoredObject } from '../objects.ts';
import type { SimulatedTime } from '../simulated-time.ts';
import { resourceOfKind } from '../store/resources.ts';
import type { Manifest } from './manifests.ts';
import type { Step } from './scenario.ts';

export interface SeedTools {
  readonly world: World;
  readonly registry: Registry;
  readonly simulation: Simulation;
  readonly catalog: ImageCatalog;
  readonly time: SimulatedTime;
}

/** Events live for an hour; what began before that still counts its repetitions. */
const EVENT_MEMORY_MS = 2 * 60 * 60 * 1000;

const WRITER = { dryRun: false, manager: 'kubectl-client-side-apply' };

/**
 * Plays the steps in order of time, and lets the controllers do between them what they would have done: so ages,
 * events, restarts and revisions are those of a cluster that lived through it. Ends at `now`.
 */
export function playHistory(tools: SeedTools, steps: readonly Step[], now: number): void {
  const { world } = tools;
  world.events.skipBefore(now - EVENT_MEMORY_MS);
  world.replay.keepOnlyOutcomesUntil(now - EVENT_MEMORY_MS);
  const inOrder = [...steps].sort((left, right) => right.minutesAgo - left.minutesAgo);
  for (const step of inOrder) {
    runUntil(tools, now - step.minutesAgo * 60_000);
    playStep(tools, step);
    tools.simulation.runDue();
  }
  runUntil(tools, now);
  world.events.expire();
  world.replay.end(world.store);
  world.store.compact();
}

function runUntil({ world, simulation, time }: SeedTools, until: number): void {
  world.replay.playUntil(until);
  for (let next = simulation.runDue(); next !== undefined && next <= until; next = simulation.runDue()) {
    time.playAt(next);
  }
  time.playAt(until);
  // Nobody has read a version of the past.
  world.store.compact();
}

function playStep(tools: SeedTools, step: Step): void {
  for (const image of step.deleteImages ?? []) tools.catalog.delete(image);
  for (const manifest of step.apply ?? []) applyManifest(tools, manifest);
  for (const { kind, namespace, name } of step.remove ?? []) {
    const { plural } = resourceOfKind(kind);
    const stored = tools.world.store.get(plural, namespace, name);
    if (stored === undefined)
      throw new Error(`the seed removes ${kind} ${namespace}/${name}, which is not there`);
    tools.world.store.remove(plural, stored);
  }
}

function applyManifest({ world, registry }: SeedTools, manifest: Manifest): void {
  const resource = resourceOfKind(manifest.kind);
  const { name, namespace } = manifest.metadata;
  const stored = world.store.get(resource.plural, namespace, name);
  const body = manifest as unknown as StoredObject;
  const outcome =
    stored === undefined
      ? registry.create(resource, namespace ?? '', body, WRITER)
      : registry.update(resource, stored, mergedOver(stored, body), WRITER);
  if (outcome.kind === 'refused') throw new Error(`the seed is wrong: ${outcome.status.message}`);
  writeGivenStatus(world, outcome.value, manifest);
}

/** What a client-side apply keeps: annotations and fields of others. */
function mergedOver(stored: StoredObject, body: StoredObject): StoredObject {
  const annotations = { ...stored.metadata.annotations, ...body.metadata.annotations };
  const { resourceVersion } = stored.metadata;
  return { ...body, metadata: { ...body.metadata, annotations, resourceVersion } };
}

/** Nodes and autoscalers have no controller here: their status is seeded with them. */
function writeGivenStatus(world: World, object: StoredObject, manifest: Manifest): void {
  if (manifest['status'] === undefined) return;
  const { plural } = resourceOfKind(manifest.kind);
  world.store.replace(plural, { ...object, status: manifest['status'] } as StoredObject);
}
