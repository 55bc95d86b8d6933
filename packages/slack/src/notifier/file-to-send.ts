import { createHash } from 'node:crypto';
import type { MessageId, ReplyFile } from '@jamie/core';

/** A file as it goes to Slack. */
export interface FileToSend {
  /** The name with an id in it, by which the file is found again. */
  readonly name: string;
  /** The name that people know. */
  readonly plainName: string;
  readonly title: string;
  /** What a picture shows, for people who do not see it. */
  readonly altText?: string;
  readonly bytes: Uint8Array;
}

/** Longer text is cut: nobody reads it in Slack, and an upload has to end within seconds. */
const MAXIMUM_BYTES = 1_000_000;
const NAME_CHARACTERS = 100;
const TITLE_CHARACTERS = 200;
const ID_DIGITS = 10;
/** What file systems and Slack take in a name without changing it. */
const EXTENSION = /(?<=.)\.[A-Za-z0-9]{1,10}$/u;
const STRANGE_CHARACTERS = /[^A-Za-z0-9._-]+/gu;

/**
 * Makes a reply's file ready to send. Pure: the same file of the same message has the same name always. Text of more
 * than a megabyte is cut at the end of a line, and its first line says so; Slack takes no empty file, so an empty one
 * says that it is.
 */
export function toFileToSend(file: ReplyFile, messageId: MessageId, index: number): FileToSend {
  return { ...nameFile(file, `${messageId}:${index}`, '.txt'), bytes: toBytes(file.text) };
}

/** The names and the title of a file, the same for the same key always. `extension`: where it has none. Pure. */
export function nameFile(
  file: Pick<ReplyFile, 'name' | 'title'>,
  key: string,
  extension: string,
): Pick<FileToSend, 'name' | 'plainName' | 'title'> {
  const id = createHash('sha256').update(key).digest('hex').slice(0, ID_DIGITS);
  const plainName = file.name.replace(STRANGE_CHARACTERS, '-').slice(-NAME_CHARACTERS) || 'file';
  const given = EXTENSION.exec(plainName)?.[0];
  const stem = given === undefined ? plainName : plainName.slice(0, -given.length);
  return {
    name: `${stem}-${id}${given ?? extension}`,
    plainName,
    title: file.title.trim().slice(0, TITLE_CHARACTERS) || plainName,
  };
}

function toBytes(text: string): Uint8Array {
  const whole = Buffer.from(text === '' ? 'This file is empty.\n' : text, 'utf8');
  if (whole.length <= MAXIMUM_BYTES) return whole;
  const note = `[Cut: the first megabyte of ${whole.length} bytes. Ask for less, for example with --since or --grep.]\n`;
  const noted = Buffer.from(note, 'utf8');
  const room = MAXIMUM_BYTES - noted.length;
  return Buffer.concat([noted, whole.subarray(0, endOfText(whole, room))]);
}

/** The end of the last line within `room`, or of the last character where there is only one long line. */
function endOfText(bytes: Buffer, room: number): number {
  const lineEnd = bytes.lastIndexOf('\n', room - 1);
  if (lineEnd > room / 2) return lineEnd + 1;
  let end = room;
  // A byte of the form 10xxxxxx continues a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
  return end;
}
