import {
  type Intent,
  type IntentId,
  type IntentOutcome,
  PLAN_STATUSES,
  type PlanId,
  type PlanRecord,
  type Vote,
} from '@jamie/core';
import { z } from 'zod';
import { breakGlassSchema, signedApprovalSchema } from './approval-schema.ts';
import { idSchema, principalSchema } from './field-schemas.ts';
import { planSchema } from './plan-schema.ts';

const verificationSchema = z.object({
  startedAt: z.number(),
  deadlineAt: z.number(),
  steadySince: z.number().exactOptional(),
  unhealthySince: z.number().exactOptional(),
  restarts: z.number(),
  lastObservation: z.string(),
  blindObservations: z.number(),
});

export const planRecordSchema: z.ZodType<PlanRecord> = z.object({
  plan: planSchema,
  status: z.enum(PLAN_STATUSES),
  version: z.int(),
  updatedAt: z.number(),
  reason: z.string(),
  decidedBy: principalSchema.exactOptional(),
  decidedAt: z.number().exactOptional(),
  approval: signedApprovalSchema.exactOptional(),
  breakGlass: breakGlassSchema.exactOptional(),
  lease: z.object({ owner: z.string(), epoch: z.number(), expiresAt: z.number() }).exactOptional(),
  baseline: z.object({ readyReplicas: z.number() }).exactOptional(),
  appliedSteps: z.int().exactOptional(),
  blockedSince: z.number().exactOptional(),
  unanswered: z.object({ since: z.number(), reason: z.string() }).exactOptional(),
  verification: verificationSchema.exactOptional(),
  watchUntil: z.number().exactOptional(),
  replacedBy: idSchema<PlanId>().exactOptional(),
  undoneBy: idSchema<PlanId>().exactOptional(),
});

export const voteSchema: z.ZodType<Vote> = z.object({
  planId: idSchema<PlanId>(),
  planHash: z.string(),
  principal: principalSchema,
  decision: z.enum(['approve', 'deny']),
  reason: z.string().exactOptional(),
  onBehalfOf: principalSchema.exactOptional(),
  at: z.number(),
});

const intentOutcomeSchema: z.ZodType<IntentOutcome> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('applied'), resourceVersion: z.string() }),
  z.object({ kind: z.literal('already_applied'), resourceVersion: z.string() }),
  z.object({ kind: z.literal('not_applied'), reason: z.string() }),
]);

export const intentSchema: z.ZodType<Intent> = z.object({
  id: idSchema<IntentId>(),
  planId: idSchema<PlanId>(),
  phase: z.enum(['execute', 'rollback']),
  stepId: z.string(),
  epoch: z.number(),
  at: z.number(),
  outcome: intentOutcomeSchema.exactOptional(),
  completedAt: z.number().exactOptional(),
});
