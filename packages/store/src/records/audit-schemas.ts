import type { AuditRemoval, Signature, SignedAuditHead } from '@jamie/core';
import { z } from 'zod';

const signatureSchema: z.ZodType<Signature> = z.object({ keyId: z.string(), value: z.string() });

export const signedAuditHeadSchema: z.ZodType<SignedAuditHead> = z.object({
  sequence: z.int(),
  hash: z.string(),
  at: z.number(),
  previousSignature: z.string(),
  signature: signatureSchema,
});

export const auditRemovalSchema: z.ZodType<AuditRemoval> = z.object({
  upTo: z.int(),
  hash: z.string(),
  removedAt: z.number(),
  count: z.int(),
  by: z.string(),
  rule: z.string(),
  signature: signatureSchema,
});
