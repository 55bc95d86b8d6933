import type { Pod, PodTemplate, StoredObject } from '../objects.ts';
import { formatTime } from '../time.ts';
import { podFromTemplate } from './pod-template.ts';
import { admitPod } from './quota.ts';
import { createObject, type World } from './world.ts';

/** What came of an attempt to create a pod. */
export type PodCreation =
  | { readonly kind: 'created'; readonly pod: Pod }
  | { readonly kind: 'refused'; readonly message: string };

/** Creates one pod of a controller and writes the Event that its controller writes. */
export function createPod(
  world: World,
  owner: StoredObject,
  template: PodTemplate,
  name: string,
): PodCreation {
  const draft = podFromTemplate(owner, template, name);
  const denied = admitPod(world.store, draft);
  const component = componentOf(owner);
  if (denied !== undefined) {
    const message = `pods "${name}" is forbidden: ${denied}`;
    world.events.record(owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      message:
        owner.kind === 'StatefulSet' ? statefulFailure(owner, name, message) : `Error creating: ${message}`,
      component,
    });
    return { kind: 'refused', message };
  }
  const pod = createObject<Pod>(world, draft);
  world.events.record(owner, {
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message:
      owner.kind === 'StatefulSet'
        ? `create Pod ${name} in StatefulSet ${owner.metadata.name} successful`
        : `Created pod: ${name}`,
    component,
  });
  return { kind: 'created', pod };
}

/** Starts the deletion of a pod: at once where no kubelet runs it, otherwise with its grace period. */
export function deletePod(world: World, pod: Pod, graceSeconds?: number): void {
  if (pod.metadata.deletionTimestamp !== undefined) return;
  const grace = graceSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  if (pod.spec.nodeName === undefined || grace === 0) {
    world.store.remove('pods', pod);
    return;
  }
  world.store.replace('pods', markDeleted(pod, grace, world.now()));
}

/** The pod with the deletion time at which its grace period ends. */
export function markDeleted(pod: Pod, graceSeconds: number, now: number): Pod {
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      deletionTimestamp: formatTime(now + graceSeconds * 1000),
      deletionGracePeriodSeconds: graceSeconds,
    },
  };
}

/** The Event that says which pod a controller deleted. */
export function recordPodDeletion(world: World, owner: StoredObject, pod: Pod): void {
  const { name } = pod.metadata;
  world.events.record(owner, {
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message:
      owner.kind === 'StatefulSet'
        ? `delete Pod ${name} in StatefulSet ${owner.metadata.name} successful`
        : `Deleted pod: ${name}`,
    component: componentOf(owner),
  });
}

function componentOf(owner: StoredObject): string {
  return `${owner.kind.toLowerCase()}-controller`;
}

function statefulFailure(owner: StoredObject, name: string, message: string): string {
  return `create Pod ${name} in StatefulSet ${owner.metadata.name} failed error: ${message}`;
}
