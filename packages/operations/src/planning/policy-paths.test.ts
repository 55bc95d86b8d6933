import type { JsonObject, OperationRequest } from '@jamie/core';
import { assessRisk, BUILT_IN_POLICY, type OperationFacts } from '@jamie/policy';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CatalogueWorld, manifest, SHOP, templateOf } from '../catalogue/catalogue-world.fixture.ts';

let world: CatalogueWorld;
/** What the rules of a team were asked about, newest last. */
let asked: OperationFacts[];

beforeEach(() => {
  world = new CatalogueWorld();
  asked = [];
  world.book = {
    ...BUILT_IN_POLICY,
    decide(facts) {
      asked.push(facts);
      return { kind: 'allow', risk: assessRisk(facts), rules: [] };
    },
  };
});

afterEach(() => world.destroy());

const cart = { kind: 'Deployment', namespace: SHOP, name: 'cart' } as const;
const hpa = { kind: 'HorizontalPodAutoscaler', namespace: SHOP, name: 'cart' } as const;
const apply = (...manifests: JsonObject[]): OperationRequest => ({ kind: 'apply', manifests });

/** What the rules of a team see of an operation of one step. */
async function effectOf(operation: OperationRequest) {
  await world.plan(operation);
  const [effect] = asked.at(-1)?.effects ?? [];
  if (effect === undefined) throw new Error('the policy was not asked');
  return effect;
}

/** Carries an operation out, then says what the rules of a team see of its undo. */
async function effectOfUndo(operation: OperationRequest, between?: () => void) {
  const { plan } = await world.propose(operation);
  await world.approve(plan.id, 'grace', 'lin');
  await world.runJobs();
  between?.();
  return effectOf({ kind: 'undo', planId: plan.id });
}

describe('the images that a policy judges', () => {
  const pod = (spec: JsonObject): JsonObject => ({
    metadata: { labels: { app: 'x' } },
    spec: { containers: [{ name: 'app', image: 'good/app:1' }], ...spec },
  });
  const evil = [{ name: 'extra', image: 'evil.io/x:1' }];

  it.each<[string, JsonObject]>([
    ['of a container', pod({ containers: evil })],
    ['of an init container', pod({ initContainers: evil })],
    ['of an ephemeral container', pod({ ephemeralContainers: evil })],
    ['of a volume', pod({ volumes: [{ name: 'data', image: { reference: 'evil.io/x:1' } }] })],
  ])('are those %s in whatever manifest makes pods', async (_name, template) => {
    for (const each of [
      manifest('Deployment', 'fresh', { spec: { template } }),
      manifest('Job', 'fresh', { spec: { template } }),
      manifest('CronJob', 'fresh', { spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template } } } }),
      manifest('CronJob', 'report', { spec: { jobTemplate: { spec: { template } } } }),
    ])
      expect((await effectOf(apply(each))).images).toContain('evil.io/x:1');
  });

  it('are those that an undo brings back, too', async () => {
    const undone = await effectOfUndo({ kind: 'set_image', target: cart, image: 'cart:3' });
    expect(undone).toMatchObject({ operation: 'rollback', images: ['cart:2'] });
    const again = await effectOfUndo({ kind: 'delete', target: cart });
    expect(again).toMatchObject({ operation: 'apply', images: ['cart:3'], wantedReplicas: 3 });
  });

  it('warn of root in the pods of a CronJob as in those of a Deployment', async () => {
    const template = pod({ securityContext: { runAsUser: 0 }, serviceAccountName: 'admin' });
    const plan = await world.plan(
      apply(manifest('CronJob', 'report', { spec: { jobTemplate: { spec: { template } } } })),
    );
    const warnings = plan.preview.warnings.join(' ');
    expect(warnings).toContain('runs as root');
    expect(warnings).toContain('service account admin');
  });
});

describe('the replicas that a policy judges', () => {
  it('are those that an autoscaler may go to, whichever way its bound is set', async () => {
    const reach = { before: 6, after: 90 };
    expect((await effectOf({ kind: 'autoscale', target: hpa, maxReplicas: 90 })).reach).toEqual(reach);
    const bounds = { minReplicas: 1, maxReplicas: 90 };
    expect(
      (await effectOf(apply(manifest('HorizontalPodAutoscaler', 'cart', { spec: bounds })))).reach,
    ).toEqual(reach);
    expect(
      (await effectOf(apply(manifest('HorizontalPodAutoscaler', 'fresh', { spec: bounds })))).reach,
    ).toEqual({ before: 0, after: 90 });
  });

  it('are the parallel pods of a Job, too', async () => {
    const spec = { parallelism: 50, template: templateOf('x:1') };
    expect((await effectOf(apply(manifest('Job', 'fresh', { spec })))).reach?.after).toBe(50);
    const job = manifest('CronJob', 'report', { spec: { jobTemplate: { spec } } });
    expect((await effectOf(apply(job))).reach).toEqual({ before: 1, after: 50 });
  });

  it('are those that an undo brings back, however they went away', async () => {
    const undone = await effectOfUndo(apply(manifest('Deployment', 'cart', { spec: { replicas: 1 } })));
    expect(undone).toMatchObject({ currentReplicas: 1, wantedReplicas: 3 });
    const lowered = await effectOfUndo({ kind: 'autoscale', target: hpa, maxReplicas: 4 });
    expect(lowered.reach).toEqual({ before: 4, after: 6 });
  });

  it('are those that go when bounds are lowered by a manifest', async () => {
    const spec = { minReplicas: 1, maxReplicas: 2 };
    const effect = await effectOf(apply(manifest('HorizontalPodAutoscaler', 'cart', { spec })));
    expect(effect).toMatchObject({ currentReplicas: 3, wantedReplicas: 2 });
    expect(asked.at(-1)?.blastRadius.podsAffected).toBe(1);
  });
});

it('a manifest that stops everything is as risky as scaling to zero', async () => {
  const plan = await world.plan(apply(manifest('Deployment', 'cart', { spec: { replicas: 0 } })));
  expect(plan.risk).toMatchObject({
    tier: 'high',
    reasons: expect.arrayContaining(['nothing would be left running']),
  });
});

it('a manifest that makes an object another manager’s is high risk, and the card says so', async () => {
  const labels = { 'argocd.argoproj.io/instance': 'web' };
  const claiming = manifest('ConfigMap', 'settings', {
    metadata: { name: 'settings', namespace: SHOP, labels },
  });
  const plan = await world.plan(apply(claiming));
  expect(plan.risk.tier).toBe('high');
  expect(plan.preview.warnings.join(' ')).toContain("would make it Argo CD's");
});
