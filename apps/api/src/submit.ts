import type { Principal, Submitted } from '@jamie/core';
import type { z } from 'zod';
import type { ApiContext } from './api-options.ts';
import type { submissionSchema } from './schemas/conversation-schema.ts';

/** Hands in what a person asks, over HTTP or WebSocket alike. Without an idempotency key every call is a new request. */
export async function submitFor(
  { desk, ids, metrics }: ApiContext,
  principal: Principal,
  submission: z.output<typeof submissionSchema>,
): Promise<Submitted> {
  const { text, form, conversationKey, idempotencyKey, manifest } = submission;
  const { requestId, conversationId } = await desk.submit({
    // A client's key must never meet a key of another surface.
    idempotencyKey: `local:${idempotencyKey ?? ids.next('once')}`,
    principal,
    place: { surface: 'local', key: conversationKey },
    form,
    text,
    ...(manifest !== undefined && { manifest }),
  });
  metrics.increment('jamie_requests_submitted_total', { surface: 'local', form });
  return { requestId, conversationId };
}
