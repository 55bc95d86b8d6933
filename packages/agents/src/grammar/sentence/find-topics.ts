import { findCommand } from '../command-list.ts';
import type { Part } from './name-parts.ts';
import { openerLength } from './read-lead.ts';
import type { Sentence } from './sentence.ts';
import { DETERMINERS, KIND_WORDS, THING_WORDS } from './words/kinds.ts';

/** After these stands a name, not what is asked for. */
const BEFORE_NAME: ReadonlySet<string> = new Set(
  `is are was were does did do has have had will would should could can of with for about to on restart restarting scale scaling rollback back
  why diagnose check describe than if whether see look at fix called named`.split(/\s+/),
);
/** Before these stands a name: "events is down". */
const AFTER_NAME: ReadonlySet<string> = new Set(
  'is are was were keeps keep has does did fails failed crashes crashed cannot can will looks seems down broken slow'.split(
    ' ',
  ),
);

/**
 * Tells topics from names where an object is called like a command: in "events of health" the first is what is asked
 * for, the second a name. A topic is returned as an ordinary word.
 */
export function findTopics(sentence: Sentence): readonly Part[] {
  let start = 0;
  for (let taken = openerLength(sentence, start); taken > 0; taken = openerLength(sentence, start))
    start += taken;
  let hasTopic = false;
  return sentence.parts.map((part, at) => {
    const text = part.isObject ? part.text : (part.meant ?? '');
    if (hasTopic || findCommand(text) === undefined) return part;
    if (!isTopicPlace(sentence, at, start)) return part;
    hasTopic = true;
    return { ...part, text, isObject: false, isUnknown: false };
  });
}

function isTopicPlace({ texts, parts }: Sentence, at: number, start: number): boolean {
  const next = texts[at + 1] ?? '';
  if (AFTER_NAME.has(next) || THING_WORDS.has(next) || KIND_WORDS.has(next)) return false;
  let before = at - 1;
  while (before >= start && DETERMINERS.has(texts[before] ?? '')) before -= 1;
  if (before < start) return true;
  // "Logs events": the topic has been named already.
  if (
    findCommand(texts[before] ?? '') !== undefined &&
    parts[before]?.isObject === false &&
    !/^(?:show|what|which|me)$/.test(texts[before] ?? '')
  )
    return false;
  return !BEFORE_NAME.has(texts[before] ?? '');
}
