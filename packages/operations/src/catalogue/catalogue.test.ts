import type { JsonObject, OperationRequest } from '@jamie/core';
import { aNode, aSnapshot } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { person } from '../operations-world.fixture.ts';
import { CatalogueWorld, manifest, ownedBy, SHOP, stored, templateOf } from './catalogue-world.fixture.ts';

let world: CatalogueWorld;

beforeEach(() => {
  world = new CatalogueWorld();
});

afterEach(() => world.destroy());

const place = { namespace: SHOP } as const;
const cart = { kind: 'Deployment', ...place, name: 'cart' } as const;
const worker = { kind: 'Node', name: 'worker-1' } as const;
const other = { kind: 'Node', name: 'worker-3' } as const;
const hpa = { kind: 'HorizontalPodAutoscaler', ...place, name: 'cart' } as const;
const report = { kind: 'CronJob', ...place, name: 'report' } as const;
const pod = { kind: 'Pod', ...place, name: 'cart-2-abc' } as const;

const apply = (...manifests: JsonObject[]): OperationRequest => ({ kind: 'apply', manifests });
const edit = (ref: Parameters<typeof world.cluster.edit>[0], spec: JsonObject) =>
  world.cluster.edit(ref, (object) => Object.assign(object['spec'] as object, spec));

describe('what is so already', () => {
  it.each<OperationRequest>([
    { kind: 'resume', target: cart },
    { kind: 'set_image', target: cart, image: 'cart:2' },
    { kind: 'resize', target: cart, requests: { cpu: '0.1' } },
    { kind: 'uncordon', target: worker },
    { kind: 'cordon', target: { ...worker, name: 'worker-2' } },
    { kind: 'unsuspend', target: report },
    { kind: 'autoscale', target: hpa, minReplicas: 2, maxReplicas: 6 },
    { kind: 'label', target: cart, labels: { absent: null } },
    { kind: 'rollback', target: cart, toRevision: 2 },
    { kind: 'rollback', target: { ...cart, kind: 'StatefulSet', name: 'db' }, toRevision: 2 },
    apply(manifest('ConfigMap', 'settings', { data: { colour: 'blue' } })),
  ])('is not changed again: %j', async (operation) => {
    expect(await world.refusal(operation)).toMatchObject({ reason: 'no_change' });
  });
});

describe('what cannot be done', () => {
  it.each<[OperationRequest, string]>([
    [
      { kind: 'set_image', target: cart, container: 'proxy', image: 'x:1' },
      'has no container proxy. It has: app',
    ],
    [{ kind: 'resize', target: cart }, 'Say how much'],
    [{ kind: 'resize', target: cart, requests: { memory: '1Gi' } }, 'more than the limit 256Mi. Change both'],
    [{ kind: 'autoscale', target: hpa }, 'Say the new bounds'],
    [{ kind: 'autoscale', target: hpa, minReplicas: 9 }, 'They are 2 to 6 now: change both'],
    [{ kind: 'label', target: cart, labels: { 'app.kubernetes.io/name': 'x' } }, 'belongs to Kubernetes'],
    [{ kind: 'annotate', target: cart, annotations: { 'argocd.argoproj.io/sync': 'x' } }, 'Argo CD'],
    [{ kind: 'label', target: pod, labels: { 'pod-template-hash': 'x' } }, 'belongs to Kubernetes'],
    [{ kind: 'rerun_job', target: { kind: 'Job', ...place, name: 'import' } }, 'has not ended'],
    [{ kind: 'run_cron_job', target: report }, 'Job report-1 runs now'],
    [{ kind: 'delete_pod', target: { ...pod, name: 'static' } }, 'the kubelet runs it from a file'],
    [
      apply(manifest('ConfigMap', 'settings', {}), manifest('ConfigMap', 'settings', {})),
      'in the manifests twice',
    ],
    [
      {
        kind: 'several',
        operations: [
          { kind: 'set_image', target: cart, image: 'cart:3' },
          { kind: 'rollback', target: cart },
        ],
      },
      'Two operations of this plan write spec.template',
    ],
    [
      {
        kind: 'several',
        operations: [
          { kind: 'delete', target: cart },
          { kind: 'scale', target: cart, replicas: 5 },
        ],
      },
      'an earlier step deletes it',
    ],
  ])('is refused with what to do: %j', async (operation, message) => {
    world.cluster.edit({ kind: 'Job', ...place, name: 'import' }, (object) =>
      Object.assign(object, { status: { active: 1 } }),
    );
    world.cluster.edit(report, (object) =>
      Object.assign(object, {
        spec: { ...(object['spec'] as object), concurrencyPolicy: 'Forbid' },
        status: { active: [{ name: 'report-1' }] },
      }),
    );
    world.cluster.put(
      stored('Pod', 'static', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } }),
    );
    expect((await world.refusal(operation)).message).toContain(message);
  });
});

