import type { AgentsContext } from '../agents-context.ts';
import type { CommandName, IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import type { Outcome } from './outcome.ts';

/** Answers one command. Reads as the person who asked; an effect on a cluster is only ever a plan. */
export type Handler<Name extends CommandName> = (
  context: AgentsContext,
  asked: CommandRequest,
  intent: IntentOf<Name>,
) => Promise<Outcome>;

/** One handler for each command: a command without one does not compile. A question in words of one's own has none. */
export type Handlers = { readonly [Name in Exclude<CommandName, 'ask'>]: Handler<Name> };
