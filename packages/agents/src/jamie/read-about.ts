import { isPronoun } from '../commands/find-target.ts';
import { findCommand, type Intent } from '../grammar/command-list.ts';
import type { Place } from '../grammar/parameters.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { findSubject } from '../grammar/sentence/find-subject.ts';
import { readSentence } from '../grammar/sentence/sentence.ts';
import type { Vocabulary } from '../grammar/vocabulary.ts';

/** What a text beside the question speaks of. */
interface AboutSubject {
  readonly words: readonly string[];
  readonly place: Place;
}

/** A place as the ask modal writes it, in a line of its own. */
const CHOSEN_PLACE =
  /^(?:(?:deploy|sts|ds)\/[\w.-]+(?: -n [\w.-]+)?|-n [\w.-]+)?(?:(?:^| )--cluster [\w.:@/-]+)?$/u;

/**
 * The intent with what its question leaves open taken from the text that it is about. Only an intent that reads is ever
 * completed: what others wrote may say what is looked at, and never what is changed. Pure.
 */
export function completeFromAbout(intent: Intent, about: string | undefined, vocabulary: Vocabulary): Intent {
  if (about === undefined || findCommand(intent.kind)?.tier !== 'read') return intent;
  const subject = readAbout(about, vocabulary);
  if (intent.kind === 'health' && Object.keys(intent.place).length === 0) {
    return subject.words.length > 0 ? { kind: 'why', ...subject } : { ...intent, place: subject.place };
  }
  if (!('words' in intent) || !intent.words.every(isPronoun)) return intent;
  return {
    ...intent,
    words: subject.words.length > 0 ? subject.words : intent.words,
    place: { ...subject.place, ...intent.place },
  };
}

/** What a question is about whose own words say nothing that we understand; undefined when its text does not either. */
export function diagnoseAbout(about: string | undefined, vocabulary: Vocabulary): Intent | undefined {
  if (about === undefined) return undefined;
  const { words, place } = readAbout(about, vocabulary);
  return words.length === 0 ? undefined : { kind: 'why', words, place };
}

function readAbout(about: string, vocabulary: Vocabulary): AboutSubject {
  const [first = '', ...rest] = about.split('\n');
  const chosen = first !== '' && CHOSEN_PLACE.test(first) ? readChosen(first) : undefined;
  if (chosen !== undefined && chosen.words.length > 0) return chosen;
  const told = readText(chosen === undefined ? about : rest.join('\n'), vocabulary);
  return { words: told.words, place: { ...told.place, ...chosen?.place } };
}

function readChosen(line: string): AboutSubject | undefined {
  const parsed = parseCommand(`why ${line}`);
  return parsed.kind === 'intent' && parsed.intent.kind === 'why' ? parsed.intent : undefined;
}

/** Names that the cluster knows, in what somebody wrote; a name that it does not know may be any word. */
function readText(text: string, vocabulary: Vocabulary): AboutSubject {
  const { words, place } = findSubject(readSentence(text, vocabulary));
  const isKnown = words.every((word) => vocabulary.objects.has(word.toLowerCase().replace(/^.*\//u, '')));
  const { namespace, cluster } = place;
  const isPlace = namespace === undefined || vocabulary.namespaces.has(namespace);
  const where = {
    ...(namespace !== undefined && isPlace && { namespace }),
    ...(cluster !== undefined && vocabulary.clusters.has(cluster) && { cluster }),
  };
  return { words: isKnown ? words : [], place: where };
}
