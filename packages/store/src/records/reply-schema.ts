import {
  type Evidence,
  type EvidenceId,
  operationRequestSchema,
  type PlanId,
  type Proposal,
  type Reply,
  type ReplyChart,
  type ReplyOption,
  type ReplySection,
} from '@jamie/core';
import { z } from 'zod';
import { idSchema, objectRefSchema } from './field-schemas.ts';

const evidenceSchema: z.ZodType<Evidence> = z.object({
  id: idSchema<EvidenceId>(),
  source: z.enum(['object', 'event', 'log']),
  ref: objectRefSchema,
  where: z.string(),
  observedAt: z.number(),
  text: z.string(),
});

const proposalSchema: z.ZodType<Proposal> = z.object({
  label: z.string(),
  advice: z.string(),
  operation: operationRequestSchema.exactOptional(),
});

const title = z.string().exactOptional();

const sectionSchema: z.ZodType<ReplySection> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), title, lines: z.array(z.string()) }),
  z.object({ kind: z.literal('list'), title, items: z.array(z.string()) }),
  z.object({
    kind: z.literal('table'),
    title,
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
  }),
  z.object({ kind: z.literal('code'), title, text: z.string() }),
  z.object({ kind: z.literal('evidence'), title, evidence: z.array(evidenceSchema) }),
]);

const chartSchema: z.ZodType<ReplyChart> = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  unit: z.string(),
  bars: z.array(z.object({ label: z.string(), value: z.number(), limit: z.number().exactOptional() })),
});

const optionSchema: z.ZodType<ReplyOption> = z.object({ label: z.string(), command: z.string() });

export const replySchema: z.ZodType<Reply> = z.object({
  tone: z.enum(['answer', 'refusal', 'error']),
  headline: z.string(),
  sections: z.array(sectionSchema),
  proposals: z.array(proposalSchema),
  choice: z.object({ prompt: z.string(), options: z.array(optionSchema) }).exactOptional(),
  followUps: z.array(optionSchema).exactOptional(),
  files: z.array(z.object({ name: z.string(), title: z.string(), text: z.string() })).exactOptional(),
  charts: z.array(chartSchema).exactOptional(),
  followingUntil: z.number().exactOptional(),
  planId: idSchema<PlanId>().exactOptional(),
  about: idSchema<PlanId>().exactOptional(),
  referenceId: z.string().exactOptional(),
});
