import { createHash } from 'node:crypto';
import type { MessageId, Reply } from '@jamie/core';

/** Where in a message a command is offered. */
export interface OfferPlace {
  readonly messageId: MessageId;
  readonly part: 'choice' | 'followUp';
  readonly index: number;
}

/** The value of a button or option: the command itself, or where it is to be read and how it is recognised. */
export type CommandValue =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'reference'; readonly place: OfferPlace; readonly digest: string };

/** Slack escapes some characters of a value on its way; these it leaves alone. No reference begins like this. */
const PLAIN_COMMAND = /^[A-Za-z][ -%'-;=?A-~]*$/u;
const REFERENCE = /^#(c|f)([A-Za-z0-9_-]{1,50}):(\d{1,4}):([0-9a-f]{8})$/u;
const LETTERS = { choice: 'c', followUp: 'f' } as const;

/**
 * The value that asks for this command, at most `maximum` characters (at least 75): the command itself where that
 * fits, otherwise a reference to the stored message. Undefined when it has neither.
 */
export function formatCommandValue(command: string, place: OfferPlace, maximum: number): string | undefined {
  if (command.length <= maximum && PLAIN_COMMAND.test(command)) return command;
  const reference = `#${LETTERS[place.part]}${place.messageId}:${place.index}:${digestOf(command)}`;
  return REFERENCE.test(reference) ? reference : undefined;
}

/** Reads the value of what was clicked or chosen; undefined when it is not one of ours. */
export function parseCommandValue(value: unknown): CommandValue | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (!value.startsWith('#')) return { kind: 'command', command: value };
  const [, letter, messageId, index, digest] = REFERENCE.exec(value) ?? [];
  if (messageId === undefined || digest === undefined) return undefined;
  const part = letter === LETTERS.choice ? 'choice' : 'followUp';
  return {
    kind: 'reference',
    place: { messageId: messageId as MessageId, part, index: Number(index) },
    digest,
  };
}

/** The command that a reply offers there; undefined when it offers another one now, or none. */
export function findOfferedCommand(
  reply: Reply,
  reference: Extract<CommandValue, { kind: 'reference' }>,
): string | undefined {
  const { part, index } = reference.place;
  const options = part === 'choice' ? reply.choice?.options : reply.followUps;
  const command = options?.[index]?.command;
  return command !== undefined && digestOf(command) === reference.digest ? command : undefined;
}

function digestOf(command: string): string {
  return createHash('sha256').update(command).digest('hex').slice(0, 8);
}
