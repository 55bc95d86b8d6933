import { OpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { findCommand, type Intent } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import type { ParsedText } from '../grammar/intent.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { parseSentence } from '../grammar/parse-sentence.ts';
import { handToScarlet } from '../scarlet/hand-to-scarlet.ts';
import type { CommandRequest } from './command-request.ts';
import type { Handler } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { asking, type Outcome } from './outcome.ts';
import { pinOffers } from './pin-offers.ts';
import { readVocabulary } from './read-vocabulary.ts';

/**
 * Understands a request and answers it. A command never enters a graph, and a question never becomes a change. Any other
 * sentence is Jamie's. What the answer offers means the same later on.
 */
export async function answerRequest(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  return pinOffers(context, asked, await understandAndAnswer(context, asked));
}

async function understandAndAnswer(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const { form, text } = asked.request;
  const typed = parseCommand(text);
  if (form === 'command' && !asksAboutChange(text, typed)) return answerParsed(context, asked, typed);
  return (await isTyped(context, asked, typed))
    ? answerParsed(context, asked, typed)
    : answerSentence(context, asked, text);
}

/** `/jamie restart checkout?` asks; names of objects hold no question mark. */
function asksAboutChange(text: string, typed: ParsedText): boolean {
  if (typed.kind !== 'intent' || findCommand(typed.intent.kind)?.tier !== 'change') return false;
  const { intent } = typed;
  const words = 'words' in intent ? intent.words : 'commands' in intent ? intent.commands : [];
  return [text.trimEnd(), ...words].some((word) => /\?(?:\s|$)/.test(word));
}

/** Answers what was understood, or asks back. */
async function answerParsed(
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

/** Runs the handler of an intent; a question in words of one's own has none, it goes to Jamie. */
async function answerIntent(context: AgentsContext, asked: CommandRequest, intent: Intent): Promise<Outcome> {
  if (intent.kind === 'ask') return answerSentence(context, asked, intent.question);
  // The map's type ties each handler to its intent; the compiler cannot follow that through an index.
  const handler = HANDLERS[intent.kind] as Handler<typeof intent.kind>;
  return handler(context, asked, intent);
}

/** A sentence is a typed command where the grammar of sentences reads it as the very same: `restart it?` is none. */
async function isTyped(context: AgentsContext, asked: CommandRequest, typed: ParsedText): Promise<boolean> {
  if (typed.kind !== 'intent') return false;
  // What is to happen stands in the manifest, not in the words.
  if (typed.intent.kind === 'apply') return !asked.request.text.includes('?');
  const vocabulary = await readVocabulary(context, asked);
  const isSame = (text: string, intent: Intent) => {
    const sentence = parseSentence(text, vocabulary);
    return sentence.kind === 'intent' && formatIntent(sentence.intent) === formatIntent(intent);
  };
  if (typed.intent.kind !== 'several') return isSame(asked.request.text, typed.intent);
  return typed.intent.commands.every((command) => {
    const each = parseCommand(command);
    return each.kind === 'intent' && isSame(command, each.intent);
  });
}

/**
 * Jamie answers what only reads. An intent with an effect is handled when the graph has ended, so that no resumed node
 * repeats it; repeating the whole is harmless, because handlers are. A plan goes to Scarlet.
 */
async function answerSentence(
  context: AgentsContext,
  asked: CommandRequest,
  question: string,
): Promise<Outcome> {
  // Graphs and what speaks to models are loaded with the first sentence: a start needs neither.
  const [{ runJamie }, { modelHelpOf }] = await Promise.all([
    import('../jamie/run-jamie.ts'),
    import('../jamie/model-help.ts'),
  ]);
  const ending = await runJamie({
    context,
    asked,
    question,
    ...(context.model !== undefined && { model: modelHelpOf(context.model) }),
    answerIntent: (intent) => answerIntent(context, asked, intent),
  });
  if (ending.kind === 'answer') return ending.outcome;
  if (asked.signal?.aborted === true) throw new OpsError('cancelled', 'the request was stopped');
  return handToScarlet(await answerIntent(context, asked, ending.intent));
}
