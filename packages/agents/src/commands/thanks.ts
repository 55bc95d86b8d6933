import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { withLightTouch } from './light-touch.ts';
import { answer, type Outcome } from './outcome.ts';

/** Answers a thank-you, briefly. */
export async function thanks(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  return withLightTouch(context, asked, 'thanks', answer('You are welcome.'));
}
