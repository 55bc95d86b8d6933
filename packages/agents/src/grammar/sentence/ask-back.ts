import type { Intent } from '../command-list.ts';
import { formatIntent } from '../format-intent.ts';
import type { AskReason, ParsedText } from '../intent.ts';

/** Most commands that are offered with a question. */
const MAX_OPTIONS = 3;

const QUESTIONS: Readonly<Record<AskReason, string>> = {
  condition: 'I cannot wait for a condition. Tell me without the "if" once you know, and I will plan it.',
  timing: 'I cannot do that at another time; I plan changes now. Ask again when it is time.',
  negation: 'I am not changing anything. If you want to know how it is, ask: why checkout.',
  several_targets:
    'I change one object at a time when I am asked in words. Which one first? Commands can be joined: pause checkout then restart web.',
  several_actions: 'I make one change at a time. Which one first?',
  missing_target: 'I do not know which one you mean. Name it, for example: restart checkout -n payments.',
  missing_amount: 'How many replicas? Say a number, for example: scale checkout 5.',
  unclear_amount: 'I am not sure how many replicas you want. Say one number, for example: scale checkout 5.',
  unclear_order:
    'I am not sure whether that is an order. If it is, say it as one, for example: restart checkout.',
  qualifier:
    'There is a part of that which I cannot honour, so I have not planned it. Say it without that part.',
  unsupported: 'I cannot do that. Type help for everything that I can do.',
  not_understood: 'I did not understand that. Type help for what I can do.',
};

/** A question back, with what it may have meant. Nothing happens unless one of the options is chosen. */
export function askBack(reason: AskReason, intents: readonly Intent[] = [], question?: string): ParsedText {
  const commands = [...new Set(withoutPronouns(intents).map(formatIntent))].slice(0, MAX_OPTIONS);
  return {
    kind: 'ask',
    reason,
    question: question ?? QUESTIONS[reason],
    options: commands.map((command) => ({ label: command, command })),
  };
}

/** Where one option names the object, "it" in another says the same with less. */
function withoutPronouns(intents: readonly Intent[]): readonly Intent[] {
  const named = intents.filter((intent) => !('words' in intent) || intent.words.join(' ') !== 'it');
  return named.length === 0 ? intents : named;
}
