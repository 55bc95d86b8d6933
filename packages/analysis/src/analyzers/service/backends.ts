import type { ObjectRef, ServiceReferenceView, ServiceView } from '@jamie/core';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { hasReadyEndpoint, selectsPods } from './service-endpoints.ts';

/** What the API server finds behind a webhook or an aggregated API. */
export type Backend =
  | { readonly kind: 'missing'; readonly service: ObjectRef }
  | {
      readonly kind: 'down';
      readonly service: ServiceView;
      readonly pods: number;
      /** The Service and what keeps it up: a fault of one of them is why nothing answers. */
      readonly standsOn: readonly ObjectRef[];
      readonly since: number;
    }
  | { readonly kind: 'up'; readonly reason: 'ready' | 'starting' | 'kept_by_others' };

/** Looks for the Service that something is reached through, and for a ready pod behind it. */
export function findBackend(index: SnapshotIndex, { namespace, name }: ServiceReferenceView): Backend {
  const ref = { kind: 'Service' as const, namespace, name };
  const service = index.find(ref);
  if (!isService(service)) return { kind: 'missing', service: ref };
  if (!selectsPods(service)) return { kind: 'up', reason: 'kept_by_others' };
  if (hasReadyEndpoint(index, service)) return { kind: 'up', reason: 'ready' };
  const pods = index.podsSelectedBy(service);
  const workloads = index.workloadsSelectedBy(service);
  const changes = pods.map((pod) => Math.max(pod.createdAt, findCondition(pod, 'Ready')?.since ?? 0));
  const since = changes.length === 0 ? service.createdAt : Math.min(...changes);
  if (index.takenAt - since < READY_GRACE_MS) return { kind: 'up', reason: 'starting' };
  const standsOn = [refOf(service), ...workloads.map(refOf), ...pods.map(refOf)];
  return { kind: 'down', service, pods: pods.length, standsOn, since };
}

function isService(view: ReturnType<SnapshotIndex['find']>): view is ServiceView {
  return view?.kind === 'Service';
}
