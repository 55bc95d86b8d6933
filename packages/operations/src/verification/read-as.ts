import type {
  ClusterConnection,
  ClusterSnapshot,
  KubeObject,
  KubernetesIdentity,
  ObjectRef,
} from '@jamie/core';
import { formatObjectRef, isOpsError, OpsError } from '@jamie/core';
import { formatSelector } from '../planning/label-selector.ts';
import { matchesSelector } from '../planning/matches-selector.ts';
import { type ObservedPod, podOfObject, podOfView } from './observed-pod.ts';

/** A cache that has heard nothing for this long says nothing about now. */
const MAX_STALENESS_MS = 60_000;

/** What verification reads of a cluster during one look. Fails like the ClusterReader. */
export interface TargetReader {
  find(ref: ObjectRef): Promise<KubeObject | undefined>;
  /** The pods that a LabelSelector chooses. */
  listPods(namespace: string, selector: unknown): Promise<readonly ObservedPod[]>;
}

/**
 * Reads as the person for whom the change is made. Somebody who may scale a workload may often not list its pods; then
 * the cache, which the service fills with its own rights, is asked: the change was approved, only counts and states of
 * pods are told, and a change that nobody looks after would do more harm. Each object is read once.
 */
export function readAs({ reader, snapshots }: ClusterConnection, identity: KubernetesIdentity): TargetReader {
  const known = new Map<string, Promise<KubeObject | undefined>>();
  return {
    find(ref) {
      const name = formatObjectRef(ref);
      const object = known.get(name) ?? reader.find(ref, identity);
      known.set(name, object);
      return object;
    },
    async listPods(namespace, selector) {
      try {
        const query = { namespace, labelSelector: formatSelector(selector) };
        return (await reader.list('Pod', query, identity)).map(podOfObject);
      } catch (error) {
        if (!isOpsError(error, 'forbidden')) throw error;
        return cachedPods(await snapshots.snapshot(), namespace, selector);
      }
    },
  };
}

function cachedPods(
  { objects, unread, stalenessMs }: ClusterSnapshot,
  namespace: string,
  selector: unknown,
): readonly ObservedPod[] {
  if (unread.some(({ kind }) => kind === 'Pod') || stalenessMs > MAX_STALENESS_MS) {
    throw new OpsError('unavailable', 'neither the person nor the cache can see the pods', {
      userMessage: 'Nobody may list its pods.',
    });
  }
  return objects.Pod.filter(
    (pod) => pod.namespace === namespace && matchesSelector(selector, pod.labels),
  ).map(podOfView);
}
