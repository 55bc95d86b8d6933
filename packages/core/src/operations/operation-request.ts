import { z } from 'zod';
import type { PlanId } from '../ids.ts';
import { parsePlanId } from '../ids.ts';
import type { Kind } from '../kubernetes/kinds.ts';
import { manifestSchema } from './manifest.ts';

/** Most objects in one manifest file, and most operations in one plan. */
export const MAX_TOGETHER = 20;

/** What a person may delete by name, and what a manifest may hold. Never a Secret, a Namespace, roles or nodes. */
export const DELETABLE_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Service',
  'ConfigMap',
  'Ingress',
  'NetworkPolicy',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'PersistentVolumeClaim',
] as const satisfies readonly Kind[];

/** What may be labelled and annotated. */
export const MARKABLE_KINDS = [...DELETABLE_KINDS, 'Pod', 'Node'] as const satisfies readonly Kind[];

const dnsName = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be a Kubernetes name');

function namespaced<const K extends readonly [Kind, ...Kind[]]>(kinds: K) {
  return z.object({ kind: z.enum(kinds), namespace: dnsName, name: dnsName });
}

const workload = namespaced(['Deployment', 'StatefulSet', 'DaemonSet']);
const deployment = namespaced(['Deployment']);
const pod = namespaced(['Pod']);
const node = z.object({ kind: z.literal('Node'), name: dnsName });

const planId = z.string().transform((text, context): PlanId => {
  const id = parsePlanId(text);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom', message: 'must be a plan id such as p-4k7d2m9q' });
  return z.NEVER;
});

const containerName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a container name');
/** The grammar of an image reference (distribution/reference), without anything that a shell or a log could misread. */
const image = z
  .string()
  .max(1_024)
  .regex(
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
    'must be an image such as registry.example.com/shop/cart:1.4.2',
  );
/** A positive Kubernetes quantity: `250m`, `0.5`, `512Mi`. */
const quantity = z
  .string()
  .max(20)
  .regex(/^(?=.*[1-9])\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, 'must be a quantity such as 250m or 512Mi');
const amounts = z.object({ cpu: quantity.exactOptional(), memory: quantity.exactOptional() });

const markKey = z
  .string()
  .max(317)
  .regex(
    /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'must be a key such as team or example.com/team',
  );
const labelValue = z
  .string()
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, 'must be a label value');
/** What is checked of single parameters wherever they are typed. */
export const operationFields = { containerName, image, quantity, markKey, labelValue } as const;

const markable = z.union([
  namespaced(MARKABLE_KINDS.filter((kind) => kind !== 'Node') as [Kind, ...Kind[]]),
  node,
]);
const atLeastOne = (values: Readonly<Record<string, unknown>>) => Object.keys(values).length > 0;

const directSchemas = [
  z.object({
    kind: z.literal('scale'),
    target: workload,
    replicas: z.int().min(0).max(10_000),
  }),
  z.object({ kind: z.literal('restart'), target: workload }),
  z.object({ kind: z.literal('rollback'), target: workload, toRevision: z.int().min(1).optional() }),
  z.object({ kind: z.literal('pause'), target: deployment }),
  z.object({ kind: z.literal('resume'), target: deployment }),
  /** Without a container: the only one. */
  z.object({
    kind: z.literal('set_image'),
    target: workload,
    container: containerName.exactOptional(),
    image,
  }),
  /** Of a workload: its template, which rolls. Of a pod: in place. Without a container: the only one. */
  z.object({
    kind: z.literal('resize'),
    target: namespaced(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod']),
    container: containerName.exactOptional(),
    requests: amounts.exactOptional(),
    limits: amounts.exactOptional(),
  }),
  z.object({ kind: z.literal('cordon'), target: node }),
  z.object({ kind: z.literal('uncordon'), target: node }),
  z.object({ kind: z.literal('drain'), target: node }),
  z.object({ kind: z.literal('delete_pod'), target: pod }),
  z.object({ kind: z.literal('apply'), manifests: z.array(manifestSchema).min(1).max(MAX_TOGETHER) }),
  z.object({ kind: z.literal('delete'), target: namespaced(DELETABLE_KINDS) }),
  z.object({ kind: z.literal('suspend'), target: namespaced(['CronJob']) }),
  z.object({ kind: z.literal('unsuspend'), target: namespaced(['CronJob']) }),
  z.object({ kind: z.literal('run_cron_job'), target: namespaced(['CronJob']) }),
  z.object({ kind: z.literal('rerun_job'), target: namespaced(['Job']) }),
  z.object({
    kind: z.literal('autoscale'),
    target: namespaced(['HorizontalPodAutoscaler']),
    minReplicas: z.int().min(1).max(10_000).exactOptional(),
    maxReplicas: z.int().min(1).max(10_000).exactOptional(),
  }),
  /** null takes the label away. */
  z.object({
    kind: z.literal('label'),
    target: markable,
    labels: z.record(markKey, labelValue.nullable()).refine(atLeastOne, 'must name a label'),
  }),
  /** null takes the annotation away. */
  z.object({
    kind: z.literal('annotate'),
    target: markable,
    annotations: z
      .record(markKey, z.string().max(4_096).nullable())
      .refine(atLeastOne, 'must name an annotation'),
  }),
] as const;

const directSchema = z.discriminatedUnion('kind', directSchemas);

/** The operations that a person may ask for, with typed parameters. No free text ever becomes one of these. */
export const operationRequestSchema = z.discriminatedUnion('kind', [
  ...directSchemas,
  z.object({ kind: z.literal('undo'), planId }),
  /** One after the other, in this order, as one plan. */
  z.object({ kind: z.literal('several'), operations: z.array(directSchema).min(2).max(MAX_TOGETHER) }),
]);

export type OperationRequest = z.infer<typeof operationRequestSchema>;

/** An operation on objects that it names itself: anything but the undoing of a plan and several in a row. */
export type DirectOperation = z.infer<typeof directSchema>;

/** The operation of one kind, for example `OperationOf<'scale'>`. */
export type OperationOf<K extends OperationRequest['kind']> = Extract<OperationRequest, { kind: K }>;
