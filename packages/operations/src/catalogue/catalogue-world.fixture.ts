import type {
  ConversationId,
  CorrelationId,
  DirectOperation,
  JsonObject,
  KubeObject,
  ObjectRef,
  OperationRequest,
  Plan,
  RequestId,
} from '@jamie/core';
import { apiVersionOf } from '@jamie/core';
import { aNode, aSnapshot } from '@jamie/testing';
import fc from 'fast-check';
import { OperationsWorld, person } from '../operations-world.fixture.ts';
import type { PlanResult } from '../planning/make-plan.ts';

export const SHOP = 'shop';

/** What an object of the world is beside its name: everything else is made up. */
interface Content {
  readonly namespace?: string;
  readonly metadata?: Partial<KubeObject['metadata']> & { readonly managedFields?: readonly JsonObject[] };
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly [field: string]: unknown;
}

/** An object as a cluster holds it, in namespace `shop` unless it says otherwise; nodes have none. */
export function stored(kind: ObjectRef['kind'], name: string, content: Content = {}): KubeObject {
  const { namespace = SHOP, metadata = {}, ...rest } = content;
  return {
    apiVersion: apiVersionOf(kind),
    kind,
    metadata: {
      name,
      ...(kind !== 'Node' && { namespace }),
      uid: `uid-${kind}-${name}`,
      resourceVersion: '10',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
    ...rest,
  };
}

export function ownedBy(kind: string, name: string, apiVersion = 'apps/v1') {
  return { ownerReferences: [{ apiVersion, kind, name, uid: `uid-${kind}-${name}`, controller: true }] };
}

export function templateOf(image: string, labels: JsonObject = { app: 'cart' }): JsonObject {
  return {
    metadata: { labels },
    spec: {
      containers: [
        { name: 'app', image, resources: { requests: { cpu: '100m' }, limits: { memory: '256Mi' } } },
      ],
    },
  };
}

const READY = {
  replicas: 3,
  readyReplicas: 3,
  updatedReplicas: 3,
  availableReplicas: 3,
  observedGeneration: 1,
};
const SELECTOR = { matchLabels: { app: 'cart' } };

/** A small shop with one object of each kind that the catalogue changes. */
function shopObjects(): readonly KubeObject[] {
  const template = templateOf('cart:2');
  const spec = { replicas: 3, selector: SELECTOR, template };
  return [
    stored('Deployment', 'cart', {
      metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' } },
      spec,
      status: READY,
    }),
    ...['1', '2'].map((revision) =>
      stored('ReplicaSet', `cart-${revision}`, {
        metadata: {
          labels: { app: 'cart' },
          annotations: { 'deployment.kubernetes.io/revision': revision },
          ...ownedBy('Deployment', 'cart'),
        },
        spec: { ...spec, template: templateOf(`cart:${revision}`) },
      }),
    ),
    stored('StatefulSet', 'db', { spec: { ...spec, template: templateOf('db:2') }, status: READY }),
    ...[1, 2].map((revision) =>
      stored('ControllerRevision', `db-${revision}`, {
        metadata: { labels: { app: 'cart' }, ...ownedBy('StatefulSet', 'db') },
        revision,
        data: { spec: { template: { ...templateOf(`db:${revision}`), $patch: 'replace' } } },
      }),
    ),
    stored('Pod', 'cart-2-abc', {
      metadata: { labels: { app: 'cart' }, ...ownedBy('ReplicaSet', 'cart-2') },
      spec: {
        nodeName: 'worker-1',
        containers: [{ name: 'app', image: 'cart:2', resources: { requests: { cpu: '100m' } } }],
      },
      status: { phase: 'Running' },
    }),
    stored('Node', 'worker-1', { spec: {} }),
    stored('Node', 'worker-2', { spec: { unschedulable: true } }),
    stored('CronJob', 'report', {
      spec: { schedule: '0 3 * * *', suspend: false, jobTemplate: { spec: { template } } },
    }),
    stored('Job', 'import', {
      metadata: { labels: { 'job-name': 'import', team: 'shop' } },
      spec: {
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u' } },
        template: templateOf('import:1', { 'controller-uid': 'u', 'job-name': 'import', app: 'import' }),
      },
      status: { conditions: [{ type: 'Failed', status: 'True' }] },
    }),
    stored('HorizontalPodAutoscaler', 'cart', {
      spec: { minReplicas: 2, maxReplicas: 6, scaleTargetRef: { kind: 'Deployment', name: 'cart' } },
      status: { currentReplicas: 3 },
    }),
    stored('ConfigMap', 'settings', { data: { colour: 'blue', size: 'm' } }),
    stored('PersistentVolumeClaim', 'data', { spec: { accessModes: ['ReadWriteOnce'] } }),
    stored('PodDisruptionBudget', 'cart', {
      spec: { selector: SELECTOR },
      status: { disruptionsAllowed: 1 },
    }),
  ];
}

/** The world of operations with a small shop in it. */
export class CatalogueWorld extends OperationsWorld {
  #asked = 0;

  constructor() {
    super();
    this.cluster.snapshot = aSnapshot().with(aNode('worker-1'), aNode('worker-3')).build();
    for (const object of shopObjects()) this.cluster.put(object);
  }

  /** Plans an operation without storing the plan. */
  ask(operation: OperationRequest): Promise<PlanResult> {
    this.#asked += 1;
    return this.operations.plan({
      operation,
      requester: person('ada'),
      requestId: `r_ask_${this.#asked}` as RequestId,
      conversationId: 'c_1' as ConversationId,
      correlationId: 'x_ask' as CorrelationId,
      planKey: `ask:${this.#asked}`,
    });
  }

  /** The plan of an operation that must be possible. */
  async plan(operation: OperationRequest): Promise<Plan> {
    const result = await this.ask(operation);
    if (result.kind === 'refused') throw new Error(`${result.reason}: ${result.message}`);
    return result.record.plan;
  }

  /** Why an operation is not possible. */
  async refusal(operation: OperationRequest): Promise<{ readonly reason: string; readonly message: string }> {
    const result = await this.ask(operation);
    if (result.kind === 'planned') throw new Error(`planned: ${result.record.plan.headline}`);
    return result;
  }
}

const place = { namespace: SHOP } as const;
const cart = { kind: 'Deployment', ...place, name: 'cart' } as const;
const worker = { kind: 'Node', name: 'worker-1' } as const;
const report = { kind: 'CronJob', ...place, name: 'report' } as const;

/** One operation of each kind that is possible in the shop. */
export const POSSIBLE: Readonly<Record<DirectOperation['kind'], readonly DirectOperation[]>> = {
  scale: [{ kind: 'scale', target: cart, replicas: 5 }],
  restart: [{ kind: 'restart', target: cart }],
  rollback: [
    { kind: 'rollback', target: cart },
    { kind: 'rollback', target: { ...cart, kind: 'StatefulSet', name: 'db' }, toRevision: 1 },
  ],
  pause: [{ kind: 'pause', target: cart }],
  resume: [{ kind: 'resume', target: cart }],
  set_image: [{ kind: 'set_image', target: cart, image: 'cart:3' }],
  resize: [
    { kind: 'resize', target: cart, requests: { cpu: '200m' }, limits: { memory: '512Mi' } },
    { kind: 'resize', target: { kind: 'Pod', ...place, name: 'cart-2-abc' }, requests: { cpu: '200m' } },
  ],
  cordon: [{ kind: 'cordon', target: worker }],
  uncordon: [{ kind: 'uncordon', target: { ...worker, name: 'worker-2' } }],
  drain: [{ kind: 'drain', target: worker }],
  delete_pod: [{ kind: 'delete_pod', target: { kind: 'Pod', ...place, name: 'cart-2-abc' } }],
  apply: [
    {
      kind: 'apply',
      manifests: [
        manifest('ConfigMap', 'settings', { data: { colour: 'red', shape: 'round' } }),
        manifest('ConfigMap', 'fresh', { data: { a: 'b' } }),
        manifest('Deployment', 'cart', { spec: { template: templateOf('cart:9') } }),
      ],
    },
  ],
  delete: [
    { kind: 'delete', target: { kind: 'ConfigMap', ...place, name: 'settings' } },
    { kind: 'delete', target: { kind: 'PersistentVolumeClaim', ...place, name: 'data' } },
  ],
  suspend: [{ kind: 'suspend', target: report }],
  unsuspend: [{ kind: 'unsuspend', target: report }],
  run_cron_job: [{ kind: 'run_cron_job', target: report }],
  rerun_job: [{ kind: 'rerun_job', target: { kind: 'Job', ...place, name: 'import' } }],
  autoscale: [
    {
      kind: 'autoscale',
      target: { kind: 'HorizontalPodAutoscaler', ...place, name: 'cart' },
      minReplicas: 4,
    },
  ],
  label: [
    { kind: 'label', target: cart, labels: { team: 'shop' } },
    { kind: 'label', target: worker, labels: { 'example.com/zone': 'a' } },
  ],
  annotate: [{ kind: 'annotate', target: cart, annotations: { 'example.com/note': 'said' } }],
};

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const count = fc.integer({ min: 0, max: 40 });
const marks = fc.dictionary(
  fc.oneof(
    word,
    word.map((name) => `example.com/${name}~${name}`.replace('~', '.')),
  ),
  fc.option(word),
  { minKeys: 1, maxKeys: 3 },
);
const cpu = fc.integer({ min: 1, max: 4_000 }).map((millicores) => `${millicores}m`);

/** Operations of the shop whose parameters are anything that the schema takes. */
export const arbitraryOperation: fc.Arbitrary<DirectOperation> = fc.oneof(
  count.map((replicas) => ({ kind: 'scale' as const, target: cart, replicas })),
  word.map((tag) => ({ kind: 'set_image' as const, target: cart, image: `cart:${tag}` })),
  cpu.map((amount) => ({ kind: 'resize' as const, target: cart, requests: { cpu: amount } })),
  fc.tuple(count, count).map(([least, more]) => ({
    kind: 'autoscale' as const,
    target: { kind: 'HorizontalPodAutoscaler' as const, ...place, name: 'cart' },
    minReplicas: least + 1,
    maxReplicas: least + more + 1,
  })),
  marks.map((labels) => ({ kind: 'label' as const, target: cart, labels })),
  marks.map((annotations) => ({ kind: 'annotate' as const, target: worker, annotations })),
  fc.dictionary(fc.constantFrom('colour', 'size', 'shape', 'a/b~c'), word).map((data) => ({
    kind: 'apply' as const,
    manifests: [manifest('ConfigMap', 'settings', { data })],
  })),
);

/** A manifest as a person writes it. */
export function manifest(kind: ObjectRef['kind'], name: string, content: JsonObject): JsonObject {
  return { apiVersion: apiVersionOf(kind), kind, metadata: { name, namespace: SHOP }, ...content };
}

/** Makes the shop what some operations need it to be before they have anything to do. */
export function prepare(world: CatalogueWorld, { kind }: DirectOperation): void {
  const set = (ref: ObjectRef, spec: JsonObject) =>
    world.cluster.edit(ref, (object) => Object.assign(object['spec'] as object, spec));
  if (kind === 'resume') set(cart, { paused: true });
  if (kind === 'unsuspend') set(report, { suspend: true });
}
