import type { ShownMessage, Submitted } from '@jamie/core';
import { z } from 'zod';
import type { ErrorAnswer } from '../error-answer.ts';
import { conversationKeySchema, submissionSchema } from '../schemas/conversation-schema.ts';

/** What a client may send. Without a cookie, authenticate comes first. */
const clientFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('authenticate'), token: z.string().max(256) }),
  z.strictObject({ type: z.literal('subscribe'), conversationKey: conversationKeySchema }),
  submissionSchema.extend({ type: z.literal('submit') }),
]);

export type ClientFrame = z.output<typeof clientFrameSchema>;

/** What the server sends. */
export type ServerFrame =
  | { readonly type: 'authenticated' }
  | { readonly type: 'subscribed'; readonly conversationKey: string }
  | ({ readonly type: 'submitted'; readonly idempotencyKey?: string } & Submitted)
  | { readonly type: 'message'; readonly shown: ShownMessage }
  | ({ readonly type: 'error' } & ErrorAnswer['body']);

/** Reads a frame; undefined when it is not JSON or not one of ours. */
export function parseClientFrame(text: string): ClientFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return clientFrameSchema.safeParse(value).data;
}
