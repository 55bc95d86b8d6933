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
  const main = listOf(spec['containers']).map((item) =>
    toContainerView(objectOf(item), false, status['containerStatuses'], sharing),
  );
  const init = listOf(spec['initContainers']);
  // An array that is pushed to keeps room for sixteen more; most pods have one container.
  if (init.length === 0) return main;
  const first = init.map((item) => {
    const container = objectOf(item);
    return toContainerView(
      container,
      container['restartPolicy'] !== 'Always',
      status['initContainerStatuses'],
      sharing,
    );
  });
  return first.concat(main);
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
