import { isUtf8 } from 'node:buffer';
import { OpsError } from '@jamie/core';
import { translateSlackError } from '../slack-error.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';

/** A file as an event of Slack describes it. Nothing of it is trusted but its id. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  /** What Slack says of its size; the bytes are counted all the same. */
  readonly sizeBytes: number;
  /** Absent where the app has to ask for it, as in channels shared with others. */
  readonly url?: string;
}

/** Reads what people upload. */
export interface SlackFiles {
  /**
   * The text of a file. Fails with forbidden (the scope is missing), not_found, invalid_input (too large, no text), each
   * with words for the person, and like every Slack call with what passes: timeout, unavailable, rate_limited.
   */
  readText(workspace: SlackWorkspace, file: SharedFile, maxBytes: number): Promise<string>;
}

export interface SlackFilesOptions {
  /** Default: https://slack.com/api/. Files are fetched from there too, where it is another. */
  readonly slackApiUrl?: string;
  /** Default 10,000. */
  readonly timeoutMs?: number;
}

/** The one host of Slack that serves files to a bot token: docs.slack.dev/reference/objects/file-object. */
const FILES_ORIGIN = 'https://files.slack.com';
const TIMEOUT_MS = 10_000;
const DOWNLOAD = 'file download';
const MISSING_SCOPE =
  'The Slack app lacks the permission files:read, so I cannot read what you uploaded. Ask a workspace admin to reinstall it with the scopes of deploy/slack/manifest.json, or send the text between ``` marks.';

export function createSlackFiles({ slackApiUrl, timeoutMs = TIMEOUT_MS }: SlackFilesOptions): SlackFiles {
  const origin = slackApiUrl === undefined ? FILES_ORIGIN : new URL(slackApiUrl).origin;
  return {
    async readText(workspace, file, maxBytes) {
      if (file.sizeBytes > maxBytes) throw tooLarge(file, maxBytes);
      const url = addressOf(file, file.url ?? (await findUrl(workspace, file)), origin);
      const response = await fetchAs(workspace.botToken, url, timeoutMs);
      refuseStatus(response, file);
      return decode(await readBytes(response, file, maxBytes), file);
    },
  };
}

async function findUrl({ client }: SlackWorkspace, { id }: SharedFile): Promise<string> {
  try {
    const { file } = await client.files.info({ file: id });
    return file?.url_private ?? '';
  } catch (error) {
    throw translateSlackError(error, 'files.info');
  }
}

/** The token goes to Slack's own host and nowhere else, whatever an event says. */
function addressOf(file: SharedFile, url: string, origin: string): URL {
  const address = URL.parse(url);
  if (address !== null && address.origin === origin && address.username === '') return address;
  throw new OpsError('invalid_input', 'a file is not kept by slack', {
    details: { fileId: file.id },
    userMessage: `${file.name} is not kept by Slack itself, so I do not fetch it. Upload the file, or send the text between \`\`\` marks.`,
  });
}

async function fetchAs(token: string, url: URL, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      // A redirect leads to the login page, or to a host that must not see the token.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw cut(cause);
  }
}

function refuseStatus({ status, headers }: Response, file: SharedFile): void {
  if (status === 200) return;
  const details = { method: DOWNLOAD, status };
  if (status === 429) {
    const retryAfterMs = Math.max(1, Number(headers.get('retry-after')) || 1) * 1_000;
    throw new OpsError('rate_limited', 'slack asks to slow down', { retryAfterMs, details });
  }
  if (status >= 500) throw new OpsError('unavailable', 'slack cannot be reached', { details });
  if (status === 404 || status === 410) {
    throw new OpsError('not_found', 'slack has no such file', {
      details,
      userMessage: `Slack has ${file.name} no more. Upload it again.`,
    });
  }
  throw new OpsError('forbidden', 'slack does not let us read a file', {
    details,
    userMessage: MISSING_SCOPE,
  });
}

/** Counts while it reads: a size that was told need not be true. */
async function readBytes(response: Response, file: SharedFile, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw cut(cause);
  }
  if (length > maxBytes) throw tooLarge(file, maxBytes);
  return Buffer.concat(chunks);
}

/** By its bytes, whatever type it is said to have. */
function decode(bytes: Uint8Array, { name }: SharedFile): string {
  if (isUtf8(bytes) && !bytes.includes(0)) return new TextDecoder().decode(bytes);
  throw new OpsError('invalid_input', 'a file is no text', {
    userMessage: `${name} is no text in UTF-8. Save it as such and upload it again.`,
  });
}

function tooLarge({ name }: SharedFile, maxBytes: number): OpsError {
  return new OpsError('invalid_input', 'a file is too large', {
    userMessage: `${name} is larger than ${maxBytes / 1_024} KiB, and I read no more. Send it in parts.`,
  });
}

function cut(cause: unknown): OpsError {
  const details = { method: DOWNLOAD };
  return (cause as { readonly name?: unknown } | undefined)?.name === 'TimeoutError'
    ? new OpsError('timeout', 'slack did not send a file in time', { details, cause })
    : new OpsError('unavailable', 'slack cannot be reached', { details, cause });
}
