import type {
  Conversation,
  ConversationId,
  ConversationPlace,
  CorrelationId,
  Message,
  MessageId,
  PlanId,
  Request,
  RequestId,
} from '@jamie/core';
import { z } from 'zod';
import { idSchema, objectRefSchema, principalSchema } from './field-schemas.ts';
import { replySchema } from './reply-schema.ts';

const placeSchema: z.ZodType<ConversationPlace> = z.discriminatedUnion('surface', [
  z.object({
    surface: z.literal('slack'),
    teamId: z.string(),
    channelId: z.string(),
    threadTs: z.string(),
  }),
  z.object({ surface: z.literal('local'), key: z.string() }),
]);

export const conversationSchema: z.ZodType<Conversation> = z.object({
  id: idSchema<ConversationId>(),
  place: placeSchema,
  cluster: z.string().exactOptional(),
  focus: objectRefSchema.exactOptional(),
  createdAt: z.number(),
  version: z.int(),
});

export const messageSchema: z.ZodType<Message> = z.object({
  id: idSchema<MessageId>(),
  conversationId: idSchema<ConversationId>(),
  requestId: idSchema<RequestId>(),
  author: z.enum(['person', 'jamie']),
  authorName: z.string(),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('reply'), reply: replySchema }),
  ]),
  planId: idSchema<PlanId>().exactOptional(),
  inThreadOf: idSchema<MessageId>().exactOptional(),
  at: z.number(),
  version: z.int(),
  slack: z
    .object({
      claimedUntil: z.number().exactOptional(),
      ts: z.string().exactOptional(),
      channelId: z.string().exactOptional(),
      movedBecause: z.string().exactOptional(),
      parts: z.array(z.string()).readonly().exactOptional(),
      isDigest: z.boolean().exactOptional(),
      permalink: z.string().exactOptional(),
      shownVersion: z.number(),
    })
    .exactOptional(),
});

export const requestSchema: z.ZodType<Request> = z.object({
  id: idSchema<RequestId>(),
  conversationId: idSchema<ConversationId>(),
  correlationId: idSchema<CorrelationId>(),
  principal: principalSchema,
  slackPerson: z.object({ teamId: z.string(), userId: z.string() }).exactOptional(),
  form: z.enum(['command', 'sentence']),
  text: z.string(),
  about: z.string().exactOptional(),
  manifest: z.string().exactOptional(),
  receivedAt: z.number(),
  status: z.enum(['open', 'answered']),
  version: z.int(),
});
