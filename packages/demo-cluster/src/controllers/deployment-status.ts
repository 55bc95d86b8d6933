import type { Condition, Deployment, DeploymentStatus, ReplicaSet } from '../objects.ts';
import { formatTime } from '../time.ts';
import type { DeploymentSets } from './deployment-sets.ts';
import { findCondition } from './pod-readiness.ts';
import type { RolloutBounds } from './rolling-update.ts';
import { setCondition, type World } from './world.ts';

interface StatusContext {
  readonly isNew: boolean;
  readonly bounds: RolloutBounds;
  readonly retry: () => void;
}

/** Counts and conditions of a Deployment, worded as the Deployment controller words them. */
export function deploymentStatus(
  world: World,
  deployment: Deployment,
  sets: DeploymentSets,
  context: StatusContext,
): DeploymentStatus {
  const counts = countsOf(deployment, sets);
  const conditions = withFailure(
    world,
    progress(world, deployment, sets, counts, context, availability(world, deployment, counts, context)),
    [...sets.old, ...(sets.fresh === undefined ? [] : [sets.fresh])],
  );
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    terminatingReplicas: terminatingOf(sets),
    conditions,
  };
}

interface Counts {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
}

function countsOf(deployment: Deployment, sets: DeploymentSets): Counts {
  const all = [...sets.old, ...(sets.fresh === undefined ? [] : [sets.fresh])];
  const sum = (count: (set: ReplicaSet) => number | undefined): number =>
    all.reduce((total, set) => total + (count(set) ?? 0), 0);
  const availableReplicas = sum((set) => set.status.availableReplicas);
  const replicas = sum((set) => set.status.replicas);
  return {
    replicas,
    updatedReplicas: sets.fresh?.status.replicas ?? 0,
    readyReplicas: sum((set) => set.status.readyReplicas),
    availableReplicas,
    unavailableReplicas: Math.max(0, Math.max(deployment.spec.replicas, replicas) - availableReplicas),
  };
}

function terminatingOf(sets: DeploymentSets): number {
  const all = [...sets.old, ...(sets.fresh === undefined ? [] : [sets.fresh])];
  return all.reduce((total, set) => total + (set.status.terminatingReplicas ?? 0), 0);
}

function availability(
  world: World,
  deployment: Deployment,
  counts: Counts,
  { bounds }: StatusContext,
): readonly Condition[] {
  const isAvailable = counts.availableReplicas >= deployment.spec.replicas - bounds.maxUnavailable;
  return changeCondition(world, deployment.status.conditions ?? [], {
    type: 'Available',
    status: isAvailable ? 'True' : 'False',
    reason: isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: `Deployment ${isAvailable ? 'has' : 'does not have'} minimum availability.`,
  });
}

function progress(
  world: World,
  deployment: Deployment,
  sets: DeploymentSets,
  counts: Counts,
  context: StatusContext,
  conditions: readonly Condition[],
): readonly Condition[] {
  const next = nextProgress(world, deployment, counts, context);
  const name = sets.fresh?.metadata.name ?? deployment.metadata.name;
  if (next === undefined) return conditions;
  const status = { deadline: 'False', paused: 'Unknown' }[next.kind as string] ?? 'True';
  const change: Condition = {
    type: 'Progressing',
    status: status as Condition['status'],
    reason: next.reason,
    message: next.message(name),
  };
  if (next.kind !== 'moved') return changeCondition(world, conditions, change);
  const others = conditions.filter((condition) => condition.type !== 'Progressing');
  const known = conditions.filter((condition) => condition.type === 'Progressing');
  const [moved] = setCondition(known, change, world.now());
  return [...others, { ...(moved ?? change), lastUpdateTime: formatTime(world.now()) }];
}

interface Progress {
  readonly kind: 'complete' | 'moved' | 'deadline' | 'paused';
  readonly reason: string;
  readonly message: (set: string) => string;
}

function nextProgress(
  world: World,
  deployment: Deployment,
  counts: Counts,
  { isNew, retry }: StatusContext,
): Progress | undefined {
  const timer = `progress/${deployment.metadata.uid}`;
  const current = findCondition(deployment.status.conditions, 'Progressing');
  if (deployment.spec.paused === true) {
    world.timers.clear(timer);
    return { kind: 'paused', reason: 'DeploymentPaused', message: () => 'Deployment is paused' };
  }
  if (isComplete(deployment, counts)) {
    world.timers.clear(timer);
    const message = (set: string): string => `ReplicaSet "${set}" has successfully progressed.`;
    return { kind: 'complete', reason: 'NewReplicaSetAvailable', message };
  }
  const { uid } = deployment.metadata;
  const armed = (): void => {
    world.overdueRollouts.delete(uid);
    world.timers.set(timer, world.after(deployment.spec.progressDeadlineSeconds * 1000), () => {
      world.overdueRollouts.add(uid);
      retry();
    });
  };
  if (isNew || current === undefined) {
    armed();
    return {
      kind: 'moved',
      reason: 'NewReplicaSetCreated',
      message: (set) => `Created new replica set "${set}"`,
    };
  }
  const wasComplete =
    current.reason === 'NewReplicaSetAvailable' && counts.replicas === counts.updatedReplicas;
  if (wasComplete) return undefined;
  if (hasMoved(deployment.status, counts) || current.reason === 'DeploymentPaused') {
    armed();
    return {
      kind: 'moved',
      reason: 'ReplicaSetUpdated',
      message: (set) => `ReplicaSet "${set}" is progressing.`,
    };
  }
  if (!world.overdueRollouts.has(uid)) {
    if (!world.timers.has(timer)) armed();
    return undefined;
  }
  const message = (set: string): string => `ReplicaSet "${set}" has timed out progressing.`;
  return { kind: 'deadline', reason: 'ProgressDeadlineExceeded', message };
}

function isComplete(deployment: Deployment, counts: Counts): boolean {
  const { replicas } = deployment.spec;
  return (
    counts.updatedReplicas === replicas &&
    counts.replicas === replicas &&
    counts.availableReplicas === replicas
  );
}

function hasMoved(before: DeploymentStatus, counts: Counts): boolean {
  const old = (before.replicas ?? 0) - (before.updatedReplicas ?? 0);
  return (
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas < old ||
    counts.readyReplicas > (before.readyReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0)
  );
}

function withFailure(
  world: World,
  conditions: readonly Condition[],
  sets: readonly ReplicaSet[],
): readonly Condition[] {
  const failure = sets
    .map((set) => findCondition(set.status.conditions, 'ReplicaFailure'))
    .find((condition) => condition !== undefined);
  if (failure === undefined) return conditions.filter((condition) => condition.type !== 'ReplicaFailure');
  const { type, status, reason = '', message = '' } = failure;
  return changeCondition(world, conditions, { type, status, reason, message });
}

function changeCondition(
  world: World,
  conditions: readonly Condition[],
  next: Condition,
): readonly Condition[] {
  const changed = setCondition(conditions, next, world.now());
  if (changed === conditions) return conditions;
  const time = formatTime(world.now());
  return changed.map((condition) =>
    condition.type === next.type ? { ...condition, lastUpdateTime: time } : condition,
  );
}