describe('a plan of several operations', () => {
  it('compiles each on what the earlier ones leave, also on one object', async () => {
    const plan = await world.plan({
      kind: 'several',
      operations: [
        { kind: 'label', target: cart, labels: { first: 'a' } },
        { kind: 'label', target: cart, labels: { second: 'b' } },
        { kind: 'set_image', target: cart, image: 'cart:3' },
        { kind: 'restart', target: { ...cart, kind: 'StatefulSet', name: 'db' } },
      ],
    });
    expect(plan.steps.map(({ id }) => id)).toEqual(['step-1', 'step-2', 'step-3', 'step-4']);
    expect(plan.rollback.map(({ id }) => id)).toEqual(plan.steps.map(({ id }) => `${id}-rollback`));
    // The labels are made by the first step, and only the label by the second.
    expect(plan.steps[1]?.request).toMatchObject({ patch: [{ op: 'add', path: '/metadata/labels/second' }] });
    expect(plan.headline).toBe(
      'Label Deployment cart: first=a, then Label Deployment cart: second=b, then Set the image of container app of Deployment cart from cart:2 to cart:3, then Restart StatefulSet db (3 pods) in shop on test',
    );
    expect(plan.preview.diff.match(/^--- /gm)).toHaveLength(4);
    expect(plan.blastRadius.podsAffected).toBe(6);
  });

  it('applies what others need first', async () => {
    const plan = await world.plan(
      apply(
        manifest('HorizontalPodAutoscaler', 'fresh', { spec: { maxReplicas: 3 } }),
        manifest('Deployment', 'cart', { spec: { template: templateOf('cart:3') } }),
        manifest('ConfigMap', 'settings', { data: { colour: 'red' } }),
      ),
    );
    expect(plan.steps.map(({ target }) => target.ref.kind)).toEqual([
      'ConfigMap',
      'Deployment',
      'HorizontalPodAutoscaler',
    ]);
    expect(plan.steps[2]?.target.uid).toBeNull();
    expect(plan.risk).toMatchObject({
      tier: 'high',
      reasons: expect.arrayContaining(['several objects at once']),
    });
    expect(plan.preview.warnings.join(' ')).toContain('HorizontalPodAutoscaler fresh is new');
  });
});

describe('apply', () => {
  it('shows whose the field is with both values, and never forces', async () => {
    world.cluster.edit(cart, ({ metadata }) =>
      Object.assign(metadata as object, {
        managedFields: [
          { manager: 'argocd-controller', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
        ],
      }),
    );
    const { message } = await world.refusal(apply(manifest('Deployment', 'cart', { spec: { replicas: 9 } })));
    expect(message).toContain('.spec.replicas belongs to argocd-controller: it is 3, the manifest says 9.');
    expect(message).toContain('Leave these fields out');
  });

  it.each<[JsonObject, string]>([
    [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: SHOP } }, "don't apply Secret"],
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 's' } }, "don't apply Namespace"],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 's' } }, 'in which namespace'],
    [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 's', namespace: 'kube-system' } },
      'kube-system',
    ],
  ])('refuses %j before anything is read', async (given, message) => {
    expect((await world.refusal(apply(given))).message).toContain(message);
    expect(world.cluster.reads).toEqual([]);
  });
});

