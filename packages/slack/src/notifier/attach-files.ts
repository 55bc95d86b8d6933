import { type Logger, type Message, type OpsError, toOpsError } from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import type { Attachment } from './attachments.ts';
import { readMessages } from './read-messages.ts';
import { type FilePlace, type UploadOptions, uploadFile } from './upload-file.ts';

export interface AttachOptions extends UploadOptions {
  readonly client: WebClient;
  readonly logger: Logger;
  readonly place: FilePlace;
  /** Names that Slack has taken, and may show later only; grows. */
  readonly taken: Set<string>;
}

const REMEMBERED_NAMES = 5_000;

/** What became of a message's files. */
export interface Attached {
  /** What people have to know: which files are not there, why, and what to do. */
  readonly notes: readonly string[];
  /** Trying again later may help; throw it once the notes are shown. */
  readonly failure?: OpsError;
}

const WHY_DELAYED: Readonly<Partial<Record<OpsError['code'], string>>> = {
  rate_limited: 'Slack asks me to slow down',
  timeout: 'Slack does not answer in time',
};
const REFUSED =
  'Slack refuses it. Ask for less, for example with --since or --grep; if it happens again, tell a platform admin.';

/**
 * Attaches the files of a message to its thread, each once: those that stand there already are found by their name
 * and left alone. Never throws: what fails is told.
 */
export async function attachFiles(
  message: Message,
  files: readonly Attachment[],
  options: AttachOptions,
): Promise<Attached> {
  if (files.length === 0) return { notes: [] };
  const notes: string[] = [];
  let present: string;
  try {
    present = await readNames(options, message.at);
  } catch (error) {
    return delayed([], files, toOpsError(error));
  }
  for (const [index, file] of files.entries()) {
    if (options.taken.has(file.name) || present.includes(file.name)) continue;
    try {
      await uploadFile(options.client, options.place, await file.make(), options);
      remember(options.taken, file.name);
    } catch (thrown) {
      const error = toOpsError(thrown);
      options.logger.warn('file was not attached', {
        messageId: message.id,
        code: error.code,
        err: error,
      });
      if (error.retryable) return delayed(notes, files.slice(index), error);
      notes.push(`I could not attach ${file.plainName}: ${error.userMessage ?? REFUSED}`);
    }
  }
  return { notes };
}

function remember(taken: Set<string>, name: string): void {
  if (taken.size >= REMEMBERED_NAMES) taken.clear();
  taken.add(name);
}

/** Everything in the thread that may name a file. */
async function readNames({ client, place, call }: AttachOptions, since: number): Promise<string> {
  const names: string[] = [];
  for await (const { text, files } of readMessages(client, { ...place, since }, call)) {
    if (text !== undefined) names.push(text);
    for (const { name } of files ?? []) names.push(name ?? '');
  }
  return names.join('\n');
}

function delayed(notes: readonly string[], files: readonly Attachment[], failure: OpsError): Attached {
  const names = files.map(({ plainName }) => plainName).join(', ');
  const why = WHY_DELAYED[failure.code] ?? 'Slack cannot be reached';
  const note = `Not attached yet: ${names}. ${why}. I keep trying for an hour; if nothing comes, ask again.`;
  return { notes: [...notes, note], failure };
}
