import type { ClusterReader, KubeObject, KubernetesIdentity, ObjectRef } from '@jamie/core';
import { isOpsError } from '@jamie/core';

export type LiveObject =
  | { readonly kind: 'found'; readonly object: KubeObject }
  | { readonly kind: 'gone' }
  /** The cluster does not let this identity look, and will not on another try. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads an object as somebody. Throws only what may go away by itself: timeouts, outages, rate limits. */
export async function readLive(
  reader: ClusterReader,
  ref: ObjectRef,
  identity: KubernetesIdentity,
): Promise<LiveObject> {
  try {
    const object = await reader.find(ref, identity);
    return object === undefined ? { kind: 'gone' } : { kind: 'found', object };
  } catch (error) {
    if (!isOpsError(error) || error.retryable) throw error;
    return { kind: 'unreadable', reason: error.userMessage ?? error.message };
  }
}
