import { assertNever } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { Intent } from '../grammar/intent.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { parseSentence } from '../grammar/parse-sentence.ts';
import { change } from './change.ts';
import { clusters } from './clusters.ts';
import type { CommandRequest } from './command-request.ts';
import { decide } from './decide.ts';
import { freeze } from './freeze.ts';
import { health } from './health.ts';
import { help } from './help.ts';
import { type Outcome, refusal } from './outcome.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { why } from './why.ts';

/** Understands a request and answers it. A command never enters a graph, and a question never becomes a change. */
export async function answerRequest(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const { form, text } = asked.request;
  const parsed = form === 'command' ? parseCommand(text) : parseSentence(text);
  if (parsed.kind === 'invalid') return refusal(parsed.message);
  return answerIntent(context, asked, parsed.intent);
}

async function answerIntent(context: AgentsContext, asked: CommandRequest, intent: Intent): Promise<Outcome> {
  switch (intent.kind) {
    case 'help':
      return help(intent.topic);
    case 'status':
      return status(context);
    case 'clusters':
      return clusters(context);
    case 'health':
      return health(context, asked, intent.place);
    case 'why':
      return why(context, asked, intent.words, intent.place);
    case 'scale':
    case 'restart':
    case 'rollback':
      return change(context, asked, intent);
    case 'undo':
      return undo(context, asked, intent.planId);
    case 'approve':
    case 'deny':
      return decide(context, asked, intent.kind, intent.planId, intent.reason);
    case 'freeze':
    case 'unfreeze':
      return freeze(context, asked, intent.kind === 'freeze', intent.reason);
    default:
      return assertNever(intent);
  }
}
