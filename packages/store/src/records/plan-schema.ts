import {
  type ConversationId,
  type CorrelationId,
  type JsonPatchOperation,
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

const fieldValuesSchema = z.record(z.string(), jsonSchema);

const pinnedTargetSchema: z.ZodType<PinnedTarget> = z.object({
  ref: workloadRefSchema,
  uid: z.string(),
  generation: z.number(),
  fields: fieldValuesSchema,
  digest: z.string(),
});

const patchOperationSchema: z.ZodType<JsonPatchOperation> = z.union([
  z.object({ op: z.enum(['add', 'replace', 'test']), path: z.string(), value: jsonSchema }),
  z.object({ op: z.literal('remove'), path: z.string() }),
]);

const writeRequestSchema: z.ZodType<WriteRequest> = z.object({
  verb: z.literal('patch'),
  target: objectRefSchema,
  subresource: z.literal('scale').exactOptional(),
  patch: z.array(patchOperationSchema),
});

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
]);

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
  quorum: z.object({ approvals: z.number(), requesterCounts: z.boolean() }),
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
  risk: riskSchema,
  rollback: z.array(stepSchema),
  postConditions: z.array(postConditionSchema),
  createdAt: z.number(),
  expiresAt: z.number(),
  policyVersion: z.string(),
  replaces: idSchema<PlanId>().exactOptional(),
  hash: z.string(),
});
