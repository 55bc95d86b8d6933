import type { PlanId } from '@jamie/core';
import { parsePlanId } from '@jamie/core';
import { closestWord } from './closest-word.ts';
import { COMMANDS, findUsage } from './command-list.ts';
import { type CommandWords, splitCommand } from './command-words.ts';
import type { Intent, ParsedText, Place } from './intent.ts';

/** Most replicas that a command may ask for. */
const MAX_REPLICAS = 10_000;

/** Reads a typed command such as `scale deploy/checkout 5 -n payments`. Pure; never guesses. */
export function parseCommand(text: string): ParsedText {
  const split = splitCommand(text);
  if (split.kind === 'invalid') return split;
  const { command } = split;
  if (command.name === '') return { kind: 'intent', intent: { kind: 'help' } };
  const parser = PARSERS[command.name];
  return parser === undefined ? unknownCommand(command.name) : parser(command);
}

type Parser = (command: CommandWords) => ParsedText;

const PARSERS: Readonly<Record<string, Parser>> = {
  help: (command) => intent({ kind: 'help', ...(command.words[0] && { topic: command.words[0] }) }),
  status: () => intent({ kind: 'status' }),
  clusters: () => intent({ kind: 'clusters' }),
  health: (command) => intent({ kind: 'health', place: healthPlace(command) }),
  why: (command) =>
    command.words.length === 0
      ? needs('why')
      : intent({ kind: 'why', words: command.words, place: placeOf(command) }),
  scale: parseScale,
  restart: (command) =>
    command.words.length === 0
      ? needs('restart')
      : intent({ kind: 'restart', words: command.words, place: placeOf(command) }),
  rollback: parseRollback,
  undo: (command) => withPlan(command, (planId) => ({ kind: 'undo', ...planId })),
  approve: (command) => withPlan(command, (planId, reason) => ({ kind: 'approve', ...planId, reason })),
  deny: (command) => withPlan(command, (planId, reason) => ({ kind: 'deny', ...planId, reason })),
  freeze: (command) =>
    command.rest === '' ? needs('freeze') : intent({ kind: 'freeze', reason: command.rest }),
  unfreeze: (command) => intent({ kind: 'unfreeze', reason: command.rest }),
};

function parseScale(command: CommandWords): ParsedText {
  const words = command.words.filter((word) => word.toLowerCase() !== 'to');
  const count = words.at(-1) ?? '';
  const target = words.slice(0, -1);
  if (target.length === 0) return needs('scale');
  if (!/^\d+$/.test(count)) {
    return invalid(`How many replicas? "${count}" is not a whole number. ${findUsage('scale')}`);
  }
  const replicas = Number(count);
  if (replicas > MAX_REPLICAS)
    return invalid(`${replicas} replicas is more than I accept (${MAX_REPLICAS}).`);
  return intent({ kind: 'scale', words: target, replicas, place: placeOf(command) });
}

function parseRollback(command: CommandWords): ParsedText {
  if (command.words.length === 0) return needs('rollback');
  const { toRevision } = command;
  if (toRevision !== undefined && !/^[1-9]\d*$/.test(toRevision)) {
    return invalid(`--to takes a revision number; "${toRevision}" is not one. ${findUsage('rollback')}`);
  }
  return intent({
    kind: 'rollback',
    words: command.words,
    ...(toRevision !== undefined && { toRevision: Number(toRevision) }),
    place: placeOf(command),
  });
}

function withPlan(
  command: CommandWords,
  build: (planId: { planId?: PlanId }, reason: string) => Intent,
): ParsedText {
  const [first] = command.words;
  if (first === undefined) return intent(build({}, ''));
  const planId = parsePlanId(first);
  if (planId === undefined) {
    return invalid(
      `"${first}" is not a plan id. It stands on the card and looks like p-4k7d2m9q. ${findUsage(command.name)}`,
    );
  }
  return intent(build({ planId }, command.rest.slice(first.length).trim()));
}

function placeOf(command: CommandWords): Place {
  return {
    ...(command.namespace !== undefined && { namespace: command.namespace }),
    ...(command.cluster !== undefined && { cluster: command.cluster }),
  };
}

/** `health payments` means the namespace, as `health -n payments` does. */
function healthPlace(command: CommandWords): Place {
  const place = placeOf(command);
  const [word] = command.words;
  return word === undefined || place.namespace !== undefined ? place : { ...place, namespace: word };
}

function unknownCommand(name: string): ParsedText {
  const close = closestWord(
    name,
    COMMANDS.map((command) => command.name),
  );
  const hint = close === undefined ? 'Type help for what I can do.' : `Did you mean ${close}?`;
  return invalid(`I don't know the command "${name}". ${hint}`);
}

function needs(name: string): ParsedText {
  return invalid(`${name} needs more. ${findUsage(name)}`);
}

function intent(value: Intent): ParsedText {
  return { kind: 'intent', intent: value };
}

function invalid(message: string): ParsedText {
  return { kind: 'invalid', message };
}
