import { closestWord } from './closest-word.ts';
import { COMMANDS, type CommandName, findCommand, findUsage, type Intent } from './command-list.ts';
import type { CommandSpec } from './command-spec.ts';
import { formatIntent } from './format-intent.ts';
import type { ParsedText } from './intent.ts';
import { parseTogether, splitTogether } from './parse-together.ts';
import { splitCommand } from './split-command.ts';
import { tokenize } from './tokenize.ts';

/** `plan` may stand before what changes something: everything is planned, so it adds nothing. */
function isPlanned(name: string): boolean {
  return findCommand(name)?.tier === 'change';
}

/** Reads a typed command such as `scale deploy/checkout 5 -n payments`. Pure; never guesses. */
export function parseCommand(text: string): ParsedText {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'intent', intent: { kind: 'help' } };
  const together = splitTogether(trimmed.replace(SEVERAL, ''));
  return together === undefined ? parseOne(trimmed) : parseTogether(together, parseOne, formatIntent);
}

/** `several` may stand before joined commands. */
const SEVERAL = /^\/?(?:plan\s+)?several\s+/i;

function parseOne(text: string): ParsedText {
  const trimmed = text.trim();
  const [first, second] = tokenize(trimmed);
  const name = first?.text.replace(/^\//, '') ?? '';
  const rest = trimmed.slice(first?.end ?? 0);
  if (name.toLowerCase() === 'plan' && second !== undefined && isPlanned(second.text)) return parseOne(rest);
  if (findCommand(name)?.name === 'healing' && second?.text.toLowerCase() === 'close') return parseOne(rest);
  // As kubectl has it.
  if (name.toLowerCase() === 'set' && second?.text.toLowerCase() === 'image') return parseOne(rest);
  const command = findCommand(name);
  return command === undefined ? unknownCommand(name, rest) : parseParameters(command, rest);
}

function parseParameters(command: CommandSpec<CommandName>, rest: string): ParsedText {
  const split = splitCommand(rest, command.options);
  if (split.kind === 'invalid') return invalid(split.message, command.name);
  const reading = command.read(split.words);
  if (typeof reading['problem'] === 'string') return invalid(reading['problem'], command.name);
  const checked = command.parameters.safeParse(reading);
  if (!checked.success) return invalid(checked.error.issues[0]?.message ?? '', command.name);
  // The schema belongs to this very name: the registry's types say so, the map by name has lost it.
  return { kind: 'intent', intent: { kind: command.name, ...checked.data } as Intent };
}

function unknownCommand(name: string, rest: string): ParsedText {
  const close = closestWord(
    name,
    COMMANDS.map((command) => command.name),
  );
  const what = `I don't know the command "${name.slice(0, 40)}".`;
  if (close === undefined) return { kind: 'invalid', message: `${what} Type help for what I can do.` };
  const command = `${close} ${rest.trim()}`.trim();
  return {
    kind: 'invalid',
    message: `${what} Did you mean ${close}?`,
    ...(parseCommand(command).kind === 'intent' && { options: [{ label: command, command }] }),
  };
}

function invalid(message: string, name: string): ParsedText {
  return { kind: 'invalid', message: `${message} ${findUsage(name)}` };
}
