import type { AppMentionEvent, GenericMessageEvent } from '@slack/types';
import { fileKindOf } from './file-kind.ts';
import type {
  EmulatedChannel,
  EmulatedFile,
  EmulatedMessage,
  EmulatedUser,
  SlackWorkspace,
} from './workspace.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** A message as the Web API and the events show it. */
export function messageBody(
  workspace: SlackWorkspace,
  message: EmulatedMessage,
  withMetadata = false,
): Payload {
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.isOurs ? { bot_id: workspace.botId, app_id: workspace.appId, team: workspace.teamId } : {}),
    ...(message.edits === 0 ? {} : { edited: { user: message.user, ts: message.ts } }),
    ...(message.files === undefined
      ? {}
      : { upload: false, files: message.files.map((file) => fileBody(workspace, file)) }),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

/** The event by which the app hears of a message, its own ones too. */
export function messageEvent(
  workspace: SlackWorkspace,
  channel: EmulatedChannel,
  user: EmulatedUser,
  message: EmulatedMessage,
): GenericMessageEvent & ForeignSender {
  const event = {
    type: 'message',
    ...(message.files === undefined ? { subtype: undefined } : { subtype: 'file_share' }),
    ...sharedFiles(workspace, message),
    channel: channel.id,
    channel_type: channel.kind,
    user: user.id,
    team: user.teamId,
    ...foreignSender(workspace, user),
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  };
  return event as GenericMessageEvent & ForeignSender;
}

export function ourMessageEvent(
  workspace: SlackWorkspace,
  channel: EmulatedChannel,
  message: EmulatedMessage,
): Payload {
  const user: EmulatedUser = {
    id: workspace.botUserId,
    name: 'jamie',
    teamId: workspace.teamId,
    isBot: true,
  };
  const event = messageEvent(workspace, channel, user, message);
  return { ...event, bot_id: workspace.botId, app_id: workspace.appId };
}

/** A file as messages and files.info show it. */
export function fileBody(workspace: SlackWorkspace, file: EmulatedFile): Payload {
  return {
    id: file.id,
    created: file.createdAtSeconds,
    name: file.name,
    title: file.title,
    ...fileKindOf(file.name),
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    user: file.uploadedBy ?? workspace.botUserId,
    mode: 'hosted',
    size: file.expectedBytes,
    url_private: privateUrlOf(workspace, file),
    url_private_download: privateUrlOf(workspace, file, '/download'),
    channels: [...file.channels],
  };
}

/** With a bot token that may read files, the bytes; otherwise Slack sends to its login page. */
function privateUrlOf({ fileOrigin, teamId }: SlackWorkspace, file: EmulatedFile, manner = ''): string {
  return `${fileOrigin}/files-pri/${teamId}-${file.id}${manner}/${encodeURIComponent(file.name)}`;
}

/** What a message with files is beside its text: in the mention and in the message alike. */
function sharedFiles(workspace: SlackWorkspace, { files }: EmulatedMessage): Payload {
  if (files === undefined) return {};
  return { upload: false, files: files.map((file) => fileBody(workspace, file)) };
}

/** The event by which the app hears that its file was shared. */
export function fileShareEvent(
  workspace: SlackWorkspace,
  channel: EmulatedChannel,
  message: EmulatedMessage,
): Payload {
  const files = (message.files ?? []).map((file) => fileBody(workspace, file));
  return { ...ourMessageEvent(workspace, channel, message), subtype: 'file_share', files };
}

export function mentionEvent(
  workspace: SlackWorkspace,
  channel: EmulatedChannel,
  user: EmulatedUser,
  message: EmulatedMessage,
): AppMentionEvent {
  return {
    type: 'app_mention',
    user: user.id,
    team: user.teamId,
    ...foreignSender(workspace, user),
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    channel: channel.id,
    ...sharedFiles(workspace, message),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  };
}

interface ForeignSender {
  readonly user_team?: string;
  readonly source_team?: string;
}

/** Slack says whose they are of people who come through Slack Connect. */
function foreignSender(workspace: SlackWorkspace, user: EmulatedUser): ForeignSender {
  return user.teamId === workspace.teamId ? {} : { user_team: user.teamId, source_team: user.teamId };
}

/**
 * The envelope of the Events API round one event. In a channel that another workspace shares with us, `team_id` is that
 * one; whom the event is for stands in the authorisations.
 */
export function eventCallback(workspace: SlackWorkspace, event: object, channel?: EmulatedChannel): Payload {
  return {
    token: 'verification-token',
    team_id: channel?.hostTeamId ?? workspace.teamId,
    context_team_id: workspace.teamId,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event,
    type: 'event_callback',
    event_id: workspace.nextId('Ev'),
    event_time: workspace.nowSeconds(),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.teamId,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.isShared ?? false,
    event_context: workspace.nextId('4-'),
  };
}
