import { matchesLabelSelector } from '../api/label-selector.ts';
import type { CronJob, HorizontalPodAutoscaler, KubeJob } from '../batch-objects.ts';
import { Kubelet } from '../kubelet/kubelet.ts';
import type { ImageCatalog } from '../kubelet/program.ts';
import type {
  DaemonSet,
  Deployment,
  KubeService,
  Pod,
  ReplicaSet,
  StatefulSet,
  StoredObject,
} from '../objects.ts';
import type { Change } from '../store/object-store.ts';
import { resourceOfKind } from '../store/resources.ts';
import { reconcileAutoscaler } from './autoscaler.ts';
import { reconcileCronJob } from './cron-job.ts';
import { reconcileDaemonSet } from './daemon-set.ts';
import { reconcileDeployment } from './deployment.ts';
import { reconcileBudgets } from './disruption.ts';
import { reconcileEndpoints } from './endpoint-slices.ts';
import { collectDependents, finishNamespace } from './garbage-collector.ts';
import { reconcileJob } from './job.ts';
import { findCondition } from './pod-readiness.ts';
import { reconcileQuotas } from './quota.ts';
import { reconcileReplicaSet, retryTimerOf } from './replica-set.ts';
import { schedulePod } from './scheduler.ts';
import { reconcileStatefulSet } from './stateful-set.ts';
import type { World } from './world.ts';

const EVENT_SWEEP_MS = 60_000;
const MOST_STEPS = 100_000;
const AUTOSCALED = new Set(['deployments', 'statefulsets']);

interface SimulationOptions {
  readonly world: World;
  readonly catalog: ImageCatalog;
  /** Called when there is new work; the caller then calls runDue soon. */
  readonly onWork: () => void;
}

/**
 * Controllers, scheduler and kubelets over one store: a queue of names, filled by changes and timers, worked off
 * by runDue. Everything happens within runDue, at the time that `now` tells.
 */
export class Simulation {
  readonly #world: World;
  readonly #queue = new Set<string>();
  readonly #orphans = new Map<string, StoredObject>();
  readonly #onWork: () => void;
  readonly kubelet: Kubelet;

  constructor({ world, catalog, onWork }: SimulationOptions) {
    this.#world = world;
    this.#onWork = onWork;
    this.kubelet = new Kubelet(world, catalog);
    world.store.subscribe((change) => this.#observe(change));
    this.#sweepLater();
  }

  /** Works until nothing is due at this moment. Returns when the next timer is due. */
  runDue(): number | undefined {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const [key] = this.#queue;
      if (key !== undefined) {
        this.#queue.delete(key);
        this.#work(key);
      } else if (!this.#world.timers.runDue(this.#world.now())) {
        return this.#world.timers.nextDueAt();
      }
    }
    throw new Error('the controllers of the demo cluster do not come to rest');
  }

