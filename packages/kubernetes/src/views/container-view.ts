import type { ContainerState, ContainerView } from '@jamie/core';
import { toProbeLines } from './probe-line.ts';
import { listOf, messageOf, numberOf, objectOf, type RawObject, textOf, timeOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

const UNKNOWN: ContainerState = Object.freeze({ kind: 'unknown' });

/** The containers of a pod, init containers first. A sidecar (an init container that restarts always) is none. */
export function toContainerViews(
  spec: RawObject,
  status: RawObject,
  sharing: Sharing,
): readonly ContainerView[] {
  const init = listOf(spec['initContainers']);
  const main = listOf(spec['containers']);
  const views: ContainerView[] = [];
  for (const item of init) {
    const container = objectOf(item);
    const isInit = container['restartPolicy'] !== 'Always';
    views.push(toContainerView(container, isInit, status['initContainerStatuses'], sharing));
  }
  for (const item of main)
    views.push(toContainerView(objectOf(item), false, status['containerStatuses'], sharing));
  return views;
}

function toContainerView(
  container: RawObject,
  isInit: boolean,
  statuses: unknown,
  sharing: Sharing,
): ContainerView {
  const { name } = container;
  const status = objectOf(listOf(statuses).find((item) => objectOf(item)['name'] === name));
  const resources = objectOf(container['resources']);
  return {
    name: sharing.text(name),
    image: sharing.text(container['image']),
    isInit,
    ready: status['ready'] === true,
    restartCount: numberOf(status['restartCount']),
    state: toContainerState(status['state'], sharing),
    lastState: toContainerState(status['lastState'], sharing),
    requests: sharing.texts(resources['requests']),
    limits: sharing.texts(resources['limits']),
    probes: toProbeLines(container, sharing),
  };
}

function toContainerState(value: unknown, sharing: Sharing): ContainerState {
  const { waiting, running, terminated } = objectOf(value);
  if (waiting !== undefined) {
    const { reason, message } = objectOf(waiting);
    return { kind: 'waiting', reason: sharing.text(reason), message: sharing.text(messageOf(message)) };
  }
  if (running !== undefined) return { kind: 'running', since: timeOf(objectOf(running)['startedAt']) };
  if (terminated === undefined) return UNKNOWN;
  const { reason, message, exitCode, finishedAt } = objectOf(terminated);
  return {
    kind: 'terminated',
    reason: sharing.text(reason),
    message: messageOf(textOf(message)),
    exitCode: numberOf(exitCode),
    finishedAt: timeOf(finishedAt),
  };
}
