import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import type { Outcome } from '../commands/outcome.ts';
import type { Intent } from '../grammar/command-list.ts';
import type { ModelHelp } from './model-help.ts';

/** The live side of one run of Jamie's graph: what nodes need and no checkpoint may hold. */
export interface JamieRun {
  readonly context: AgentsContext;
  readonly asked: CommandRequest;
  /** What is asked, in the person's own words. */
  readonly question: string;
  /** Absent while no model is connected. */
  readonly model?: ModelHelp;
  /** Runs the handler of an intent, handed in so that handlers and graph do not know each other. */
  readonly answerIntent: (intent: Intent) => Promise<Outcome>;
}