  #enqueue(key: string): void {
    this.#queue.add(key);
    this.#onWork();
  }

  #observe({ type, plural, object, previous }: Change): void {
    if (plural === 'events' || plural === 'leases') return;
    const { namespace = '', name, uid } = object.metadata;
    this.#enqueue(`${plural}|${namespace}|${name}`);
    if (type === 'DELETED') {
      this.#orphans.set(uid, object);
      this.#enqueue(`gc||${uid}`);
    }
    for (const owner of object.metadata.ownerReferences ?? []) {
      if (owner.controller !== true) continue;
      this.#enqueue(`${resourceOfKind(owner.kind).plural}|${namespace}|${owner.name}`);
    }
    if (plural === 'pods')
      this.#observePod(namespace, [object as Pod, (previous ?? object) as Pod], type === 'DELETED');
    if (AUTOSCALED.has(plural)) this.#enqueueAll(['horizontalpodautoscalers'], namespace);
    if (plural === 'nodes') this.#enqueueAll(['daemonsets'], undefined);
    if (plural === 'nodes' || type === 'DELETED') this.#enqueuePending();
    if (plural === 'resourcequotas' && hasOtherSpec(object, previous)) this.#unblock(namespace);
    this.#enqueueNamespace(namespace);
  }

  #observePod(namespace: string, [pod, before]: readonly [Pod, Pod], isGone: boolean): void {
    this.#enqueueAll(['poddisruptionbudgets', 'resourcequotas'], namespace);
    for (const object of this.#world.store.values('services')) {
      const item = object as KubeService;
      const isSelected = selects(item, pod) || selects(item, before);
      if (isSelected && item.metadata.namespace === namespace) this.#enqueueObject('services', item);
    }
    if (!isGone) return;
    this.kubelet.forget(pod.metadata.uid);
    this.#unblock(namespace);
  }

  /** Lets the ReplicaSets that were refused a pod ask again at once. */
  #unblock(namespace: string): void {
    for (const object of this.#world.store.values('replicasets')) {
      const set = object as ReplicaSet;
      const isBlocked = findCondition(set.status.conditions, 'ReplicaFailure') !== undefined;
      if (!isBlocked || set.metadata.namespace !== namespace) continue;
      this.#world.timers.clear(retryTimerOf(set));
      this.#enqueueObject('replicasets', set);
    }
  }

  #enqueueObject(plural: string, object: StoredObject): void {
    this.#enqueue(`${plural}|${object.metadata.namespace ?? ''}|${object.metadata.name}`);
  }

  #enqueueAll(plurals: readonly string[], namespace: string | undefined): void {
    for (const plural of plurals) {
      for (const object of this.#world.store.values(plural)) {
        if (namespace === undefined || object.metadata.namespace === namespace)
          this.#enqueueObject(plural, object);
      }
    }
  }

  #enqueuePending(): void {
    for (const object of this.#world.store.values('pods')) {
      if ((object as Pod).spec.nodeName === undefined) this.#enqueueObject('pods', object);
    }
  }

  #enqueueNamespace(name: string): void {
    const namespace = this.#world.store.get('namespaces', undefined, name);
    if (namespace?.metadata.deletionTimestamp !== undefined) this.#enqueue(`namespaces||${name}`);
  }

  #work(key: string): void {
    const [plural = '', namespace = '', name = ''] = key.split('|');
    if (plural === 'gc') {
      const owner = this.#orphans.get(name);
      this.#orphans.delete(name);
      if (owner !== undefined) collectDependents(this.#world, owner);
      return;
    }
    const object = this.#world.store.get(plural, namespace === '' ? undefined : namespace, name);
    if (object !== undefined) this.#reconcile(plural, object, () => this.#enqueue(key));
  }

  #reconcile(plural: string, object: StoredObject, retry: () => void): void {
    const world = this.#world;
    const namespace = object.metadata.namespace ?? '';
    switch (plural) {
      case 'deployments':
        reconcileDeployment(world, object as Deployment, retry);
        break;
      case 'replicasets':
        reconcileReplicaSet(world, object as ReplicaSet, retry);
        break;
      case 'statefulsets':
        reconcileStatefulSet(world, object as StatefulSet);
        break;
      case 'daemonsets':
        reconcileDaemonSet(world, object as DaemonSet);
        break;
      case 'jobs':
        reconcileJob(world, object as KubeJob, retry);
        break;
      case 'cronjobs':
        reconcileCronJob(world, object as CronJob);
        break;
      case 'horizontalpodautoscalers':
        reconcileAutoscaler(world, object as HorizontalPodAutoscaler);
        break;
      case 'services':
        reconcileEndpoints(world, object as KubeService);
        break;
      case 'resourcequotas':
        reconcileQuotas(world, namespace);
        break;
      case 'poddisruptionbudgets':
        reconcileBudgets(world, namespace);
        break;
      case 'namespaces':
        if (object.metadata.deletionTimestamp !== undefined) finishNamespace(world, object);
        break;
      case 'pods':
        schedulePod(world, object as Pod, retry);
        this.kubelet.sync(object as Pod);
        break;
      default:
    }
  }

  #sweepLater(): void {
    this.#world.timers.set('event-sweep', this.#world.after(EVENT_SWEEP_MS), () => {
      this.#world.events.expire();
      this.#sweepLater();
    });
  }
}

function selects({ spec }: KubeService, pod: Pod): boolean {
  return matchesLabelSelector({ matchLabels: spec.selector ?? {} }, pod.metadata.labels);
}

function hasOtherSpec(object: StoredObject, previous: StoredObject | undefined): boolean {
  const specOf = (item: StoredObject | undefined): unknown =>
    (item as { readonly spec?: unknown } | undefined)?.spec;
  return JSON.stringify(specOf(object)) !== JSON.stringify(specOf(previous));
}
