import type { KubeNode, Pod, Toleration } from '../objects.ts';
import { parseQuantity } from '../quantity.ts';
import { setCondition, type World, writeStatus } from './world.ts';

const RETRY_MS = 300_000;

type Fit = { readonly kind: 'fits' } | { readonly kind: 'unfit'; readonly reason: string };

/** Binds one pending pod to the node with the most free CPU, or says on the pod why no node takes it. */
export function schedulePod(world: World, pod: Pod, retry: () => void): void {
  if (pod.spec.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined) return;
  const usage = usageByNode(world);
  const nodes = world.store.list('nodes') as readonly KubeNode[];
  const verdicts = nodes.map((node) => ({ node, fit: fitOf(pod, node, usage.get(node.metadata.name)) }));
  const fitting = verdicts.filter(({ fit }) => fit.kind === 'fits').map(({ node }) => node);
  const best = fitting.sort((left, right) => freeCpu(right, usage) - freeCpu(left, usage))[0];
  if (best === undefined) {
    reject(
      world,
      pod,
      verdicts.flatMap(({ fit }) => (fit.kind === 'unfit' ? [fit.reason] : [])),
    );
    world.timers.set(`schedule/${pod.metadata.uid}`, world.after(RETRY_MS), retry);
    return;
  }
  bind(world, pod, best);
}

function bind(world: World, pod: Pod, node: KubeNode): void {
  const scheduled = setCondition(
    pod.status.conditions ?? [],
    { type: 'PodScheduled', status: 'True', lastProbeTime: null },
    world.now(),
  ).map((condition) =>
    condition.type === 'PodScheduled'
      ? {
          type: condition.type,
          status: condition.status,
          lastProbeTime: null,
          lastTransitionTime: condition.lastTransitionTime ?? null,
        }
      : condition,
  );
  const nodeName = node.metadata.name;
  const bound = world.store.replace('pods', {
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, conditions: scheduled },
  });
  world.events.record(bound, {
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${nodeName}`,
    component: 'default-scheduler',
  });
}

function reject(world: World, pod: Pod, reasons: readonly string[]): void {
  const message = rejectionOf(reasons);
  const conditions = setCondition(
    pod.status.conditions ?? [],
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastProbeTime: null },
    world.now(),
  );
  const written = writeStatus(world, pod, { ...pod.status, conditions }, 'kube-scheduler');
  world.events.record(written, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    component: 'default-scheduler',
  });
}

/** The scheduler's sentence: each reason with the number of nodes, and what preemption found. */
function rejectionOf(reasons: readonly string[]): string {
  const total = reasons.length;
  if (total === 0) return 'no nodes available to schedule pods';
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const list = [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
  const victims = reasons.filter((reason) => reason.startsWith('Insufficient')).length;
  const preemption = [
    ...(victims > 0 ? [`${victims} No preemption victims found for incoming pod`] : []),
    ...(victims < total ? [`${total - victims} Preemption is not helpful for scheduling`] : []),
  ].sort();
  return `0/${total} nodes are available: ${list}. preemption: 0/${total} nodes are available: ${preemption.join(', ')}.`;
}

interface Usage {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

const IDLE: Usage = { cpu: 0, memory: 0, pods: 0 };

function usageByNode(world: World): ReadonlyMap<string, Usage> {
  const usage = new Map<string, Usage>();
  for (const object of world.store.values('pods')) {
    const pod = object as Pod;
    const { nodeName } = pod.spec;
    const isDone = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (nodeName === undefined || isDone) continue;
    const before = usage.get(nodeName) ?? IDLE;
    usage.set(nodeName, {
      cpu: before.cpu + requestOf(pod, 'cpu'),
      memory: before.memory + requestOf(pod, 'memory'),
      pods: before.pods + 1,
    });
  }
  return usage;
}

function fitOf(pod: Pod, node: KubeNode, usage: Usage = IDLE): Fit {
  const mayGoAnywhere = (pod.spec.tolerations ?? []).some((item) =>
    tolerates(item, 'node.kubernetes.io/unschedulable', undefined, 'NoSchedule'),
  );
  if (node.spec.unschedulable === true && !mayGoAnywhere)
    return { kind: 'unfit', reason: 'node(s) were unschedulable' };
  const taint = (node.spec.taints ?? []).find(
    ({ effect, key, value }) =>
      effect !== 'PreferNoSchedule' &&
      !(pod.spec.tolerations ?? []).some((item) => tolerates(item, key, value, effect)),
  );
  if (taint !== undefined) return { kind: 'unfit', reason: 'node(s) had untolerated taint(s)' };
  const isSelected = Object.entries(pod.spec.nodeSelector ?? {}).every(
    ([key, value]) => node.metadata.labels?.[key] === value,
  );
  if (!isSelected) return { kind: 'unfit', reason: "node(s) didn't match Pod's node affinity/selector" };
  const allocatable = (name: string): number => parseQuantity(node.status.allocatable[name] ?? '0');
  if (usage.pods + 1 > allocatable('pods')) return { kind: 'unfit', reason: 'Too many pods' };
  for (const name of ['cpu', 'memory'] as const) {
    const free = allocatable(name) - usage[name];
    const wanted = requestOf(pod, name);
    if (wanted > 0 && wanted > free + 1e-9) return { kind: 'unfit', reason: `Insufficient ${name}` };
  }
  return { kind: 'fits' };
}

function tolerates(toleration: Toleration, key: string, value: string | undefined, effect: string): boolean {
  if (toleration.effect !== undefined && toleration.effect !== effect) return false;
  if (toleration.operator === 'Exists') return toleration.key === undefined || toleration.key === key;
  return toleration.key === key && (toleration.value ?? '') === (value ?? '');
}

function freeCpu(node: KubeNode, usage: ReadonlyMap<string, Usage>): number {
  return parseQuantity(node.status.allocatable['cpu'] ?? '0') - (usage.get(node.metadata.name)?.cpu ?? 0);
}

function requestOf(pod: Pod, resource: string): number {
  return pod.spec.containers.reduce((sum, { resources }) => {
    const written = resources?.requests?.[resource] ?? resources?.limits?.[resource];
    return sum + (written === undefined ? 0 : parseQuantity(written));
  }, 0);
}
