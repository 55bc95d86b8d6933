import type { ContainerView } from '@jamie/core';
import { LOOPING_RESTARTS, RECENT_MS } from '../thresholds.ts';

/** Whether a container keeps ending, or ended badly and lies there: its log is the one to read. */
export function isFailing(container: ContainerView, takenAt: number): boolean {
  const { state, lastState, restartCount } = container;
  switch (state.kind) {
    case 'waiting':
      return state.reason === 'CrashLoopBackOff' || lastState.kind === 'terminated';
    case 'terminated':
      return state.exitCode !== 0;
    case 'running':
      return (
        restartCount >= LOOPING_RESTARTS &&
        lastState.kind === 'terminated' &&
        takenAt - lastState.finishedAt <= RECENT_MS
      );
    case 'unknown':
      return false;
  }
}
