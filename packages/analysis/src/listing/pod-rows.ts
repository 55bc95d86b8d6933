import type { ContainerView, PodView } from '@jamie/core';
import { isFailing } from '../logs/failing-container.ts';
import { isPodReady } from '../snapshot/conditions.ts';
import { compareNumbers, compareText } from '../snapshot/stable-order.ts';
import { STALE_MS } from '../thresholds.ts';
import { podStatus } from './pod-status.ts';

/** How a pod is, worst first. `ending` is being deleted, in its time; `done` has completed. */
export const POD_CONDITIONS = ['failing', 'not_ready', 'ending', 'ready', 'done'] as const;
export type PodCondition = (typeof POD_CONDITIONS)[number];

/** One pod as a list shows it. */
export interface PodRow {
  readonly pod: PodView;
  readonly condition: PodCondition;
  /** As kubectl words it. */
  readonly status: string;
  readonly readyContainers: number;
  readonly containers: number;
  readonly restarts: number;
  /** When a container ended last; absent where none has. */
  readonly lastRestartAt?: number;
}

/** A pod that takes longer than this to go, its own grace included, is stuck. */
const STUCK_MS = 5 * 60_000;

/** Pods as rows, worst first: by condition, then by restarts, then the newest. Pure, never throws. */
export function podRows(pods: readonly PodView[], takenAt: number): readonly PodRow[] {
  return pods
    .map((pod) => rowOf(pod, takenAt))
    .sort(
      (left, right) =>
        POD_CONDITIONS.indexOf(left.condition) - POD_CONDITIONS.indexOf(right.condition) ||
        compareNumbers(right.restarts, left.restarts) ||
        compareNumbers(right.pod.createdAt, left.pod.createdAt) ||
        compareText(left.pod.namespace, right.pod.namespace) ||
        compareText(left.pod.name, right.pod.name),
    );
}

/** Whether a pod needs nobody: ready, completed, or going in its time. */
export function isWell({ condition }: PodRow): boolean {
  return condition === 'ready' || condition === 'done' || condition === 'ending';
}

/** Whether a snapshot is so old that a list of it needs saying so. */
export function isStale(stalenessMs: number): boolean {
  return stalenessMs > STALE_MS;
}

function rowOf(pod: PodView, takenAt: number): PodRow {
  const counted = pod.containers.filter((container) => !container.isInit || isSidecar(container));
  const ends = pod.containers.flatMap(({ lastState }) =>
    lastState.kind === 'terminated' && Number.isFinite(lastState.finishedAt) ? [lastState.finishedAt] : [],
  );
  return {
    pod,
    condition: conditionOf(pod, takenAt),
    status: podStatus(pod),
    readyContainers: counted.filter(({ ready }) => ready).length,
    containers: counted.length,
    restarts: pod.containers.reduce((sum, { restartCount }) => sum + whole(restartCount), 0),
    ...(ends.length > 0 && { lastRestartAt: Math.max(...ends) }),
  };
}

function isSidecar({ state, ready }: ContainerView): boolean {
  return state.kind === 'running' && ready;
}

function conditionOf(pod: PodView, takenAt: number): PodCondition {
  if (pod.deletingSince !== undefined) return takenAt - pod.deletingSince > STUCK_MS ? 'not_ready' : 'ending';
  if (pod.phase === 'Succeeded') return 'done';
  if (pod.phase === 'Failed' || pod.phase === 'Unknown') return 'failing';
  if (pod.containers.some((container) => isFailing(container, takenAt) || cannotStart(container)))
    return 'failing';
  return isPodReady(pod) ? 'ready' : 'not_ready';
}

const ORDINARY_WAITS: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** Waits for something that does not come by itself: an image, a ConfigMap, another try. */
function cannotStart({ state }: ContainerView): boolean {
  return state.kind === 'waiting' && !ORDINARY_WAITS.has(state.reason);
}

function whole(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.trunc(count)) : 0;
}
