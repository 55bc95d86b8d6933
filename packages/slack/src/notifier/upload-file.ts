import { isOpsError, OpsError } from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import { codeSpan, escapeText } from '../views/mrkdwn.ts';
import type { FileToSend } from './file-to-send.ts';
import type { CallSlack } from './slack-calls.ts';

/** The thread into which a file goes. */
export interface FilePlace {
  readonly channelId: string;
  readonly threadTs: string;
}

export interface UploadOptions {
  readonly call: CallSlack;
  /** Called before the message with the file appears. */
  beforePost(): Promise<void>;
}

/** Longer than any megabyte takes, shorter than the job. */
const SEND_TIMEOUT_MS = 10_000;
/** Slack shares a file some time after it was told to: earlier nobody can know whether it did. */
const SHARED_WITHIN_MS = 10_000;
const UPLOAD = 'file upload';
const ALT_TEXT_CHARACTERS = 1_000;

/**
 * Uploads a file into a thread in Slack's three steps. Only the last has an effect that people see; when its answer
 * is lost, the error asks to wait until the file would have appeared. Fails like every Slack call.
 */
export async function uploadFile(
  client: WebClient,
  place: FilePlace,
  file: FileToSend,
  options: UploadOptions,
): Promise<void> {
  const { url, id } = await announce(client, file, options.call);
  await send(url, file.bytes);
  await options.beforePost();
  await complete(client, place, file, { id, call: options.call });
}

async function announce(
  client: WebClient,
  file: FileToSend,
  call: CallSlack,
): Promise<{ readonly url: string; readonly id: string }> {
  const method = 'files.getUploadURLExternal';
  const { upload_url: url, file_id: id } = await call(method, () =>
    client.files.getUploadURLExternal({
      filename: file.name,
      length: file.bytes.length,
      ...describePicture(file.altText),
    }),
  );
  if (url !== undefined && id !== undefined) return { url, id };
  throw new OpsError('unavailable', 'slack gave no upload url', { details: { method } });
}

/** Slack's reference calls it `alt_txt`, its client for Node `alt_text`: whichever counts, it is there. */
function describePicture(altText: string | undefined): { alt_text?: string; alt_txt?: string } {
  const text = altText?.slice(0, ALT_TEXT_CHARACTERS);
  return text === undefined ? {} : { alt_text: text, alt_txt: text };
}

async function send(url: string, bytes: Uint8Array): Promise<void> {
  const response = await post(url, bytes);
  if (response.status === 200) return;
  const details = { method: UPLOAD, status: response.status };
  if (response.status === 429) {
    const retryAfterMs = Math.max(1, Number(response.headers.get('retry-after')) || 1) * 1000;
    throw new OpsError('rate_limited', 'slack asks to slow down', { retryAfterMs, details });
  }
  if (response.status >= 500) throw new OpsError('unavailable', 'slack cannot be reached', { details });
  if (response.status === 413) {
    throw new OpsError('invalid_input', 'file is too large for slack', {
      details,
      userMessage: 'It is too large for Slack. Ask for less, for example with --since or --grep.',
    });
  }
  throw new OpsError('internal', 'slack refuses the bytes of a file', { details });
}

async function post(url: string, bytes: Uint8Array): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    });
  } catch (cause) {
    const details = { method: UPLOAD };
    throw cause instanceof Error && cause.name === 'TimeoutError'
      ? new OpsError('timeout', 'slack did not take a file in time', { details, cause })
      : new OpsError('unavailable', 'slack cannot be reached', { details, cause });
  }
}

async function complete(
  client: WebClient,
  place: FilePlace,
  file: FileToSend,
  { id, call }: { readonly id: string; readonly call: CallSlack },
): Promise<void> {
  try {
    await call('files.completeUploadExternal', () =>
      client.files.completeUploadExternal({
        files: [{ id, title: file.title }],
        channel_id: place.channelId,
        thread_ts: place.threadTs,
        // Without the scope to read files, this text is where the name is seen again.
        initial_comment: `${escapeText(file.title)} ${codeSpan(file.name)}`,
      }),
    );
  } catch (error) {
    if (!isOpsError(error, 'timeout') && !isOpsError(error, 'unavailable')) throw error;
    throw new OpsError(error.code, error.message, {
      retryAfterMs: SHARED_WITHIN_MS,
      details: error.details,
      cause: error,
    });
  }
}
