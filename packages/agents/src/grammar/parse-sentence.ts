import { findCommand, type Intent } from './command-list.ts';
import type { ParsedText } from './intent.ts';
import { parseCommand } from './parse-command.ts';
import type { Vocabulary } from './vocabulary.ts';

const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about all an and how are at be been being broken can could crash crashes crashing did do does doing down error errors
  failing fails fail for from gone going had happened happening has have hello help hey hi i in is isn't it its jamie keep keeps me
  my not now of on or our out pending please pod pods problem ready restart restarting restarts scarlet service services
  should slow so still stuck tell that the there this to unavailable unhealthy up us was we what what's whats when
  where which who why will with working would wrong you your deployment app application cluster namespace thanks`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words that ask for the whole rather than for something by name. */
const WHOLE_WORDS: ReadonlySet<string> = new Set(
  'health healthy status overview everything anything things thing ok okay well fine looking'.split(' '),
);

/**
 * Reads a sentence. A command typed as such is that command; a question is only ever a question, whatever words it
 * holds. The words that may name something are left for the cluster to resolve.
 */
export function parseSentence(text: string, _vocabulary: Vocabulary): ParsedText {
  const sentence = text
    .trim()
    .replace(/^(hey|hi|hello)?[\s,]*(@?jamie|@?scarlet)[\s,:]+/i, '')
    .trim();
  if (sentence === '') return { kind: 'intent', intent: { kind: 'help' } };
  const isQuestion = sentence.endsWith('?');
  const [first = ''] = sentence.toLowerCase().split(/\s+/);
  const isCommandWord = findCommand(first) !== undefined;
  if (isCommandWord && !isQuestion && first !== 'why') return parseCommand(sentence);
  return { kind: 'intent', intent: questionOf(sentence) };
}

function questionOf(sentence: string): Intent {
  const namespace =
    /\b(?:in|-n|namespace)\s+(?:the\s+|namespace\s+)*([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\b/i.exec(
      sentence,
    )?.[1];
  const words = sentence
    .replaceAll(/'s\b|n't\b/gi, '')
    .replaceAll(/[?!,;:"'`()<>]|\.(\s|$)/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('-') && !STOP_WORDS.has(word.toLowerCase()));
  const place = namespace === undefined || STOP_WORDS.has(namespace.toLowerCase()) ? {} : { namespace };
  const names = words.filter((word) => word !== place.namespace);
  if (names.every((name) => WHOLE_WORDS.has(name.toLowerCase()))) return { kind: 'health', place };
  return { kind: 'why', words: names, place };
}
