import { isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { Intent } from '../grammar/command-list.ts';
import type { ParsedText } from '../grammar/intent.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { parseSentence } from '../grammar/parse-sentence.ts';
import { type Vocabulary, vocabularyOf } from '../grammar/vocabulary.ts';
import type { CommandRequest } from './command-request.ts';
import type { Handler } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { asking, type Outcome } from './outcome.ts';
import { whereToLook } from './where-to-look.ts';

/** Understands a request and answers it. A command never enters a graph, and a question never becomes a change. */
export async function answerRequest(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const { form, text } = asked.request;
  const parsed =
    form === 'command' ? parseCommand(text) : parseSentence(text, await readVocabulary(context, asked));
  return answerParsed(context, asked, parsed);
}

/** Answers what was understood, or asks back. */
export async function answerParsed(
  context: AgentsContext,
  asked: CommandRequest,
  parsed: ParsedText,
): Promise<Outcome> {
  switch (parsed.kind) {
    case 'invalid':
      return asking(parsed.message, 'Did you mean this?', parsed.options ?? []);
    case 'ask':
      return asking(parsed.question, 'What did you mean?', parsed.options);
    case 'intent':
      return answerIntent(context, asked, parsed.intent);
  }
}

/** Runs the handler of an intent. */
export function answerIntent(
  context: AgentsContext,
  asked: CommandRequest,
  intent: Intent,
): Promise<Outcome> {
  // The map's type ties each handler to its intent; the compiler cannot follow that through an index.
  const handler = HANDLERS[intent.kind] as Handler<Intent['kind']>;
  return handler(context, asked, intent);
}

/** The names in force where the request was made. A cluster that is away has none, and the sentence is read without. */
async function readVocabulary(context: AgentsContext, asked: CommandRequest): Promise<Vocabulary> {
  const clusters = context.clusters.list().map(({ name }) => name);
  try {
    const { connection } = await whereToLook(context, asked, {});
    return vocabularyOf(await connection.snapshots.snapshot(), clusters);
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return vocabularyOf(undefined, clusters);
  }
}
