import { createHash } from 'node:crypto';
import type {
  ClusterConnection,
  ConversationId,
  CorrelationId,
  JsonObject,
  KubeObject,
  OperationRequest,
  Plan,
  Principal,
  RequestId,
  Step,
} from '@jamie/core';
import { createPermitOffice, isOpsError } from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { createDemoCluster } from '@jamie/demo-cluster';
import { createClusterConnection, plainAccess } from '@jamie/kubernetes';
import { createOperations, type Operations } from '@jamie/operations';
import { BUILT_IN_POLICY } from '@jamie/policy';
import { systemClock } from '@jamie/runtime';
import { openSqliteStore } from '@jamie/store';
import {
  createTemporaryDirectory,
  FakePeople,
  FakeSigner,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { observe } from '@jamie/testing/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const NAMESPACE = 'default';
const OLGA: Principal = {
  id: 'local',
  displayName: 'Olga',
  kubernetes: { user: 'olga', groups: ['catalogue-testers'] },
  source: 'local',
};
/** May do everything, as an ordinary person of an ordinary group. */
const TESTERS = {
  name: 'catalogue-testers',
  rules: [{ verbs: ['*'], groups: ['*'], resources: ['*'] }],
  userGroups: ['catalogue-testers'],
};
const IMAGE = 'registry.demo.local/shop/web:1.0.0';
const place = { namespace: NAMESPACE } as const;

function podTemplate(app: string): JsonObject {
  return {
    metadata: { labels: { app } },
    spec: {
      containers: [{ name: 'web', image: IMAGE, resources: { requests: { cpu: '50m', memory: '64Mi' } } }],
    },
  };
}

function jobTemplate(): JsonObject {
  const { spec } = podTemplate('run') as { spec: JsonObject };
  return { backoffLimit: 0, template: { spec: { ...spec, restartPolicy: 'Never' } } };
}

/** What the operations work on: path, kind and content. */
const SEED: readonly (readonly [string, string, string, JsonObject])[] = [
  [
    'apis/apps/v1',
    'deployments',
    'Deployment web',
    { spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: podTemplate('web') } },
  ],
  [
    'apis/apps/v1',
    'deployments',
    'Deployment held',
    {
      spec: {
        replicas: 1,
        paused: true,
        selector: { matchLabels: { app: 'held' } },
        template: podTemplate('held'),
      },
    },
  ],
  ['api/v1', 'configmaps', 'ConfigMap settings', { data: { colour: 'blue', size: 'm' } }],
  [
    'apis/batch/v1',
    'cronjobs',
    'CronJob report',
    { spec: { schedule: '0 3 1 1 *', jobTemplate: { spec: jobTemplate() } } },
  ],
  [
    'apis/autoscaling/v2',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler held',
    {
      spec: {
        minReplicas: 1,
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'held' },
      },
    },
  ],
  [
    'apis/policy/v1',
    'poddisruptionbudgets',
    'PodDisruptionBudget web',
    { spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } } },
  ],
];

const web = { kind: 'Deployment', ...place, name: 'web' } as const;
const held = { ...web, name: 'held' };
const report = { kind: 'CronJob', ...place, name: 'report' } as const;

/** In this order, on one cluster: each begins with what the earlier ones have left. */
const OPERATIONS: readonly OperationRequest[] = [
  { kind: 'scale', target: web, replicas: 3 },
  { kind: 'set_image', target: web, image: 'registry.demo.local/shop/web:1.0.1' },
  { kind: 'resize', target: web, requests: { cpu: '60m' } },
  { kind: 'restart', target: web },
  { kind: 'pause', target: web },
  { kind: 'resume', target: web },
  { kind: 'label', target: web, labels: { team: 'shop' } },
  { kind: 'annotate', target: web, annotations: { 'example.com/note': 'said' } },
  { kind: 'suspend', target: report },
  { kind: 'unsuspend', target: report },
  { kind: 'run_cron_job', target: report },
  {
    kind: 'autoscale',
    target: { kind: 'HorizontalPodAutoscaler', ...place, name: 'held' },
    maxReplicas: 5,
  },
  {
    kind: 'apply',
    manifests: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', ...place },
        data: { shape: 'round' },
      },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'fresh', ...place }, data: { a: 'b' } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', ...place },
        spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
      },
    ],
  },
  {
    kind: 'several',
    operations: [
      { kind: 'label', target: held, labels: { first: 'a' } },
      { kind: 'label', target: held, labels: { second: 'b' } },
      { kind: 'resume', target: held },
    ],
  },
  { kind: 'delete', target: { kind: 'ConfigMap', ...place, name: 'fresh' } },
  { kind: 'delete', target: { kind: 'PodDisruptionBudget', ...place, name: 'web' } },
];

const permits = createPermitOffice();
const closing: (() => Promise<void> | void)[] = [];
let connection: ClusterConnection;
let operations: Operations;
let requests = 0;

