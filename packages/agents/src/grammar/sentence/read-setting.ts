import type { Intent } from '../command-list.ts';
import type { ParsedText } from '../intent.ts';
import type { Place } from '../parameters.ts';
import { askBack } from './ask-back.ts';
import { cautionAt } from './find-caution.ts';
import type { FoundVerb } from './match-verb.ts';
import { findPhrase, phraseLength } from './phrase-length.ts';
import { reasonAfter } from './read-decision.ts';
import { readPlaceWords } from './read-place-words.ts';
import type { Sentence } from './sentence.ts';
import { COURTESIES } from './words/courtesy.ts';
import { phrasesOf, wordsOf } from './words/phrases.ts';

const USE_FILLERS = phrasesOf(
  'from now on, from here on, henceforth, going forward, from now, by default, as default, as the default, as my default, the default, default, unless i say otherwise, always, only, the, to, in, on, and, my, our, namespace, cluster, instead, is, for everything',
);
const CLEAR_WORDS = wordsOf('clear forget reset remove drop unset');
const FOR_CHANNEL = phrasesOf(
  'for this channel, for the channel, for everyone, for everyone here, for everybody, for all of us, for the whole channel, in this channel, for our channel, for the team, --for channel, here, this channel, for the whole team, for this room, channel',
);
const FOR_ME = phrasesOf('for me, for myself, --for me, just for me, only for me, for me only');
/** What a freeze is of: it always stops everything. */
const FREEZE_WORDS = phrasesOf(
  'everything, all changes, changes, all, all writes, all deployments, all deploys, deployments, deploys, any changes, it all, the lot, all the changes, all operations, all rollouts, releases, all releases, the changes, new changes, all new changes',
);

/** Answers "work in payments from now on". Every word has to be accounted for. */
export function answerUse(sentence: Sentence, found: FoundVerb, before: Place): ParsedText {
  const clear = CLEAR_WORDS.has(found.verb.head[0] ?? '') || sentence.texts.includes('--clear');
  const { place, isForChannel, isExplained } = readUse(sentence, found, before);
  const intent: Intent = { kind: 'use', place, for: isForChannel ? 'channel' : 'me', clear };
  const isComplete = clear !== Object.keys(place).length > 0;
  if (isExplained && isComplete) return { kind: 'intent', intent };
  const question =
    'Where shall I look from now on? Name a namespace or a cluster, for example: use -n payments.';
  return askBack(isExplained ? 'missing_target' : 'qualifier', isComplete ? [intent] : [], question);
}

interface UseReading {
  readonly place: Place;
  readonly isForChannel: boolean;
  readonly isExplained: boolean;
}

function readUse(sentence: Sentence, found: FoundVerb, before: Place): UseReading {
  let place = before;
  let isForChannel = false;
  let isExplained = true;
  let at = found.at + found.verb.head.length;
  // "Set this channel to payments" says for whom in its verb.
  if (
    found.verb.head.includes('channel') ||
    findPhrase(sentence.texts.slice(0, found.at), FOR_CHANNEL) !== -1
  )
    isForChannel = true;
  while (at < sentence.parts.length) {
    const step = at === found.particleAt ? { taken: found.verb.particle.length } : readUseStep(sentence, at);
    const said = step.place ?? {};
    // Two namespaces, or two clusters, are one too many.
    if (step.taken === 0 || Object.keys(said).some((key) => key in place)) isExplained = false;
    place = { ...place, ...said };
    if (step.isForChannel === true) isForChannel = true;
    at += Math.max(1, step.taken);
  }
  return { place, isForChannel, isExplained };
}

interface UseStep {
  readonly taken: number;
  readonly place?: Place;
  readonly isForChannel?: boolean;
}

function readUseStep({ parts, texts }: Sentence, at: number): UseStep {
  const channel = phraseLength(texts, at, FOR_CHANNEL);
  if (channel > 0) return { taken: channel, isForChannel: true };
  const own = phraseLength(texts, at, FOR_ME);
  if (own > 0) return { taken: own };
  const found = readPlaceWords(parts, at);
  if (found !== undefined) return found;
  const part = parts[at];
  if (part?.isNamespace === true) return { taken: 1, place: { namespace: part.typed } };
  if (part?.isCluster === true) return { taken: 1, place: { cluster: part.typed } };
  return {
    taken:
      texts[at] === '--clear'
        ? 1
        : phraseLength(texts, at, USE_FILLERS) || phraseLength(texts, at, COURTESIES),
  };
}

/** The end of a sentence that takes its beginning back. */
const RETRACTED =
  /\b(?:never ?mind|no,? wait|wait,? no|hold on|cancel (?:that|it)|scratch that|forget (?:it|that)|(?:just )?(?:kidding|joking)|on second thoughts?|actually,? no|not yet)\W*$/i;

/** Answers "freeze all changes because …": it stops everything, so it takes a reason and no target. */
export function answerFreeze(sentence: Sentence, found: FoundVerb): ParsedText {
  const { plain, parts } = sentence;
  const at = skipFillers(sentence, found.at + found.verb.head.length);
  const caution = cautionAt(plain, at);
  if (caution === 'condition' || caution === 'timing') return askBack(caution);
  const reason = reasonAfter(sentence, at);
  if (reason === '')
    return askBack(
      'missing_target',
      [],
      'Why? Everybody will see the reason, for example: freeze incident 42.',
    );
  const intent: Intent = { kind: 'freeze', reason };
  if (RETRACTED.test(reason))
    return askBack(
      'negation',
      [intent],
      'You took that back, so nothing is frozen. Say it again if you do mean it.',
    );
  const isSetApart =
    /[,:.;!]/.test(parts[at - 1]?.mark ?? '') ||
    /^(?:because|for|due|since|as|reason)$/.test(plain[at] ?? '');
  const isTarget = parts.some(
    (part, index) => index >= at && (part.isObject || part.isNamespace || part.isCluster),
  );
  const question = 'A freeze stops every change everywhere, not one workload or namespace. Shall I?';
  return isTarget && !isSetApart ? askBack('qualifier', [intent], question) : { kind: 'intent', intent };
}

/** What is frozen, up to the first pause: what follows that is the reason. */
function skipFillers({ plain, parts }: Sentence, from: number): number {
  let at = from;
  if ((parts[at - 1]?.mark ?? '') !== '') return at;
  for (let taken = fillerLength(plain, at); taken > 0; taken = fillerLength(plain, at)) {
    at += taken;
    if ((parts[at - 1]?.mark ?? '') !== '') break;
  }
  return at;
}

function fillerLength(plain: readonly string[], at: number): number {
  return phraseLength(plain, at, FREEZE_WORDS) || phraseLength(plain, at, COURTESIES);
}

/** Answers "lift the freeze", with or without a reason. */
export function answerUnfreeze(sentence: Sentence, found: FoundVerb): ParsedText {
  const { plain, parts } = sentence;
  const at = skipFillers(sentence, found.at + found.verb.head.length);
  const intent: Intent = { kind: 'unfreeze', reason: reasonAfter(sentence, at) };
  const caution = cautionAt(plain, at);
  if (caution !== undefined) return askBack(caution, [{ kind: 'unfreeze', reason: '' }]);
  const first = parts[at];
  const isNamed = first !== undefined && (first.isObject || first.isNamespace || first.isCluster);
  const isTarget = (isNamed || readPlaceWords(parts, at) !== undefined) && (parts[at - 1]?.mark ?? '') === '';
  return isTarget ? askBack('qualifier', [{ kind: 'unfreeze', reason: '' }]) : { kind: 'intent', intent };
}
