import { findCommand, type Intent } from '../command-list.ts';
import type { ParsedText } from '../intent.ts';
import { findKind } from '../kind-names.ts';
import { findOption } from '../options.ts';
import { parseCommand } from '../parse-command.ts';
import { isJoinable } from '../parse-together.ts';
import { isOnlyCourtesy } from './match-verb.ts';
import type { Part } from './name-parts.ts';
import type { Mood } from './read-mood.ts';
import type { Sentence } from './sentence.ts';

/**
 * A typed command that only looks, or that has a mistake in its options: read as typed. Typed changes go the way of
 * every order, so that nothing in them stays unexplained. Undefined when it is no such command.
 */
export function readTyped(
  { text, parts, plain, hasQuestionMark }: Sentence,
  mood: Mood,
): ParsedText | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const command = findCommand(first.typed.replace(/^\//, ''));
  if (command === undefined) return undefined;
  const typed = text.slice(first.start);
  if (command.name === 'ask' && parts.length > 1) return parseCommand(typed);
  if (command.name === 'edit' || isClose(command.name, parts)) return readExact(typed, hasQuestionMark);
  if (!parts.some(isOption) || hasQuestionMark || mood.kind === 'withheld') return undefined;
  return readWithOptions({ text, parts, plain }, command.tier === 'change');
}

function readWithOptions(
  { text, parts, plain }: Pick<Sentence, 'text' | 'parts' | 'plain'>,
  isChange: boolean,
): ParsedText | undefined {
  // Politeness is no part of a command.
  let end = parts.length;
  while (end > 1 && isOnlyCourtesy(plain, end - 1)) end -= 1;
  const parsed = parseCommand(text.slice(parts[0]?.start, parts[end - 1]?.end));
  if (parsed.kind === 'invalid') return isChange && !hasUnknownOption(parts) ? undefined : parsed;
  if (parsed.kind === 'intent' && isWhole(parsed.intent)) return parsed;
  // "plan restart checkout" is a change, though plan itself only looks.
  return parsed.kind === 'intent' && findCommand(parsed.intent.kind)?.tier === 'read' ? parsed : undefined;
}

/** A change with options of its own, and nothing but one object: then its own grammar has accounted for every word. */
function isWhole(intent: Intent): boolean {
  if (!isJoinable(intent) || ['scale', 'restart', 'rollback'].includes(intent.kind)) return false;
  const [first = '', ...others] = intent.words;
  return others.length === 0 || (others.length === 1 && findKind(first) !== undefined);
}

function isOption({ text }: Part): boolean {
  const isKnown = findOption(text.split('=')[0] ?? '') !== undefined;
  return /^-{1,2}[a-z]/.test(text) && (isKnown || text.startsWith('--'));
}

function hasUnknownOption(parts: readonly Part[]): boolean {
  return parts.some(
    (part) => /^--?[a-z]/.test(part.text) && findOption(part.text.split('=')[0] ?? '') === undefined,
  );
}

function isClose(name: string, [, second]: readonly Part[]): boolean {
  return name === 'close' || (name === 'healing' && second?.text === 'close');
}

/** An edit names its plan and its numbers exactly, a close its case, or they are none. */
function readExact(text: string, isAsked: boolean): ParsedText | undefined {
  const parsed = parseCommand(text);
  return parsed.kind === 'intent' && !isAsked ? parsed : undefined;
}
