import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  jsonArgument,
  refuse,
  textArgument,
} from './api-answer.ts';
import { fileBody, fileShareEvent } from './payloads.ts';
import type { EmulatedFile } from './workspace.ts';

/** Files from outside: ask for a URL, send the bytes there, complete. Sizes and words: docs.slack.dev/reference/methods. */
export const fileMethods: Readonly<Record<string, ApiMethod>> = {
  'files.getUploadURLExternal': { token: 'bot', scope: 'files:write', handle: getUploadUrl },
  'files.completeUploadExternal': { token: 'bot', scope: 'files:write', handle: completeUpload },
  'files.info': { token: 'bot', scope: 'files:read', handle: info },
};

/** Slack takes files of up to 1 GB. */
const MAXIMUM_BYTES = 1_000_000_000;

function getUploadUrl(args: ApiArguments, { workspace, uploadUrlOf }: ApiContext): ApiAnswer {
  const name = textArgument(args, 'filename');
  const length = Number(args['length'] ?? 0);
  // Slack answers so to a length of nothing, too.
  if (name === undefined || !Number.isInteger(length) || length < 1) return refuse('missing_argument');
  if (length > MAXIMUM_BYTES) return refuse('file_upload_size_restricted');
  const altText = textArgument(args, 'alt_txt');
  const described = altText === undefined ? {} : { altText };
  const file = workspace.addFile({ name, expectedBytes: length, ...described });
  return { ok: true, upload_url: uploadUrlOf(file.ticket), file_id: file.id };
}

function completeUpload(args: ApiArguments, context: ApiContext): ApiAnswer {
  const entries = readEntries(args);
  if (entries === undefined) return refuse('invalid_arguments');
  const channelId = textArgument(args, 'channel_id');
  const refusal = channelId === undefined ? undefined : refuseSharing(channelId, context);
  if (refusal !== undefined) return refusal;
  const files = entries.map(({ id }) => context.workspace.files.get(id));
  if (!files.every((file) => file?.status === 'uploaded')) return refuse('file_not_found');
  const uploaded = files as readonly EmulatedFile[];
  for (const [index, file] of uploaded.entries()) {
    file.status = 'completed';
    file.title = entries[index]?.title ?? file.name;
  }
  if (channelId !== undefined) {
    context.later(() => share(uploaded, channelId, args, context));
  }
  return { ok: true, files: uploaded.map((file) => fileBody(context.workspace, file)) };
}

/** Slack shares after it has answered: the file's own object has no shares yet in the answer. */
function share(
  files: readonly EmulatedFile[],
  channelId: string,
  args: ApiArguments,
  { workspace, emitEvent }: ApiContext,
): void {
  const channel = workspace.channels.get(channelId);
  if (channel === undefined) return;
  const threadTs = textArgument(args, 'thread_ts');
  const message = workspace.addMessage({
    channel: channelId,
    user: workspace.botUserId,
    isOurs: true,
    text: textArgument(args, 'initial_comment') ?? '',
    blocks: [],
    files,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  for (const file of files) file.channels.push(channelId);
  emitEvent(fileShareEvent(workspace, channel, message));
}

function info(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const file = workspace.files.get(textArgument(args, 'file') ?? '');
  return file?.status === 'completed'
    ? { ok: true, file: fileBody(workspace, file) }
    : refuse('file_not_found');
}

function refuseSharing(channelId: string, { workspace }: ApiContext): ApiAnswer | undefined {
  const channel = workspace.channels.get(channelId);
  if (channel === undefined) return refuse('channel_not_found');
  return channel.isArchived || !channel.botIsMember ? refuse('posting_to_channel_denied') : undefined;
}

function readEntries(
  args: ApiArguments,
): readonly { readonly id: string; readonly title?: string }[] | undefined {
  const entries = jsonArgument(args, 'files');
  if (!Array.isArray(entries) || entries.length === 0) return undefined;
  const hasIds = entries.every((entry) => typeof (entry as { id?: unknown } | null)?.id === 'string');
  return hasIds ? entries : undefined;
}
