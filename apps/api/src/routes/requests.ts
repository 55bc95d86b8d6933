import type { ApiContext } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';
import { submissionSchema, submittedSchema } from '../schemas/conversation-schema.ts';
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
      answers: { 202: { description: 'Stored.', schema: submittedSchema } },
      async handle({ body, person }) {
        return { status: 202, body: await submitFor(context, person, body) };
      },
    }),
  ];
}
