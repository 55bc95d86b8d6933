import type { Deployment, ReplicaSet } from '../objects.ts';
import {
  annotateSize,
  type DeploymentSets,
  ensureFreshSet,
  findSets,
  isScaledElsewhere,
  REVISION,
  revisionOf,
} from './deployment-sets.ts';
import { deploymentStatus } from './deployment-status.ts';
import {
  type RolloutBounds,
  type RolloutSet,
  resolveBounds,
  sizeOfNewSet,
  sizesOfOldSets,
} from './rolling-update.ts';
import { type World, writeObject, writeStatus } from './world.ts';

/** Moves one Deployment a step towards its template and size, and writes its status and conditions. */
export function reconcileDeployment(world: World, deployment: Deployment, retry: () => void): void {
  if (deployment.metadata.deletionTimestamp !== undefined) return;
  const { spec } = deployment;
  const { rollingUpdate } = spec.strategy;
  const bounds =
    rollingUpdate === undefined
      ? { maxSurge: 0, maxUnavailable: 0 }
      : resolveBounds(rollingUpdate.maxSurge, rollingUpdate.maxUnavailable, spec.replicas);
  const sets = findSets(world, deployment);
  let current = deployment;
  let isNew = false;
  if (spec.paused !== true || sets.fresh !== undefined) {
    const step =
      spec.paused === true
        ? { set: sets.fresh, isNew: false }
        : withFreshSet(world, deployment, sets, bounds);
    isNew = step.isNew;
    if (step.set !== undefined) current = resize(world, deployment, step.set, sets.old, bounds);
  }
  cleanUp(world, current);
  const after = findSets(world, current);
  writeStatus(world, current, deploymentStatus(world, current, after, { isNew, bounds, retry }));
}

function withFreshSet(
  world: World,
  deployment: Deployment,
  sets: DeploymentSets,
  bounds: RolloutBounds,
): { readonly set: ReplicaSet; readonly isNew: boolean } {
  return ensureFreshSet(world, deployment, sets, deployment.spec.replicas + bounds.maxSurge);
}

function resize(
  world: World,
  deployment: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
  bounds: RolloutBounds,
): Deployment {
  const current = withRevision(world, deployment, revisionOf(fresh));
  const all = [...old, fresh];
  // A set whose last size its own controller has not seen yet would be counted wrongly: wait for it.
  if (all.some((set) => (set.status.observedGeneration ?? 0) < (set.metadata.generation ?? 1)))
    return current;
  if (all.some((set) => isScaledElsewhere(set, deployment))) {
    followSize(world, current, fresh, old, bounds);
  } else if (deployment.spec.paused !== true) {
    if (deployment.spec.strategy.type === 'Recreate') recreate(world, current, fresh, old, bounds);
    else roll(world, current, fresh, old, bounds);
  }
  return current;
}

function roll(
  world: World,
  deployment: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
  bounds: RolloutBounds,
): void {
  const desired = deployment.spec.replicas;
  const total = old.reduce((sum, set) => sum + set.spec.replicas, fresh.spec.replicas);
  const size = sizeOfNewSet(desired, fresh.spec.replicas, total, bounds);
  if (size !== fresh.spec.replicas) {
    scaleSet(world, deployment, fresh, size, bounds);
    return;
  }
  const sizes = sizesOfOldSets(desired, old.map(toRolloutSet), toRolloutSet(fresh), bounds);
  for (const set of old) {
    const next = sizes.get(set.metadata.name);
    if (next !== undefined) scaleSet(world, deployment, set, next, bounds);
  }
}

function recreate(
  world: World,
  deployment: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
  bounds: RolloutBounds,
): void {
  for (const set of old) if (set.spec.replicas > 0) scaleSet(world, deployment, set, 0, bounds);
  const isDrained = old.every(
    (set) => set.status.replicas === 0 && (set.status.terminatingReplicas ?? 0) === 0,
  );
  const desired = deployment.spec.replicas;
  if (isDrained && fresh.spec.replicas !== desired) scaleSet(world, deployment, fresh, desired, bounds);
}

/** A change of size in the middle of a rollout: the sets grow or shrink in proportion, the newest takes the rest. */
function followSize(
  world: World,
  deployment: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
  bounds: RolloutBounds,
): void {
  const active = [...old, fresh].filter((set) => set.spec.replicas > 0);
  const desired = deployment.spec.replicas;
  const total = active.reduce((sum, set) => sum + set.spec.replicas, 0);
  const allowed = active.length > 1 && desired > 0 ? desired + bounds.maxSurge : desired;
  const sizes = active.map((set) => Math.floor((set.spec.replicas * allowed) / total));
  const newest = sizes.length - 1;
  sizes[newest] = (sizes[newest] ?? 0) + allowed - sizes.reduce((sum, size) => sum + size, 0);
  active.forEach((set, index) => {
    scaleSet(world, deployment, set, sizes[index] ?? 0, bounds);
  });
}

function scaleSet(
  world: World,
  deployment: Deployment,
  set: ReplicaSet,
  size: number,
  bounds: RolloutBounds,
): void {
  const annotated = annotateSize(world, set, deployment, deployment.spec.replicas + bounds.maxSurge);
  if (size === set.spec.replicas) return;
  writeObject(world, { ...annotated, spec: { ...annotated.spec, replicas: size } }, true);
  const direction = size > set.spec.replicas ? 'up' : 'down';
  world.events.record(deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${direction} replica set ${set.metadata.name} from ${set.spec.replicas} to ${size}`,
    component: 'deployment-controller',
  });
}

function withRevision(world: World, deployment: Deployment, revision: number): Deployment {
  if (deployment.metadata.annotations?.[REVISION] === String(revision)) return deployment;
  const annotations = { ...deployment.metadata.annotations, [REVISION]: String(revision) };
  return writeObject(world, { ...deployment, metadata: { ...deployment.metadata, annotations } }, false);
}

function cleanUp(world: World, deployment: Deployment): void {
  const idle = findSets(world, deployment).old.filter(
    (set) => set.spec.replicas === 0 && set.status.replicas === 0,
  );
  for (const set of idle.slice(0, Math.max(0, idle.length - deployment.spec.revisionHistoryLimit))) {
    world.store.remove('replicasets', set);
  }
}

function toRolloutSet(set: ReplicaSet): RolloutSet {
  const available = Math.min(set.status.availableReplicas ?? 0, set.spec.replicas);
  return { name: set.metadata.name, replicas: set.spec.replicas, available };
}
