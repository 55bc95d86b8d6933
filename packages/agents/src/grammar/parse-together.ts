import { MAX_TOGETHER } from '@jamie/core';
import { findCommand, type Intent, type IntentOf } from './command-list.ts';
import type { ParsedText } from './intent.ts';
import { straighten, type Token, tokenize } from './tokenize.ts';

/** Changes that stand alone: they are about another plan, or hold more than words can. */
const ALONE: ReadonlySet<string> = new Set(['several', 'undo', 'edit', 'apply']);

/** A change that may stand in one plan with others. */
export type JoinableIntent = Exclude<
  Extract<Intent, { readonly words: readonly string[] }>,
  IntentOf<'why' | 'logs' | 'pods' | 'events' | 'diff' | 'top'>
>;

/** Whether an intent may stand in one plan with others. */
export function isJoinable(intent: Intent): intent is JoinableIntent {
  return isJoinableName(intent.kind);
}

/**
 * Splits `cordon node/a then scale deploy/b 5` at each `then` that a changing command follows; undefined when there is
 * none, so that a reason or a name may hold the word.
 */
export function splitTogether(typed: string): readonly string[] | undefined {
  const text = straighten(typed);
  const tokens = tokenize(text);
  const joints = tokens.flatMap((_, index) => (isJoint(tokens, index) ? [index] : []));
  if (joints.length === 0) return undefined;
  const starts = [0, ...joints.map((index) => tokens[index]?.end ?? 0)];
  return starts.map((start, index) => {
    const joint = joints[index];
    const end = joint === undefined ? text.length : (tokens[joint]?.start ?? text.length);
    return text.slice(start, end).trim().replace(/,$/, '');
  });
}

function isJoint(tokens: readonly Token[], index: number): boolean {
  const [joint, next] = tokens.slice(index, index + 2);
  const isThen = joint?.isQuoted === false && joint.text.toLowerCase() === 'then';
  return (
    index > 0 &&
    isThen &&
    next !== undefined &&
    isJoinableName(next.text) &&
    isJoinableName(tokens[0]?.text ?? '')
  );
}

function isJoinableName(name: string): boolean {
  const command = findCommand(name.replace(/^\//, ''));
  return command?.tier === 'change' && !ALONE.has(command.name);
}

/** Reads commands that were joined; `parse` and `format` read and write one. A mistake in one is the answer to all. */
export function parseTogether(
  parts: readonly string[],
  parse: (text: string) => ParsedText,
  format: (intent: Intent) => string,
): ParsedText {
  if (parts.length > MAX_TOGETHER)
    return {
      kind: 'invalid',
      message: `That is ${parts.length} changes; a plan holds at most ${MAX_TOGETHER}. Make several plans.`,
    };
  const commands: string[] = [];
  for (const [index, part] of parts.entries()) {
    const parsed = parse(part);
    if (parsed.kind !== 'intent')
      return parsed.kind === 'invalid'
        ? { kind: 'invalid', message: `Change ${index + 1} of ${parts.length}: ${parsed.message}` }
        : parsed;
    commands.push(format(parsed.intent));
  }
  return { kind: 'intent', intent: { kind: 'several', commands } };
}
