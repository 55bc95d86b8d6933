import {
  type ConversationId,
  type CorrelationId,
  type JsonObject,
  type JsonPatchOperation,
  type ObjectManager,
  operationRequestSchema,
  type PinnedTarget,
  type Plan,
  type PlanId,
  type PostCondition,
  type RequestId,
  RISK_TIERS,
  type Step,
  type WriteRequest,
} from '@jamie/core';
import { z } from 'zod';
import {
  idSchema,
  jsonSchema,
  objectRefSchema,
  principalSchema,
  workloadRefSchema,
} from './field-schemas.ts';
import { healingOriginSchema } from './healing-schema.ts';

const fieldValuesSchema = z.record(z.string(), jsonSchema);

const pinnedTargetSchema: z.ZodType<PinnedTarget> = z.object({
  ref: objectRefSchema,
  uid: z.string().nullable(),
  generation: z.number(),
  fields: fieldValuesSchema,
  digest: z.string(),
});

const patchOperationSchema: z.ZodType<JsonPatchOperation> = z.union([
  z.object({ op: z.enum(['add', 'replace', 'test']), path: z.string(), value: jsonSchema }),
  z.object({ op: z.literal('remove'), path: z.string() }),
]);

const manifestSchema = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null);

const writeRequestSchema: z.ZodType<WriteRequest> = z.discriminatedUnion('verb', [
  z.object({
    verb: z.literal('patch'),
    target: objectRefSchema,
    subresource: z.enum(['scale', 'resize']).exactOptional(),
    patch: z.array(patchOperationSchema),
  }),
  z.object({
    verb: z.literal('apply'),
    target: objectRefSchema,
    uid: z.string().nullable(),
    manifest: manifestSchema,
  }),
  z.object({ verb: z.literal('create'), target: objectRefSchema, manifest: manifestSchema }),
  z.object({
    verb: z.literal('delete'),
    target: objectRefSchema,
    uid: z.string().min(1),
    propagation: z.enum(['Background', 'Foreground', 'Orphan']),
  }),
  z.object({ verb: z.literal('evict'), target: objectRefSchema, uid: z.string().min(1) }),
]);

const stepSchema: z.ZodType<Step> = z.object({
  id: z.string(),
  summary: z.string(),
  target: pinnedTargetSchema,
  request: writeRequestSchema,
  expected: fieldValuesSchema,
});

const postConditionSchema: z.ZodType<PostCondition> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rollout_complete'), ref: workloadRefSchema, withinMs: z.number() }),
  z.object({ kind: z.literal('ready_for'), ref: workloadRefSchema, durationMs: z.number() }),
  z.object({ kind: z.literal('restarts_flat'), ref: workloadRefSchema }),
  z.object({ kind: z.literal('fields_hold'), ref: objectRefSchema, durationMs: z.number() }),
  z.object({ kind: z.literal('gone'), ref: objectRefSchema, uid: z.string(), withinMs: z.number() }),
  z.object({
    kind: z.literal('ready_again'),
    ref: objectRefSchema,
    atLeast: z.number(),
    withinMs: z.number(),
  }),
  z.object({ kind: z.literal('job_succeeded'), ref: objectRefSchema, withinMs: z.number() }),
]);

const managerSchema: z.ZodType<ObjectManager> = z.object({
  kind: z.enum(['argo_cd', 'flux', 'helm', 'operator', 'autoscaler', 'field_manager']),
  name: z.string(),
  ref: objectRefSchema,
  evidence: z.string(),
  reverts: z.boolean(),
  advice: z.string(),
});

const previewSchema = z.object({
  changes: z.array(z.object({ pointer: z.string(), before: jsonSchema, after: jsonSchema })),
  diff: z.string(),
  warnings: z.array(z.string()),
});

const blastRadiusSchema = z.object({
  podsAffected: z.number(),
  namespaceReadyPods: z.number(),
  share: z.number(),
  services: z.array(z.string()),
});

const riskSchema = z.object({
  tier: z.enum(RISK_TIERS),
  reasons: z.array(z.string()),
  quorum: z.object({
    approvals: z.number(),
    requesterCounts: z.boolean(),
    fromTeams: z.array(z.string()).exactOptional(),
  }),
  expiresAfterMs: z.number(),
  watchMs: z.number(),
});

export const planSchema: z.ZodType<Plan> = z.object({
  id: idSchema<PlanId>(),
  requestId: idSchema<RequestId>(),
  conversationId: idSchema<ConversationId>(),
  correlationId: idSchema<CorrelationId>(),
  cluster: z.string(),
  operation: operationRequestSchema,
  headline: z.string(),
  requester: principalSchema,
  steps: z.array(stepSchema),
  preview: previewSchema,
  blastRadius: blastRadiusSchema,
  managers: z.array(managerSchema).default([]),
  risk: riskSchema,
  rollback: z.array(stepSchema),
  onPartialFailure: z.enum(['compensate', 'hold']).default('compensate'),
  postConditions: z.array(postConditionSchema),
  createdAt: z.number(),
  expiresAt: z.number(),
  policyVersion: z.string(),
  policyRules: z.array(z.string()).default([]),
  replaces: idSchema<PlanId>().exactOptional(),
  healing: healingOriginSchema.exactOptional(),
  hash: z.string(),
});