beforeAll(async () => {
  const cluster = createDemoCluster({ clock: systemClock, content: 'empty', timeScale: 5, roles: [TESTERS] });
  const { url, adminToken } = await cluster.start();
  const open = createClusterConnection({
    info: { name: 'demo', environment: 'demo', server: url, source: 'demo' },
    access: plainAccess({ url, token: adminToken }),
    permits,
    clock: systemClock,
    logger: new RecordingLogger(),
    readsAsItself: 'anything',
  });
  connection = open;
  const directory = createTemporaryDirectory();
  const database = openDatabase({ directory: directory.path });
  closing.push(
    () => open.close(),
    () => cluster.stop(),
    () => database.close(),
    () => directory.remove(),
  );
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  operations = createOperations({
    store: openSqliteStore({ database, digest, clock: systemClock }),
    clusters: { list: () => [open.info], connect: () => open },
    clock: systemClock,
    ids: new SequentialIds(),
    digest,
    permits,
    people: new FakePeople(),
    signer: new FakeSigner(),
    policy: { current: () => BUILT_IN_POLICY },
    logger: new RecordingLogger(),
    instanceId: 'test',
    ownNamespace: 'jamie-scarlet',
    timing: {
      leaseMs: 10_000,
      verifyIntervalMs: 1_000,
      watchIntervalMs: 1_000,
      readyForMs: 1_000,
      verifyWithinMs: 60_000,
      failFastAfterMs: 10_000,
      evictionRetryMs: 1_000,
      evictionWithinMs: 10_000,
      answerWithinMs: 600_000,
      watchScale: 1,
    },
  });
  for (const [group, plural, named, content] of SEED) {
    const [kind, name] = named.split(' ') as [string, string];
    const apiVersion = group.replace(/^apis?\//, '');
    await create(`${url}/${group}/namespaces/${NAMESPACE}/${plural}`, adminToken, {
      apiVersion,
      kind,
      metadata: { name },
      ...content,
    });
  }
});

afterAll(async () => {
  for (const close of closing) await close();
});

async function create(url: string, token: string, body: JsonObject): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

async function plan(operation: OperationRequest): Promise<Plan> {
  requests += 1;
  const result = await operations.plan({
    operation,
    requester: OLGA,
    requestId: `r_${requests}` as RequestId,
    conversationId: 'c_1' as ConversationId,
    correlationId: 'x_1' as CorrelationId,
    planKey: `request:${requests}`,
  });
  if (result.kind === 'refused') throw new Error(`${result.reason}: ${result.message}`);
  return result.record.plan;
}

/** Sends a request; 'refused' by a precondition, which is what a second sending may be. */
async function send(step: Step, planId: Plan['id']): Promise<'sent' | 'refused'> {
  const { request, target } = step;
  const permit = permits.mint({ planId, cluster: 'demo', identity: OLGA.kubernetes }, [request]);
  const live = await connection.reader.find(target.ref, OLGA.kubernetes);
  try {
    await connection.writer.send(request, live?.metadata.resourceVersion, permit);
    return 'sent';
  } catch (error) {
    if (isOpsError(error, 'conflict') || isOpsError(error, 'not_found')) return 'refused';
    throw error;
  }
}

/** What people ask for of an object: what controllers write by themselves is not part of it. */
function wanted(object: KubeObject | undefined): unknown {
  if (object === undefined || object.metadata.deletionTimestamp !== undefined) return 'gone';
  const { uid, labels, annotations = {}, generation } = object.metadata;
  const { 'deployment.kubernetes.io/revision': _ofTheController, ...kept } = annotations;
  return { uid, generation, labels, annotations: kept, spec: object.spec, data: object['data'] };
}

async function sendTwice(step: Step, planId: Plan['id']): Promise<void> {
  // Controllers write status meanwhile, so that the first sending may have to look again.
  await observe(
    () => send(step, planId),
    (sent) => sent === 'sent',
  );
  const once = wanted(await connection.reader.find(step.target.ref));
  await send(step, planId);
  expect(wanted(await connection.reader.find(step.target.ref))).toEqual(once);
}

describe('every compiled request, on an API server', () => {
  it.each(OPERATIONS)('changes nothing twice: %j', async (operation) => {
    const { id, steps } = await plan(operation);
    for (const step of steps) await sendTwice(step, id);
  });

  it('drains a node with evictions that nobody loses a pod by', async () => {
    const pods = await connection.reader.list('Pod', { namespace: NAMESPACE, labelSelector: 'app=web' });
    const nodeName = pods.map(({ spec }) => spec?.['nodeName']).find((name) => typeof name === 'string');
    const { id, steps } = await plan({ kind: 'drain', target: { kind: 'Node', name: String(nodeName) } });
    expect(steps.map(({ request }) => request.verb)).toEqual(['patch', ...steps.slice(1).map(() => 'evict')]);
    for (const step of steps) await sendTwice(step, id);
    const left = await connection.reader.list('Pod', { fieldSelector: `spec.nodeName=${String(nodeName)}` });
    expect(
      left.filter(({ metadata }) => metadata.namespace === NAMESPACE && !metadata.deletionTimestamp),
    ).toEqual([]);
  });
});
