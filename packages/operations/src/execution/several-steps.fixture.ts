import type {
  FieldValues,
  JsonObject,
  KubeObject,
  ObjectRef,
  Plan,
  PlanId,
  PlanRecord,
  PostCondition,
  Step,
  WriteRequest,
} from '@jamie/core';
import { apiVersionOf, canonicalJson, planIdOf } from '@jamie/core';
import { POLICY_VERSION } from '@jamie/policy';
import { aPlan } from '@jamie/testing';
import { CONVERSATION, type OperationsWorld, person, sha256, TIMING } from '../operations-world.fixture.ts';
import { readFields } from '../planning/field-write.ts';
import { planHash } from '../planning/plan-hash.ts';

const NAMESPACE = 'shop';

/** What a step of a made-up plan does: every verb, with and without a way back. */
export const PART_KINDS = [
  'label',
  'scale',
  'cordon',
  'apply',
  'apply_new',
  'create',
  'delete',
  'delete_for_good',
  'evict',
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** A step, what takes it back, and what must hold after it. */
export interface Part {
  readonly kind: PartKind;
  readonly step: Step;
  readonly rollback?: Step;
  readonly conditions: readonly PostCondition[];
}

/** Puts what a step needs into the cluster and compiles it, as the `index`-th of its plan. */
export function buildPart(world: OperationsWorld, kind: PartKind, index: number): Part {
  return BUILDERS[kind](world, index);
}

const BUILDERS: Readonly<Record<PartKind, (world: OperationsWorld, index: number) => Part>> = {
  label(world, index) {
    const live = put(world, 'ConfigMap', `labelled-${index}`, { metadata: { labels: { team: 'old' } } });
    return patchPart('label', live, index, '/metadata/labels/team', 'new');
  },
  scale(world, index) {
    const name = `scaled-${index}`;
    const live = put(world, 'Deployment', name, {
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } } },
      },
    });
    const ref = { kind: 'Deployment', namespace: NAMESPACE, name } as const;
    world.cluster.settle(ref);
    return {
      ...patchPart('scale', live, index, '/spec/replicas', 4, 'scale'),
      conditions: [
        { kind: 'rollout_complete', ref, withinMs: TIMING.verifyWithinMs },
        { kind: 'ready_for', ref, durationMs: 1_000 },
        { kind: 'restarts_flat', ref },
      ],
    };
  },
  cordon(world, index) {
    const live = put(world, 'Node', `worker-${index}`, { spec: { unschedulable: false } });
    return patchPart('cordon', live, index, '/spec/unschedulable', true);
  },
  apply(world, index) {
    const live = put(world, 'ConfigMap', `applied-${index}`, { data: { mode: 'old' } });
    const { rollback, ...part } = patchPart('apply', live, index, '/data/mode', 'new');
    const manifest = manifestOf(live, { data: { mode: 'new' } });
    return {
      ...part,
      step: {
        ...part.step,
        request: { verb: 'apply', target: part.step.target.ref, uid: live.metadata.uid, manifest },
      },
      ...(rollback !== undefined && { rollback }),
    };
  },
  apply_new(_world, index) {
    const ref = refOf('ConfigMap', `new-${index}`);
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: ref.name }, data: { a: 'b' } };
    const step = newStep(ref, index, { verb: 'apply', target: ref, uid: null, manifest }, { '/data/a': 'b' });
    return { kind: 'apply_new', step, conditions: [holds(ref)] };
  },
  create(_world, index) {
    const ref = refOf('Job', `made-${index}`);
    const manifest = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: ref.name, annotations: { 'jamie-scarlet.io/plan': `plan-${index}` } },
      spec: { parallelism: 1 },
    };
    const request = { verb: 'create', target: ref, manifest } as const;
    const step = newStep(ref, index, request, { '/spec/parallelism': 1 });
    return {
      kind: 'create',
      step,
      conditions: [{ kind: 'job_succeeded', ref, withinMs: TIMING.verifyWithinMs }],
    };
  },
  delete(world, index) {
    const live = put(world, 'ConfigMap', `deleted-${index}`, { data: { keep: 'me' } });
    const part = takeAway('delete', live, index);
    const manifest = manifestOf(live, { data: { keep: 'me' } });
    const { ref } = part.step.target;
    const rollback: Step = {
      ...newStep(ref, index, { verb: 'create', target: ref, manifest }, { '/data/keep': 'me' }),
      id: `step-${index}-rollback`,
      summary: `Make ConfigMap ${ref.name} again`,
    };
    return { ...part, rollback };
  },
  delete_for_good: (world, index) =>
    takeAway('delete_for_good', put(world, 'Pod', `dropped-${index}`, {}), index),
  evict: (world, index) => takeAway('evict', put(world, 'Pod', `moved-${index}`, {}), index),
};

