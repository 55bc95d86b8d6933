import { setCondition } from '../controllers/world.ts';
import type { Condition, Container, ContainerStatus, Pod, PodStatus } from '../objects.ts';
import { formatTime } from '../time.ts';
import type { ContainerRecord, PodRecord } from './container-record.ts';

/** The status that the kubelet reports for a pod. Pure. */
export function podStatusOf(pod: Pod, record: PodRecord, now: number): PodStatus {
  const statuses = pod.spec.containers.map((container) =>
    containerStatusOf(container, record.containers.get(container.name)),
  );
  const phase = phaseOf(pod, statuses);
  return {
    ...pod.status,
    observedGeneration: pod.metadata.generation ?? 1,
    phase,
    conditions: conditionsOf(pod, record, statuses, phase, now),
    hostIP: record.hostIp,
    hostIPs: [{ ip: record.hostIp }],
    ...(record.hasSandbox ? { podIP: record.podIp, podIPs: [{ ip: record.podIp }] } : {}),
    startTime: formatTime(record.startedAt),
    containerStatuses: statuses,
  };
}

function containerStatusOf(
  { name, image, resources }: Container,
  record: ContainerRecord | undefined,
): ContainerStatus {
  const hasStarted = record?.containerId !== undefined && record.containerId !== '';
  return {
    name,
    state: record?.state ?? { waiting: { reason: 'ContainerCreating' } },
    lastState: record?.lastState ?? {},
    ready: record?.ready ?? false,
    restartCount: record?.restartCount ?? 0,
    image,
    imageID: hasStarted ? `${image.split(':')[0]}@sha256:${digestOf(image)}` : '',
    ...(hasStarted ? { containerID: `containerd://${record.containerId}` } : {}),
    started: record?.state.running !== undefined,
    // A node of the simulation always has room: what is asked for is what a running container has.
    ...(record?.state.running !== undefined && {
      ...(resources?.requests !== undefined && { allocatedResources: resources.requests }),
      resources: resources ?? {},
    }),
  };
}

function phaseOf(pod: Pod, statuses: readonly ContainerStatus[]): PodStatus['phase'] {
  const isOver = (status: ContainerStatus): boolean => status.state.terminated !== undefined;
  if (pod.spec.restartPolicy !== 'Always' && statuses.every(isOver)) {
    const failed = statuses.some((status) => status.state.terminated?.exitCode !== 0);
    if (!failed) return 'Succeeded';
    if (pod.spec.restartPolicy === 'Never') return 'Failed';
  }
  const neverStarted = statuses.some(
    (status) => status.state.waiting !== undefined && status.lastState.terminated === undefined,
  );
  return neverStarted ? 'Pending' : 'Running';
}

function conditionsOf(
  pod: Pod,
  record: PodRecord,
  statuses: readonly ContainerStatus[],
  phase: string,
  now: number,
): readonly Condition[] {
  const unready = statuses.filter((status) => !status.ready).map((status) => status.name);
  const notReady = {
    reason: phase === 'Succeeded' ? 'PodCompleted' : 'ContainersNotReady',
    message: `containers with unready status: [${unready.join(' ')}]`,
  };
  const generation = pod.metadata.generation ?? 1;
  const make = (type: string, isTrue: boolean, why: object = {}): Condition => ({
    type,
    observedGeneration: generation,
    status: isTrue ? 'True' : 'False',
    lastProbeTime: null,
    ...(isTrue ? {} : why),
  });
  const scheduled = (pod.status.conditions ?? []).filter((condition) => condition.type === 'PodScheduled');
  const own = [
    make('PodReadyToStartContainers', record.hasSandbox),
    make('Initialized', true),
    make('Ready', unready.length === 0, notReady),
    make('ContainersReady', unready.length === 0, notReady),
  ];
  const before = pod.status.conditions ?? [];
  const kept = own.map((condition) => {
    const known = before.filter((item) => item.type === condition.type);
    return setCondition(known, condition, now)[0] ?? condition;
  });
  return [...kept, ...scheduled];
}

/** A stable stand-in for the image's digest. */
function digestOf(image: string): string {
  let hash = 0x811c9dc5;
  let text = '';
  while (text.length < 64) {
    for (const char of image) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    text += hash.toString(16).padStart(8, '0');
  }
  return text.slice(0, 64);
}
