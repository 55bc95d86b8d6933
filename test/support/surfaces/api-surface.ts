import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Surface } from './surface.ts';

const ANSWER_WITHIN_MS = 30_000;
const POLL_MS = 30;

const submittedSchema = z.object({ requestId: z.string() });
const transcriptSchema = z.object({
  messages: z.array(
    z.object({
      message: z.object({ requestId: z.string(), author: z.string(), body: z.unknown() }),
      card: z.unknown().optional(),
    }),
  ),
});

/** The HTTP API as a script uses it: hand in, read the conversation until the answer stands there. */
export function apiSurface(link: string): Surface {
  const address = new URL(link);
  const headers = {
    authorization: `Bearer ${address.searchParams.get('token')}`,
    'content-type': 'application/json',
  };
  const conversationKey = `api-${randomUUID()}`;

  async function call(path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(new URL(path, address.origin), { headers, ...init });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  return {
    name: 'API',
    async ask(text) {
      const { requestId } = submittedSchema.parse(
        await call('/v1/requests', { text, form: 'command', conversationKey, idempotencyKey: randomUUID() }),
      );
      const deadline = Date.now() + ANSWER_WITHIN_MS;
      while (Date.now() < deadline) {
        const { messages } = transcriptSchema.parse(await call(`/v1/conversations/${conversationKey}`));
        const answer = messages.find(
          ({ message }) => message.requestId === requestId && message.author === 'jamie',
        );
        if (answer !== undefined) return JSON.stringify(answer);
        await sleep(POLL_MS);
      }
      throw new Error(`no answer to ${text}`);
    },
    close: async () => undefined,
  };
}