describe('drain', () => {
  it('cordons first, evicts each pod but those of DaemonSets, and holds when it gets stuck', async () => {
    const onNode = { spec: { nodeName: 'worker-1' }, status: { phase: 'Running' } };
    world.cluster.put(stored('Pod', 'agent-x', { ...onNode, metadata: ownedBy('DaemonSet', 'agent') }));
    const plan = await world.plan({ kind: 'drain', target: worker });
    expect(plan.steps.map(({ summary }) => summary)).toEqual([
      'Cordon Node worker-1',
      'Evict Pod shop/cart-2-abc',
    ]);
    expect(plan).toMatchObject({ onPartialFailure: 'hold', risk: { tier: 'high' } });
    expect(plan.postConditions).toContainEqual(
      expect.objectContaining({ kind: 'ready_again', ref: cart, atLeast: 3 }),
    );
    const warnings = plan.preview.warnings.join(' ');
    expect(warnings).toContain('One node is left for new pods');
    expect(warnings).toContain('PodDisruptionBudget shop/cart guards 1 of these pods and allows 1 now');
    expect(plan.preview.diff).toContain('- Pod shop/cart-2-abc');
  });

  it('is planned while a disruption budget allows nothing, and says so', async () => {
    world.cluster.budgetAgainst = () => 'The disruption budget cart needs 3 healthy pods and has 3 currently';
    const plan = await world.plan({ kind: 'drain', target: worker });
    expect(plan.steps.map(({ summary }) => summary)).toContain('Evict Pod shop/cart-2-abc');
    expect(plan.preview.warnings.join(' ')).toContain('PodDisruptionBudget shop/cart guards 1 of these pods');
  });

  it.each<[string, Parameters<typeof stored>[2], string]>([
    ['a pod that nobody makes again', {}, 'has no controller'],
    [
      'data that would be lost',
      { metadata: ownedBy('ReplicaSet', 'cart-2'), spec: { volumes: [{ name: 'tmp', emptyDir: {} }] } },
      'keeps data in emptyDir tmp',
    ],
    [
      'a pod of the control plane',
      { namespace: 'kube-system', metadata: ownedBy('ReplicaSet', 'dns') },
      "can't touch",
    ],
    ['a pod of our own', { namespace: 'jamie-scarlet', metadata: ownedBy('ReplicaSet', 'j') }, "can't touch"],
  ])('is refused for %s', async (_name, content = {}, message) => {
    const spec = { nodeName: 'worker-1', ...content.spec };
    world.cluster.put(stored('Pod', 'in-the-way', { ...content, spec, status: { phase: 'Running' } }));
    expect(await world.refusal({ kind: 'drain', target: worker })).toMatchObject({
      reason: 'unsafe',
      message: expect.stringContaining(message),
    });
  });

  it('is refused where no other node takes pods', async () => {
    world.cluster.snapshot = aSnapshot()
      .with(aNode('worker-1'), aNode('worker-3', { unschedulable: true }))
      .build();
    expect((await world.refusal({ kind: 'drain', target: worker })).message).toContain('No other node');
    expect((await world.refusal({ kind: 'cordon', target: worker })).message).toContain('No other node');
  });

  it('is refused while another node is being closed, and that node counts as gone', async () => {
    world.cluster.put(stored('Node', 'worker-3', { spec: {} }));
    await world.propose({ kind: 'cordon', target: other });
    expect((await world.refusal({ kind: 'drain', target: worker })).message).toContain('One node at a time');
    expect((await world.refusal({ kind: 'cordon', target: worker })).message).toContain(
      'worker-3 would be closed by then, too',
    );
  });

  it('is refused while another node is being emptied that was cordoned before', async () => {
    world.cluster.put(stored('Node', 'worker-3', { spec: { unschedulable: true } }));
    const moving = { ...ownedBy('ReplicaSet', 'cart-2'), labels: { app: 'cart' } };
    const running = { spec: { nodeName: 'worker-3' }, status: { phase: 'Running' } };
    world.cluster.put(stored('Pod', 'cart-2-def', { ...running, metadata: moving }));
    const { plan } = await world.propose({ kind: 'drain', target: other });
    expect(plan.steps.map(({ summary }) => summary)).toEqual(['Evict Pod shop/cart-2-def']);
    expect((await world.refusal({ kind: 'drain', target: worker })).message).toContain('One node at a time');
  });

  it('never closes the last nodes one after the other in one plan, nor empties two of them', async () => {
    world.cluster.put(stored('Node', 'worker-3', { spec: {} }));
    const both = (kind: 'cordon' | 'drain') =>
      world.refusal({
        kind: 'several',
        operations: [
          { kind, target: worker },
          { kind, target: other },
        ],
      });
    expect((await both('cordon')).message).toContain('No other node');
    expect((await both('drain')).message).toContain('One node at a time');
  });

  it('does not start while another one runs that was made at the same moment', async () => {
    world.cluster.snapshot = aSnapshot()
      .with(aNode('worker-1'), aNode('worker-3'), aNode('worker-4'))
      .build();
    world.cluster.put(stored('Node', 'worker-3', { spec: {} }));
    const [first, second] = [
      await world.ask({ kind: 'drain', target: worker }),
      await world.plan({ kind: 'drain', target: other }),
    ];
    if (first.kind === 'refused') throw new Error(first.message);
    await world.insert(first.record.plan);
    await world.insert(second);
    world.cluster.budgetAgainst = () => 'The disruption budget cart needs 3 healthy pods and has 3 currently';
    for (const id of [first.record.plan.id, second.id]) {
      await world.approve(id, 'grace', 'lin');
      await world.runJobs();
    }
    expect((await world.read(first.record.plan.id)).status).toBe('executing');
    expect(await world.read(second.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('One node at a time'),
    });
  });
});

