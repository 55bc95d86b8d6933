import {
  type JsonValue,
  KINDS,
  type Kind,
  type ObjectRef,
  type Principal,
  type WorkloadRef,
} from '@jamie/core';
import { z } from 'zod';

/** A branded id: any text but the empty one. */
export function idSchema<Id extends string>(): z.ZodType<Id> {
  return z.custom<Id>((value) => typeof value === 'string' && value !== '', 'must be an id');
}

/** Anything that JSON.parse gave us. */
export const jsonSchema = z.custom<JsonValue>((value) => value !== undefined);

export const principalSchema: z.ZodType<Principal> = z.object({
  id: z.string(),
  displayName: z.string(),
  kubernetes: z.object({ user: z.string(), groups: z.array(z.string()) }),
  teams: z.array(z.string()).exactOptional(),
  source: z.enum(['slack', 'local', 'automation']),
});

const kindSchema = z.custom<Kind>((value) => typeof value === 'string' && Object.hasOwn(KINDS, value));

export const objectRefSchema: z.ZodType<ObjectRef> = z.object({
  kind: kindSchema,
  namespace: z.string().exactOptional(),
  name: z.string(),
});

export const workloadRefSchema: z.ZodType<WorkloadRef> = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']),
  namespace: z.string(),
  name: z.string(),
});
