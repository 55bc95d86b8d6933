import {
  APPROVAL_BASES,
  type ApprovalStatement,
  type BreakGlass,
  type Delegation,
  type PlanId,
  type SignedApproval,
} from '@jamie/core';
import { z } from 'zod';
import { idSchema, principalSchema } from './field-schemas.ts';

const statementSchema: z.ZodType<ApprovalStatement> = z.object({
  planId: idSchema<PlanId>(),
  planHash: z.string(),
  cluster: z.string(),
  uids: z.array(z.string().nullable()),
  policyVersion: z.string(),
  requesterId: z.string(),
  expiresAt: z.number(),
  basis: z.enum(APPROVAL_BASES),
  approvals: z.array(
    z.object({
      principalId: z.string(),
      user: z.string(),
      onBehalfOf: z.string().exactOptional(),
      at: z.number(),
    }),
  ),
  decidedAt: z.number(),
});

export const signedApprovalSchema: z.ZodType<SignedApproval> = z.object({
  statement: statementSchema,
  signature: z.object({ keyId: z.string(), value: z.string() }),
});

export const breakGlassSchema: z.ZodType<BreakGlass> = z.object({
  by: principalSchema,
  reason: z.string(),
  at: z.number(),
  reviewDueAt: z.number(),
  review: z.object({ by: principalSchema, text: z.string(), at: z.number() }).exactOptional(),
});

export const delegationSchema: z.ZodType<Delegation> = z.object({
  id: z.string().min(1),
  from: principalSchema,
  to: principalSchema,
  reason: z.string(),
  at: z.number(),
  until: z.number(),
  version: z.int().min(1),
});
