import { inStep } from '../../commands/in-step.ts';
import { readVocabulary } from '../../commands/read-vocabulary.ts';
import { findCommand, type Intent } from '../../grammar/command-list.ts';
import type { AskReason, ParsedText } from '../../grammar/intent.ts';
import { parseSentence } from '../../grammar/parse-sentence.ts';
import type { Vocabulary } from '../../grammar/vocabulary.ts';
import type { JamieRun } from '../jamie-run.ts';
import type { JamieState, Understood } from '../jamie-state.ts';
import { completeFromAbout, diagnoseAbout } from '../read-about.ts';

/** Where the grammar understood nothing, a model may choose what to look at; where it has doubts, only the person may. */
const MAY_CHOOSE: ReadonlySet<AskReason> = new Set(['not_understood']);

/** Reads the question with the grammar and the names in force. */
export async function understand(_state: JamieState, run: JamieRun): Promise<Partial<JamieState>> {
  const vocabulary = await inStep(run.asked, 'Working out what is asked', () =>
    readVocabulary(run.context, run.asked),
  );
  return { understood: judge(complete(parse(run.question, vocabulary), run, vocabulary), run, vocabulary) };
}

/** "Ask why it is slow" asks why it is slow; asking to ask again is no question. */
function parse(question: string, vocabulary: Vocabulary): ParsedText {
  const parsed = parseSentence(question, vocabulary);
  if (parsed.kind !== 'intent' || parsed.intent.kind !== 'ask') return parsed;
  const asked = parseSentence(parsed.intent.question, vocabulary);
  if (asked.kind !== 'intent' || asked.intent.kind !== 'ask') return asked;
  return { kind: 'ask', reason: 'not_understood', question: 'What would you like to know?', options: [] };
}

/** What the question leaves open, from the text that it is about. */
function complete(parsed: ParsedText, { asked }: JamieRun, vocabulary: Vocabulary): ParsedText {
  const { about } = asked.request;
  if (parsed.kind === 'intent')
    return { kind: 'intent', intent: completeFromAbout(parsed.intent, about, vocabulary) };
  if (parsed.kind !== 'ask' || parsed.reason !== 'not_understood') return parsed;
  const intent = diagnoseAbout(about, vocabulary);
  return intent === undefined ? parsed : { kind: 'intent', intent };
}

function judge(parsed: ParsedText, run: JamieRun, vocabulary: Vocabulary): Understood {
  const hasModel = run.model !== undefined;
  switch (parsed.kind) {
    case 'invalid':
      return unclear(parsed.message, 'Did you mean this?', parsed.options, false);
    case 'ask':
      return unclear(
        parsed.question,
        'What did you mean?',
        parsed.options,
        hasModel && MAY_CHOOSE.has(parsed.reason),
      );
    case 'intent': {
      const { intent } = parsed;
      if (!isRead(intent)) return { kind: 'hand_over', intent };
      return { kind: 'read', intent, mayChoose: hasModel && isVague(intent, run, vocabulary) };
    }
  }
}

function unclear(
  message: string,
  prompt: string,
  options: Extract<ParsedText, { kind: 'ask' }>['options'] | undefined,
  mayChoose: boolean,
): Understood {
  return { kind: 'unclear', message, prompt, options: [...(options ?? [])], mayChoose };
}

/** Whether an intent only looks. What has an effect, or keeps something, never runs inside a graph. */
export function isRead(intent: Intent): boolean {
  return findCommand(intent.kind)?.tier === 'read';
}

/** A why about nothing that there is, where nothing was spoken of before. */
function isVague(intent: Intent, { asked }: JamieRun, { objects }: Vocabulary): boolean {
  if (intent.kind !== 'why' || asked.conversation.focus !== undefined) return false;
  const names = intent.words.map((word) => word.toLowerCase().replace(/^.*\//, ''));
  return !names.some((name) => [...objects].some((object) => object.startsWith(name)));
}
