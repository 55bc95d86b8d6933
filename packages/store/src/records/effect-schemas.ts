import type {
  AuditEntry,
  CorrelationId,
  Defaults,
  FreezeState,
  InboxDelivery,
  JobRequest,
  JsonObject,
  PlanId,
} from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import { z } from 'zod';
import { idSchema, principalSchema } from './field-schemas.ts';

const jsonObjectSchema = z.custom<JsonObject>(isJsonObject, 'must be an object');

export const auditEntrySchema: z.ZodType<AuditEntry> = z.object({
  at: z.number(),
  kind: z.string(),
  actor: z.string(),
  correlationId: idSchema<CorrelationId>(),
  planId: idSchema<PlanId>().exactOptional(),
  details: jsonObjectSchema,
});

export const defaultsSchema: z.ZodType<Defaults> = z.object({
  scope: z.string(),
  namespace: z.string().exactOptional(),
  cluster: z.string().exactOptional(),
  version: z.int(),
});

export const freezeStateSchema: z.ZodType<FreezeState> = z.object({
  frozen: z.boolean(),
  reason: z.string(),
  by: principalSchema.exactOptional(),
  at: z.number(),
  version: z.int(),
});

export const jobRequestSchema: z.ZodType<JobRequest> = z.object({
  name: z.string(),
  payload: jsonObjectSchema,
  deduplicationId: z.string(),
  runAt: z.number().exactOptional(),
  correlationId: idSchema<CorrelationId>(),
});

export const inboxDeliverySchema: z.ZodType<InboxDelivery> = z.object({
  id: z.string(),
  keys: z.array(z.string()),
  lane: z.string().exactOptional(),
  transport: z.enum(['socket', 'http']),
  payload: jsonObjectSchema,
  receivedAt: z.number(),
});
