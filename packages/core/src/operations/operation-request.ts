import { z } from 'zod';
import type { PlanId } from '../ids.ts';
import { parsePlanId } from '../ids.ts';

const dnsName = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be a Kubernetes name');

const workloadRef = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']),
  namespace: dnsName,
  name: dnsName,
});

const planId = z.string().transform((text, context): PlanId => {
  const id = parsePlanId(text);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom', message: 'must be a plan id such as p-4k7d2m9q' });
  return z.NEVER;
});

/** The operations that a person may ask for, with typed parameters. No free text ever becomes one of these. */
export const operationRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scale'), target: workloadRef, replicas: z.int().min(0).max(10_000) }),
  z.object({ kind: z.literal('restart'), target: workloadRef }),
  z.object({ kind: z.literal('rollback'), target: workloadRef, toRevision: z.int().min(1).optional() }),
  z.object({ kind: z.literal('undo'), planId }),
]);

export type OperationRequest = z.infer<typeof operationRequestSchema>;
