import { OpsError } from '@jamie/core';
import { z } from 'zod';
import type { ApiContext } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';
import { conversationKeySchema, transcriptSchema } from '../schemas/conversation-schema.ts';

/** Where answers are read. */
export function conversationRoutes({ desk }: ApiContext): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/conversations/{key}',
      operationId: 'readConversation',
      summary: 'The messages of a conversation of the page or the CLI, oldest first.',
      params: z.object({ key: conversationKeySchema }),
      answers: { 200: { description: 'The conversation.', schema: transcriptSchema } },
      async handle({ params }) {
        const conversation = await desk.findConversationAt({ surface: 'local', key: params.key });
        if (conversation === undefined) {
          throw new OpsError('not_found', 'conversation not found', {
            userMessage: 'There is no such conversation yet. It begins with the first request.',
          });
        }
        const messages = await desk.readTranscript(conversation.id);
        // Typed, so that core's message and the documented one cannot drift apart.
        const body: z.input<typeof transcriptSchema> = { conversationId: conversation.id, messages };
        return { status: 200, body };
      },
    }),
  ];
}
