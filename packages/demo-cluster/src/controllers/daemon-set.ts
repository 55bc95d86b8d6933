import type { DaemonSet, KubeNode, Pod } from '../objects.ts';
import { createPod, deletePod, recordPodDeletion } from './pod-creation.ts';
import { isPodActive, isPodReady } from './pod-readiness.ts';
import { hashTemplate, withTemplateLabel } from './pod-template.ts';
import { recordRevision } from './revisions.ts';
import { ownedBy, type World, writeStatus } from './world.ts';

const REVISION_LABEL = 'controller-revision-hash';
const HOST_LABEL = 'kubernetes.io/hostname';
const DAEMON_TOLERATIONS = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];

/** One pod on every node that the template tolerates; an outdated pod is replaced one node at a time. */
export function reconcileDaemonSet(world: World, set: DaemonSet): void {
  const nodes = (world.store.list('nodes') as readonly KubeNode[]).filter((node) => isWanted(set, node));
  const revision = hashTemplate(set.spec.template);
  if (set.metadata.deletionTimestamp === undefined) {
    recordRevision(world, set, `${set.metadata.name}-${revision}`);
    step(world, set, nodes, revision);
  }
  const pods = ownedBy<Pod>(world, 'pods', set).filter(isPodActive);
  const ready = pods.filter(isPodReady).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] === revision).length;
  const missing = nodes.length - ready;
  writeStatus(world, set, {
    currentNumberScheduled: pods.length,
    numberMisscheduled: 0,
    desiredNumberScheduled: nodes.length,
    numberReady: ready,
    observedGeneration: set.metadata.generation ?? 1,
    updatedNumberScheduled: updated,
    numberAvailable: ready,
    ...(missing > 0 ? { numberUnavailable: missing } : {}),
  });
}

function step(world: World, set: DaemonSet, nodes: readonly KubeNode[], revision: string): void {
  const pods = ownedBy<Pod>(world, 'pods', set);
  const wanted = new Set(nodes.map((node) => node.metadata.name));
  const covered = new Set(pods.map(hostOf));
  for (const node of nodes) {
    if (covered.has(node.metadata.name)) continue;
    const template = withTemplateLabel(pinned(set, node), REVISION_LABEL, revision);
    createPod(world, set, template, `${set.metadata.name}-${world.random.suffix(5)}`);
  }
  for (const pod of pods.filter((item) => !wanted.has(hostOf(item)))) remove(world, set, pod);
  const isSettled = pods.length === nodes.length && pods.every(isPodReady);
  const outdated = pods.find((pod) => pod.metadata.labels?.[REVISION_LABEL] !== revision);
  const isStuck = outdated !== undefined && !isPodReady(outdated);
  if (outdated !== undefined && (isSettled || isStuck)) remove(world, set, outdated);
}

function remove(world: World, set: DaemonSet, pod: Pod): void {
  if (pod.metadata.deletionTimestamp !== undefined) return;
  deletePod(world, pod);
  recordPodDeletion(world, set, pod);
}

function pinned(set: DaemonSet, node: KubeNode): DaemonSet['spec']['template'] {
  const { template } = set.spec;
  const nodeSelector = { ...template.spec.nodeSelector, [HOST_LABEL]: node.metadata.name };
  const tolerations = [...(template.spec.tolerations ?? []), ...DAEMON_TOLERATIONS];
  return { ...template, spec: { ...template.spec, nodeSelector, tolerations } };
}

function hostOf(pod: Pod): string {
  return pod.spec.nodeName ?? pod.spec.nodeSelector?.[HOST_LABEL] ?? '';
}

function isWanted(set: DaemonSet, node: KubeNode): boolean {
  const { nodeSelector = {}, tolerations = [] } = set.spec.template.spec;
  const isSelected = Object.entries(nodeSelector).every(
    ([key, value]) => node.metadata.labels?.[key] === value,
  );
  const isTolerated = (node.spec.taints ?? []).every(
    (taint) =>
      taint.effect === 'PreferNoSchedule' ||
      taint.key === 'node.kubernetes.io/unschedulable' ||
      tolerations.some(
        ({ key, operator }) => operator === 'Exists' && (key === undefined || key === taint.key),
      ),
  );
  return isSelected && isTolerated;
}
