import type { Pod, StatefulSet } from '../objects.ts';
import { createPod, deletePod, recordPodDeletion } from './pod-creation.ts';
import { isPodReady } from './pod-readiness.ts';
import { hashTemplate, withTemplateLabel } from './pod-template.ts';
import { recordRevision } from './revisions.ts';
import { ownedBy, type World, writeStatus } from './world.ts';

const REVISION_LABEL = 'controller-revision-hash';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';
const NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

/** One ordered step: create the lowest missing pod, remove the highest surplus one, or replace an outdated one. */
export function reconcileStatefulSet(world: World, set: StatefulSet): void {
  const pods = ownedBy<Pod>(world, 'pods', set);
  const revision = `${set.metadata.name}-${hashTemplate(set.spec.template)}`;
  if (set.metadata.deletionTimestamp === undefined) {
    recordRevision(world, set, revision);
    step(world, set, pods, revision);
  }
  const after = ownedBy<Pod>(world, 'pods', set);
  const updated = after.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] === revision).length;
  const isRolled = updated === after.length;
  const ready = after.filter(isPodReady).length;
  const current = isRolled ? revision : (set.status['currentRevision'] ?? revision);
  writeStatus(world, set, {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: after.length,
    readyReplicas: ready,
    currentReplicas: isRolled ? after.length : after.length - updated,
    updatedReplicas: updated,
    currentRevision: current,
    updateRevision: revision,
    collisionCount: 0,
    availableReplicas: ready,
  });
}

function step(world: World, set: StatefulSet, pods: readonly Pod[], revision: string): void {
  const byName = new Map(pods.map((pod) => [pod.metadata.name, pod]));
  const isParallel = set.spec.podManagementPolicy === 'Parallel';
  for (let index = 0; index < set.spec.replicas; index += 1) {
    const name = `${set.metadata.name}-${index}`;
    const pod = byName.get(name);
    if (pod === undefined) {
      createPod(world, set, labelled(set, name, index, revision), name);
      if (!isParallel) return;
    } else if (!isParallel && (!isPodReady(pod) || pod.metadata.deletionTimestamp !== undefined)) {
      replaceOutdated(world, set, [pod], revision);
      return;
    }
  }
  const surplus = pods.filter((pod) => indexOf(pod) >= set.spec.replicas).sort(byIndexDescending);
  const condemned = surplus.at(0);
  if (condemned !== undefined) {
    remove(world, set, condemned);
    return;
  }
  replaceOutdated(world, set, [...pods].sort(byIndexDescending), revision);
}

function replaceOutdated(world: World, set: StatefulSet, pods: readonly Pod[], revision: string): void {
  if (set.spec.updateStrategy?.type === 'OnDelete') return;
  const outdated = pods.find((pod) => pod.metadata.labels?.[REVISION_LABEL] !== revision);
  if (outdated !== undefined) remove(world, set, outdated);
}

function remove(world: World, set: StatefulSet, pod: Pod): void {
  if (pod.metadata.deletionTimestamp !== undefined) return;
  deletePod(world, pod);
  recordPodDeletion(world, set, pod);
}

function labelled(
  set: StatefulSet,
  name: string,
  index: number,
  revision: string,
): StatefulSet['spec']['template'] {
  const withRevision = withTemplateLabel(set.spec.template, REVISION_LABEL, revision);
  return withTemplateLabel(withTemplateLabel(withRevision, NAME_LABEL, name), INDEX_LABEL, String(index));
}

function indexOf(pod: Pod): number {
  return Number(pod.metadata.name.slice(pod.metadata.name.lastIndexOf('-') + 1));
}

function byIndexDescending(left: Pod, right: Pod): number {
  return indexOf(right) - indexOf(left);
}
