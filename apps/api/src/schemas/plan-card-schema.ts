import { PLAN_STATUSES, type PlanId, parsePlanId, RISK_TIERS } from '@jamie/core';
import { z } from 'zod';

/** A plan id as it leaves us. */
export const planIdSchema = z.custom<PlanId>((value) => typeof value === 'string').meta({ type: 'string' });

/** A plan id as people type it, in any case. */
export const planIdParameterSchema = z.string().transform((text, context): PlanId => {
  const id = parsePlanId(text);
  if (id !== undefined) return id;
  context.addIssue('must be a plan id such as p-4k7d2m9q');
  return z.NEVER;
});

/** Everything a surface shows of a plan. */
export const planCardSchema = z.strictObject({
  planId: planIdSchema,
  planHash: z.string(),
  headline: z.string(),
  status: z.enum(PLAN_STATUSES),
  tier: z.enum(RISK_TIERS),
  statusLine: z.string(),
  healing: z.string().exactOptional(),
  facts: z.array(z.strictObject({ label: z.string(), value: z.string() })).readonly(),
  diff: z.string(),
  warnings: z.array(z.string()).readonly(),
  votes: z.array(z.string()).readonly(),
  actions: z.array(z.enum(['approve', 'edit', 'deny', 'undo'])).readonly(),
});

/** A decision on one plan. Without `planHash` the vote is for the plan as it stands. */
export const ballotSchema = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  planHash: z.string().min(1).max(128).optional(),
  reason: z.string().trim().min(1).max(1_000).optional(),
});

export const ballotResultSchema = z.strictObject({
  kind: z.enum(['counted', 'refused']),
  message: z.string(),
  card: planCardSchema,
});
