import { OpsError, type RequestId } from '@jamie/core';
import { z } from 'zod';
import type { ApiContext } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';
import { submissionSchema, submittedSchema, transcriptSchema } from '../schemas/conversation-schema.ts';
import { submitFor } from '../submit.ts';

/** Where people ask. */
export function requestRoutes(context: ApiContext): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/v1/requests',
      operationId: 'submitRequest',
      summary: 'Ask or command. Durable when answered; the reply appears as a message of the conversation.',
      body: submissionSchema,
      // A manifest of 256 KiB, its line ends escaped.
      bodyLimitBytes: 600 * 1024,
      answers: { 202: { description: 'Stored.', schema: submittedSchema } },
      async handle({ body, person }) {
        return { status: 202, body: await submitFor(context, person, body) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/requests/{requestId}',
      operationId: 'readRequest',
      summary: 'What a request of the page or the CLI has brought so far, oldest first.',
      params: z.object({ requestId: z.string().min(1).max(200) }),
      answers: { 200: { description: 'Its messages.', schema: transcriptSchema } },
      async handle({ params }) {
        const messages = await context.desk.readRequest(params.requestId as RequestId);
        const conversation = messages[0]?.conversation;
        // What was asked elsewhere is shown there, to whoever may read it there.
        if (conversation?.place.surface !== 'local') {
          throw new OpsError('not_found', 'request not found', {
            userMessage: 'There is no such request of the page or the CLI.',
          });
        }
        const body: z.input<typeof transcriptSchema> = { conversationId: conversation.id, messages };
        return { status: 200, body };
      },
    }),
  ];
}
