import { type SlackWorld, textOf } from '../slack-world.ts';
import type { Surface } from './surface.ts';

/** A channel of the emulated Slack, where one person types after /jamie, each time into a thread of its own. */
export function slackSurface(world: SlackWorld, person: string): Surface {
  const channel = world.newChannel();
  return {
    name: 'Slack',
    async ask(command) {
      const before = world.answers(channel);
      world.command(channel, person, command);
      const answer = await world.answer(channel, /\S/, before);
      await world.settle();
      return textOf(answer);
    },
    close: async () => undefined,
  };
}
