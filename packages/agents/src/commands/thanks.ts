import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { withLightTouch } from './light-touch.ts';
import { answer, type Outcome } from './outcome.ts';

const THANKS = /\b(thank|thanks|thx|ta|cheers)\b/i;
const GREETING = /^\W*(hi|hiya|hello|hey|good (morning|afternoon|evening|day))\b/i;

/** A word between colleagues: answers thanks, or a greeting that came instead of a question. */
export async function thanks(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const { text } = asked.request;
  return GREETING.test(text) && !THANKS.test(text)
    ? withLightTouch(context, asked, 'greeting', answer('Hello. Ask me how something is, or type help.'))
    : withLightTouch(context, asked, 'thanks', answer('You are welcome.'));
}
