import type { ClusterSnapshot, SnapshotKind, UnreadKind, ViewByKind } from '@jamie/core';

/** Any view of any kind. */
export type AnyView = ViewByKind[SnapshotKind];

/** The moment at which every built snapshot is taken: a fixed Saturday morning. */
export const SNAPSHOT_TIME = Date.UTC(2026, 2, 14, 9, 30, 0);

/** Collects views into an immutable snapshot; kinds that nobody adds are empty and readable. */
export class SnapshotBuilder {
  readonly #views: AnyView[] = [];
  readonly #unread: UnreadKind[] = [];
  #stalenessMs = 1_000;

  /** Adds views of any kinds. */
  with(...views: readonly (AnyView | readonly AnyView[])[]): this {
    this.#views.push(...views.flat());
    return this;
  }

  /** Leaves a kind unread: what was added of it is dropped, as the cache would. */
  unread(kind: SnapshotKind, reason: UnreadKind['reason'] = 'forbidden'): this {
    this.#unread.push({ kind, reason, message: `${kind} is ${reason}` });
    return this;
  }

  /** Sets how old the oldest kind's last word is. */
  stale(stalenessMs: number): this {
    this.#stalenessMs = stalenessMs;
    return this;
  }

  build(): ClusterSnapshot {
    const unread = new Set(this.#unread.map((entry) => entry.kind));
    const of = <K extends SnapshotKind>(kind: K): ViewByKind[K][] =>
      // The kind field decides the view's type; TypeScript cannot follow it through the union.
      this.#views.filter((view) => view.kind === kind && !unread.has(kind)) as unknown as ViewByKind[K][];
    return {
      cluster: 'test',
      takenAt: SNAPSHOT_TIME,
      stalenessMs: this.#stalenessMs,
      unread: this.#unread,
      objects: {
        Namespace: of('Namespace'),
        Node: of('Node'),
        Pod: of('Pod'),
        Service: of('Service'),
        Event: of('Event'),
        ConfigMap: of('ConfigMap'),
        ResourceQuota: of('ResourceQuota'),
        Deployment: of('Deployment'),
        ReplicaSet: of('ReplicaSet'),
        StatefulSet: of('StatefulSet'),
        DaemonSet: of('DaemonSet'),
        Job: of('Job'),
        CronJob: of('CronJob'),
        EndpointSlice: of('EndpointSlice'),
        HorizontalPodAutoscaler: of('HorizontalPodAutoscaler'),
        PersistentVolumeClaim: of('PersistentVolumeClaim'),
        PersistentVolume: of('PersistentVolume'),
        StorageClass: of('StorageClass'),
        Ingress: of('Ingress'),
        IngressClass: of('IngressClass'),
        NetworkPolicy: of('NetworkPolicy'),
        PodDisruptionBudget: of('PodDisruptionBudget'),
        LimitRange: of('LimitRange'),
        ServiceAccount: of('ServiceAccount'),
        ValidatingWebhookConfiguration: of('ValidatingWebhookConfiguration'),
        MutatingWebhookConfiguration: of('MutatingWebhookConfiguration'),
        APIService: of('APIService'),
      },
    };
  }
}

/** An empty snapshot to add views to. */
export function aSnapshot(): SnapshotBuilder {
  return new SnapshotBuilder();
}
