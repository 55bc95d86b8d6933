import type { ContainerState } from '../objects.ts';
import type { Run } from './program.ts';

/** One start of a container: its program's run, and from when to when it lived. */
export interface Life {
  readonly run: Run;
  /** How many simulated seconds passed in a real one when it started. */
  readonly scale: number;
  readonly startedAt: number;
  readonly endedAt?: number;
}

/** What the kubelet remembers of one container of a pod. */
export interface ContainerRecord {
  state: ContainerState;
  lastState: ContainerState;
  restartCount: number;
  ready: boolean;
  /** Consecutive short lives, which the back-off doubles for. */
  crashes: number;
  pullFailures: number;
  probeFailures: number;
  life?: Life;
  previousLife?: Life;
  containerId: string;
}

/** A container that was not started yet. */
export function newContainerRecord(): ContainerRecord {
  return {
    state: { waiting: { reason: 'ContainerCreating' } },
    lastState: {},
    restartCount: 0,
    ready: false,
    crashes: 0,
    pullFailures: 0,
    probeFailures: 0,
    containerId: '',
  };
}

/** What the kubelet remembers of one pod on its node. */
export interface PodRecord {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly nodeName: string;
  readonly podIp: string;
  readonly hostIp: string;
  readonly startedAt: number;
  readonly containers: Map<string, ContainerRecord>;
  hasSandbox: boolean;
  isStopping: boolean;
}
