import { COMMANDS } from '@jamie/agents/grammar';
import { z } from 'zod';
import type { ApiContext } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';

const commandSchema = z.strictObject({
  name: z.string(),
  aliases: z.array(z.string()).readonly(),
  tier: z.enum(['read', 'change', 'decide', 'switch', 'settings']),
  summary: z.string(),
  usage: z.string(),
  examples: z.array(z.string()).readonly(),
  parameters: z.record(z.string(), z.unknown()).describe('JSON Schema of what the words are read into.'),
});

/** Where a client finds out what can be asked: the same list as help. */
export function commandRoutes(_context: ApiContext): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/commands',
      operationId: 'listCommands',
      summary:
        'Every command: how it is typed, and what it may bring about. Send one as the text of a request.',
      answers: {
        200: {
          description: 'The commands.',
          schema: z.strictObject({ commands: z.array(commandSchema).readonly() }),
        },
      },
      async handle() {
        const commands = COMMANDS.map(({ name, aliases, tier, summary, usage, examples, parameters }) => ({
          ...{ name, aliases, tier, summary, usage, examples },
          parameters: z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' }),
        }));
        return { status: 200, body: { commands } };
      },
    }),
  ];
}
