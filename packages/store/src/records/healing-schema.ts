import {
  ATTEMPT_OUTCOMES,
  type ConversationId,
  HEALING_STATUSES,
  type HealingAttempt,
  type HealingCase,
  type HealingCaseId,
  type HealingOrigin,
  type PlanId,
  REMEDIATIONS,
} from '@jamie/core';
import { z } from 'zod';
import { idSchema, objectRefSchema } from './field-schemas.ts';

export const healingOriginSchema: z.ZodType<HealingOrigin> = z.object({
  caseId: idSchema<HealingCaseId>(),
  remediation: z.enum(REMEDIATIONS),
  finding: z.string(),
  evidence: z.array(z.string()),
  attempt: z.number(),
  attemptsAllowed: z.number(),
});

const attemptSchema: z.ZodType<HealingAttempt> = z.object({
  planId: idSchema<PlanId>(),
  startedAt: z.number(),
  level: z.enum(['suggest', 'act']),
  endedAt: z.number().exactOptional(),
  outcome: z.enum(ATTEMPT_OUTCOMES).exactOptional(),
});

export const healingCaseSchema: z.ZodType<HealingCase> = z.object({
  id: idSchema<HealingCaseId>(),
  cluster: z.string(),
  subject: objectRefSchema,
  remediation: z.enum(REMEDIATIONS),
  findingCode: z.string(),
  summary: z.string(),
  status: z.enum(HEALING_STATUSES),
  reason: z.string(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  attempts: z.array(attemptSchema),
  relapses: z.array(z.number()),
  reverts: z.array(z.number()),
  notBefore: z.number(),
  goneSince: z.number().exactOptional(),
  storm: z.object({ place: z.enum(['namespace', 'cluster']), since: z.number() }).exactOptional(),
  conversationId: idSchema<ConversationId>(),
  version: z.int().min(1),
});