/** Stores a plan of these parts, in this order, as it waits for its decision. */
export async function proposeParts(
  world: OperationsWorld,
  parts: readonly Part[],
  over: Partial<Plan> = {},
): Promise<PlanRecord> {
  const now = world.clock.now();
  const open: Omit<Plan, 'hash'> = {
    ...aPlan(),
    id: planIdOf(sha256(`parts:${parts.map(({ step }) => step.target.ref.name).join()}:${now}`)) as PlanId,
    conversationId: CONVERSATION.id,
    cluster: world.cluster.info.name,
    requester: person('ada'),
    steps: parts.map(({ step }) => step),
    rollback: parts.flatMap(({ rollback }) => (rollback === undefined ? [] : [rollback])),
    postConditions: parts.flatMap(({ conditions }) => conditions),
    risk: { ...aPlan().risk, watchMs: 2_000 },
    createdAt: now,
    expiresAt: now + 900_000,
    policyVersion: POLICY_VERSION,
    ...over,
  };
  return world.insert({ ...open, hash: planHash(open, sha256) });
}

/** Lets the controllers of the made-up cluster do their work: rollouts end, Jobs end well or badly. */
export function settleParts(world: OperationsWorld, jobsEnd: 'Complete' | 'Failed' = 'Complete'): void {
  for (const { kind, metadata } of world.cluster.objects()) {
    const ref = refOf(kind as ObjectRef['kind'], metadata.name);
    if (kind === 'Deployment' && metadata.namespace === NAMESPACE) world.cluster.settle(ref);
    if (kind === 'Job') {
      world.cluster.edit(ref, (job) => {
        job['status'] = { conditions: [{ type: jobsEnd, status: 'True' }] };
      });
    }
  }
}

function patchPart(
  kind: PartKind,
  live: KubeObject,
  index: number,
  pointer: string,
  value: string | number | boolean,
  subresource?: 'scale',
): Part {
  const ref = refOf(live.kind as ObjectRef['kind'], live.metadata.name);
  const [before, after]: readonly FieldValues[] = [readFields(live, [pointer]), { [pointer]: value }];
  const request = (values: FieldValues): WriteRequest => ({
    verb: 'patch',
    target: ref,
    ...(subresource && { subresource }),
    patch: [{ op: 'replace', path: pointer, value: values[pointer] ?? null }],
  });
  const target = { ref, uid: live.metadata.uid, generation: 1 };
  const pinned = (fields: FieldValues) => ({ ...target, fields, digest: sha256(canonicalJson(fields)) });
  return {
    kind,
    step: {
      id: `step-${index}`,
      summary: `${kind} ${ref.kind} ${ref.name}`,
      target: pinned(before ?? {}),
      request: request(after ?? {}),
      expected: after ?? {},
    },
    rollback: {
      id: `step-${index}-rollback`,
      summary: `Restore: ${kind} ${ref.kind} ${ref.name}`,
      target: pinned(after ?? {}),
      request: request(before ?? {}),
      expected: before ?? {},
    },
    conditions: [holds(ref)],
  };
}

function takeAway(kind: 'delete' | 'delete_for_good' | 'evict', live: KubeObject, index: number): Part {
  const ref = refOf(live.kind as ObjectRef['kind'], live.metadata.name);
  const { uid } = live.metadata;
  const request: WriteRequest =
    kind === 'evict'
      ? { verb: 'evict', target: ref, uid }
      : { verb: 'delete', target: ref, uid, propagation: 'Background' };
  return {
    kind,
    step: {
      id: `step-${index}`,
      summary: `${kind === 'evict' ? 'Evict' : 'Delete'} ${ref.kind} ${ref.name}`,
      target: { ref, uid, generation: 1, fields: {}, digest: sha256(canonicalJson({})) },
      request,
      expected: {},
    },
    conditions: [{ kind: 'gone', ref, uid, withinMs: TIMING.verifyWithinMs }],
  };
}

function newStep(ref: ObjectRef, index: number, request: WriteRequest, expected: FieldValues): Step {
  return {
    id: `step-${index}`,
    summary: `${request.verb} ${ref.kind} ${ref.name}`,
    target: { ref, uid: null, generation: 0, fields: {}, digest: sha256(canonicalJson({})) },
    request,
    expected,
  };
}

function holds(ref: ObjectRef): PostCondition {
  return { kind: 'fields_hold', ref, durationMs: 1_000 };
}

function refOf(kind: ObjectRef['kind'], name: string): ObjectRef {
  return kind === 'Node' ? { kind, name } : { kind, namespace: NAMESPACE, name };
}

function manifestOf({ apiVersion, kind, metadata }: KubeObject, rest: JsonObject): JsonObject {
  return { apiVersion, kind, metadata: { name: metadata.name }, ...rest };
}

function put(
  { cluster }: OperationsWorld,
  kind: ObjectRef['kind'],
  name: string,
  { metadata = {}, ...rest }: JsonObject & { readonly metadata?: JsonObject },
): KubeObject {
  const object = {
    apiVersion: apiVersionOf(kind),
    kind,
    metadata: {
      ...metadata,
      name,
      ...(kind !== 'Node' && { namespace: NAMESPACE }),
      uid: `uid-${name}`,
      resourceVersion: '10',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    ...rest,
  } as unknown as KubeObject;
  cluster.put(object);
  return object;
}
