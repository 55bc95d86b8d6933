import type { ContainerState, ContainerView, PodView } from '@jamie/core';
import { hasEnded } from '../../snapshot/conditions.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { LOOPING_RESTARTS, RECENT_MS } from '../../thresholds.ts';

export type Termination = Extract<ContainerState, { readonly kind: 'terminated' }>;

/** How a container ended, told from its exit code and reason. */
export type ExitClass =
  | 'out_of_memory'
  | 'cannot_start'
  | 'clean'
  | 'killed'
  | 'segfault'
  | 'sigterm'
  | 'error';

/** A container that keeps ending, and its latest end. */
export interface CrashHit {
  readonly pod: PodView;
  readonly container: ContainerView;
  readonly termination: Termination;
  readonly exit: ExitClass;
}

const CANNOT_START_REASONS: ReadonlySet<string> = new Set([
  'StartError',
  'ContainerCannotRun',
  'RunContainerError',
]);

/** Exit codes above 128 are 128 + the signal's number; 126 and 127 are the shell's "not executable", "not found". */
export function classifyExit(termination: Termination): ExitClass {
  if (termination.reason === 'OOMKilled') return 'out_of_memory';
  if (CANNOT_START_REASONS.has(termination.reason)) return 'cannot_start';
  switch (termination.exitCode) {
    case 0:
      return 'clean';
    case 126:
    case 127:
      return 'cannot_start';
    case 137:
      return 'killed';
    case 139:
      return 'segfault';
    case 143:
      return 'sigterm';
    default:
      return 'error';
  }
}

/** Containers that crash again and again now. One that recovered, or that ends by design, is not among them. */
export const findCrashing = oncePerSnapshot((index: SnapshotIndex): readonly CrashHit[] => {
  return index.pods.flatMap((pod) =>
    hasEnded(pod) ? [] : pod.containers.flatMap((container) => crashOf(index, pod, container) ?? []),
  );
});

function crashOf(index: SnapshotIndex, pod: PodView, container: ContainerView): CrashHit | undefined {
  const termination = latestEnd(container);
  if (termination === undefined || !isLooping(index, container, termination)) return undefined;
  // An init container that has done its work stays terminated with 0.
  if (container.isInit && termination.exitCode === 0) return undefined;
  return { pod, container, termination, exit: classifyExit(termination) };
}

/** The latest end of a container, whether it waits, runs again or lies there. */
export function latestEnd(container: ContainerView): Termination | undefined {
  if (container.state.kind === 'terminated') return container.state;
  return container.lastState.kind === 'terminated' ? container.lastState : undefined;
}

function isLooping(index: SnapshotIndex, container: ContainerView, termination: Termination): boolean {
  const isRecent = index.takenAt - termination.finishedAt <= RECENT_MS;
  switch (container.state.kind) {
    case 'waiting':
      return container.state.reason === 'CrashLoopBackOff';
    case 'terminated':
      return container.restartCount > 0 && isRecent;
    case 'running':
      return container.restartCount >= LOOPING_RESTARTS && isRecent;
    default:
      return false;
  }
}
