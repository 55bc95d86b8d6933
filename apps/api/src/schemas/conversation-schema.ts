import { KINDS, type Kind, operationRequestSchema } from '@jamie/core';
import { z } from 'zod';
import { planCardSchema, planIdSchema } from './plan-card-schema.ts';

const objectRef = z.strictObject({
  kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  namespace: z.string().optional(),
  name: z.string(),
});

const evidence = z.strictObject({
  id: z.string(),
  source: z.enum(['object', 'event', 'log']),
  ref: objectRef,
  where: z.string(),
  observedAt: z.number(),
  text: z.string(),
});

const title = z.string().optional();
const section = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), title, lines: z.array(z.string()).readonly() }),
  z.strictObject({ kind: z.literal('list'), title, items: z.array(z.string()).readonly() }),
  z.strictObject({
    kind: z.literal('table'),
    title,
    columns: z.array(z.string()).readonly(),
    rows: z.array(z.array(z.string()).readonly()).readonly(),
  }),
  z.strictObject({ kind: z.literal('code'), title, text: z.string() }),
  z.strictObject({ kind: z.literal('evidence'), title, evidence: z.array(evidence).readonly() }),
]);

/** Something to ask for with one click: a command as it would be typed. */
const option = z.strictObject({ label: z.string(), command: z.string() });

/** An answer as people read it. */
export const replySchema = z.strictObject({
  tone: z.enum(['answer', 'refusal', 'error']),
  headline: z.string(),
  sections: z.array(section).readonly(),
  proposals: z
    .array(
      z.strictObject({ label: z.string(), advice: z.string(), operation: operationRequestSchema.optional() }),
    )
    .readonly(),
  choice: z.strictObject({ prompt: z.string(), options: z.array(option).readonly() }).optional(),
  followUps: z.array(option).readonly().optional(),
  files: z
    .array(z.strictObject({ name: z.string(), title: z.string(), text: z.string() }))
    .readonly()
    .optional(),
  followingUntil: z.number().optional(),
  planId: planIdSchema.optional(),
  about: planIdSchema.optional(),
  referenceId: z.string().optional(),
});

const message = z.strictObject({
  id: z.string(),
  conversationId: z.string(),
  requestId: z.string(),
  author: z.enum(['person', 'jamie']),
  authorName: z.string(),
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string() }),
    z.strictObject({ kind: z.literal('reply'), reply: replySchema }),
  ]),
  planId: planIdSchema.optional(),
  at: z.number(),
  version: z.number(),
  slack: z
    .strictObject({
      claimedUntil: z.number().optional(),
      ts: z.string().optional(),
      permalink: z.string().optional(),
      shownVersion: z.number(),
    })
    .optional(),
});

const conversation = z.strictObject({
  id: z.string(),
  place: z.discriminatedUnion('surface', [
    z.strictObject({
      surface: z.literal('slack'),
      teamId: z.string(),
      channelId: z.string(),
      threadTs: z.string(),
    }),
    z.strictObject({ surface: z.literal('local'), key: z.string() }),
  ]),
  cluster: z.string().optional(),
  focus: objectRef.optional(),
  createdAt: z.number(),
  version: z.number(),
});

/** A message with its conversation and, where it shows a plan, the live card. */
const shownMessageSchema = z.strictObject({ message, conversation, card: planCardSchema.optional() });

/** Names a conversation of the page or the CLI. */
export const conversationKeySchema = z
  .string()
  .regex(
    /^[A-Za-z0-9._:-]{1,128}$/,
    'must be 1 to 128 letters, digits, dots, colons, hyphens or underscores',
  );

/** What somebody asks for. The same idempotency key is the same request, however often it is sent. */
export const submissionSchema = z.strictObject({
  text: z.string().trim().min(1, 'must not be empty').max(4_000, 'must have at most 4000 characters'),
  form: z.enum(['command', 'sentence']),
  conversationKey: conversationKeySchema,
  manifest: z
    .string()
    .max(256 * 1024, 'must have at most 256 KiB')
    .describe('The YAML or JSON that the command apply is about.')
    .optional(),
  idempotencyKey: z
    .string()
    .regex(
      /^[A-Za-z0-9._:-]{1,128}$/,
      'must be 1 to 128 letters, digits, dots, colons, hyphens or underscores',
    )
    .optional(),
});

export const submittedSchema = z.strictObject({ requestId: z.string(), conversationId: z.string() });

/** A conversation's messages, oldest first. */
export const transcriptSchema = z.strictObject({
  conversationId: z.string(),
  messages: z.array(shownMessageSchema).readonly(),
});