describe('what raises the risk', () => {
  it('names the selectors that a label of a pod is read by', async () => {
    world.cluster.put(
      stored('NetworkPolicy', 'web', { spec: { podSelector: { matchLabels: { app: 'cart' } } } }),
    );
    const plan = await world.plan({ kind: 'label', target: pod, labels: { app: 'other' } });
    expect(plan.risk.tier).toBe('high');
    for (const selecting of ['PodDisruptionBudget cart', 'NetworkPolicy web'])
      expect(plan.preview.warnings.join(' ')).toContain(`${selecting} in shop selects`);
  });

  it('says that nobody makes a pod again that no controller owns', async () => {
    world.cluster.put(stored('Pod', 'alone', { spec: {}, status: { phase: 'Running' } }));
    const plan = await world.plan({ kind: 'delete_pod', target: { ...pod, name: 'alone' } });
    expect(plan.risk).toMatchObject({
      tier: 'high',
      reasons: expect.arrayContaining([expect.stringContaining('nobody makes it again')]),
    });
  });

  it('says on a claim that its data has no way back', async () => {
    const plan = await world.plan({
      kind: 'delete',
      target: { kind: 'PersistentVolumeClaim', ...place, name: 'data' },
    });
    expect(plan.rollback).toEqual([]);
    expect(plan.preview.warnings.join(' ')).toContain('no way back');
  });
});

describe('the Jobs that are made', () => {
  it('carry the name of their plan and nothing that was generated for another', async () => {
    const plan = await world.plan({ kind: 'rerun_job', target: { kind: 'Job', ...place, name: 'import' } });
    const { request } = plan.steps[0] ?? {};
    expect(request).toMatchObject({ verb: 'create', target: { name: `import-${plan.id}` } });
    const text = JSON.stringify(request);
    expect(text).not.toMatch(/controller-uid|job-name|selector/);
    expect(text).toContain('"app":"import"');
    expect(text).toContain(`"jamie-scarlet.io/plan":"${plan.id}"`);
  });

  it('belong to the CronJob that they are a run of', async () => {
    const plan = await world.plan({ kind: 'run_cron_job', target: report });
    expect(plan.steps[0]?.request).toMatchObject({
      manifest: {
        metadata: {
          name: `report-${plan.id}`,
          annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
          ownerReferences: [{ kind: 'CronJob', name: 'report', uid: 'uid-CronJob-report' }],
        },
      },
    });
  });
});

describe('a change that rolls nothing', () => {
  it('is only held to its fields while a Deployment is paused', async () => {
    edit(cart, { paused: true });
    const plan = await world.plan({ kind: 'set_image', target: cart, image: 'cart:latest' });
    expect(plan.postConditions.map(({ kind }) => kind)).toEqual(['fields_hold']);
    const warnings = plan.preview.warnings.join(' ');
    expect(warnings).toContain('is paused');
    expect(warnings).toContain('the tag latest');
  });
});

describe('undo', () => {
  it('takes back the steps of a plan, the last one first, and tells what cannot be', async () => {
    const { plan } = await world.propose({
      kind: 'several',
      operations: [
        { kind: 'label', target: cart, labels: { team: 'shop' } },
        { kind: 'apply', manifests: [manifest('ConfigMap', 'settings', { data: { colour: 'red' } })] },
        { kind: 'delete', target: { kind: 'PodDisruptionBudget', ...place, name: 'cart' } },
        { kind: 'delete_pod', target: pod },
      ],
    });
    await world.approve(plan.id, 'bob', 'cleo');
    await world.runJobs();
    const undo = await world.propose({ kind: 'undo', planId: plan.id }, person('dora'));
    expect(undo.plan.steps.map(({ request, target }) => `${request.verb} ${target.ref.kind}`)).toEqual([
      'apply PodDisruptionBudget',
      'apply ConfigMap',
      'patch Deployment',
    ]);
    expect(undo.plan.preview.warnings.join(' ')).toContain(
      'The deletion of Pod shop/cart-2-abc cannot be undone',
    );
  });
});
