import type { ContainerState, ContainerView, PodView } from '@jamie/core';
import { toSingleLine } from '../evidence/cluster-text.ts';
import { hasEnded, isPodReady } from '../snapshot/conditions.ts';

/** Reasons are words; whatever somebody wrote instead is cut. */
const MAX_STATUS = 60;

/**
 * A pod's status in the one word that kubectl's STATUS column has, `CrashLoopBackOff` or `Init:1/2` or `Terminating`:
 * the order of the cases is that of kubernetes/pkg/printers/internalversion/printers.go, printPod. Never throws.
 */
export function podStatus(pod: PodView): string {
  if (pod.deletingSince !== undefined && pod.reason === 'NodeLost') return 'Unknown';
  if (pod.deletingSince !== undefined && !hasEnded(pod)) return 'Terminating';
  const base = pod.reason || schedulingGate(pod) || pod.phase || 'Unknown';
  return toSingleLine(initStatus(pod) ?? containersStatus(pod, base), MAX_STATUS);
}

function schedulingGate({ conditions }: PodView): string | undefined {
  return conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated')
    ? 'SchedulingGated'
    : undefined;
}

/** What keeps the init containers from being done; undefined once they are. */
function initStatus({ containers, conditions }: PodView): string | undefined {
  if (conditions.some(({ type, status }) => type === 'Initialized' && status === 'True')) return undefined;
  const inits = containers.filter((container) => container.isInit);
  const at = inits.findIndex((container) => !isInitDone(container));
  const current = inits[at];
  if (current === undefined) return undefined;
  const { state } = current;
  if (state.kind === 'terminated') return `Init:${endOf(state)}`;
  if (state.kind === 'waiting' && state.reason !== '' && state.reason !== 'PodInitializing')
    return `Init:${state.reason}`;
  return `Init:${at}/${inits.length}`;
}

/** A sidecar is an init container that goes on running: it counts as done once it is ready. */
function isInitDone({ state, ready }: ContainerView): boolean {
  return state.kind === 'terminated' ? state.exitCode === 0 : state.kind === 'running' && ready;
}

function containersStatus(pod: PodView, base: string): string {
  const mains = pod.containers.filter((container) => !container.isInit);
  // The first container that does not run has the last word.
  const status = mains.map(({ state }) => wordOf(state)).find((word) => word !== undefined) ?? base;
  const isRunning = mains.some(({ state, ready }) => state.kind === 'running' && ready);
  if (status !== 'Completed' || !isRunning) return status;
  return isPodReady(pod) ? 'Running' : 'NotReady';
}

function wordOf(state: ContainerState): string | undefined {
  if (state.kind === 'waiting') return state.reason || undefined;
  return state.kind === 'terminated' ? endOf(state) : undefined;
}

function endOf({ reason, exitCode }: Extract<ContainerState, { kind: 'terminated' }>): string {
  return reason || `ExitCode:${exitCode}`;
}
