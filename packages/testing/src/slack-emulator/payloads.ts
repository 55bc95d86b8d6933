import type { AppMentionEvent, GenericMessageEvent } from '@slack/types';
import type { ActedOn } from './find-element.ts';
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
  channel: EmulatedChannel,
  user: EmulatedUser,
  message: EmulatedMessage,
): GenericMessageEvent {
  return {
    type: 'message',
    subtype: undefined,
    channel: channel.id,
    channel_type: channel.kind,
    user: user.id,
    team: user.teamId,
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  };
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
  const event = messageEvent(channel, user, message);
  return { ...event, bot_id: workspace.botId, app_id: workspace.appId };
}

/** A file as messages and files.info show it. */
export function fileBody(workspace: SlackWorkspace, file: EmulatedFile): Payload {
  return {
    id: file.id,
    created: file.createdAtSeconds,
    name: file.name,
    title: file.title,
    mimetype: 'text/plain',
    filetype: 'text',
    user: workspace.botUserId,
    mode: 'hosted',
    size: file.expectedBytes,
    channels: [...file.channels],
  };
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
  const isForeign = user.teamId !== workspace.teamId;
  return {
    type: 'app_mention',
    user: user.id,
    team: user.teamId,
    ...(isForeign ? { user_team: user.teamId, source_team: user.teamId } : {}),
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    channel: channel.id,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  };
}

/** The envelope of the Events API round one event. */
export function eventCallback(workspace: SlackWorkspace, event: object, isShared: boolean): Payload {
  return {
    token: 'verification-token',
    team_id: workspace.teamId,
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
    is_ext_shared_channel: isShared,
    event_context: workspace.nextId('4-'),
  };
}

/** The form fields of a slash command. */
export function slashCommand(
  workspace: SlackWorkspace,
  command: {
    readonly user: EmulatedUser;
    readonly channel: EmulatedChannel;
    readonly name: string;
    readonly text: string;
  },
  apiUrl: string,
): Payload {
  return {
    token: 'verification-token',
    team_id: command.user.teamId,
    team_domain: 'emulated',
    channel_id: command.channel.id,
    channel_name: command.channel.name,
    user_id: command.user.id,
    user_name: command.user.name,
    command: command.name,
    text: command.text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: `${apiUrl}response-url-is-not-emulated`,
    trigger_id: `${workspace.nextId('')}.${workspace.nextId('')}.trigger`,
  };
}

/** A click on a button, or a choice from a select, in one of the app's messages. */
export function blockAction(
  workspace: SlackWorkspace,
  act: ActedOn & {
    readonly user: EmulatedUser;
    readonly channel: EmulatedChannel;
    readonly message: EmulatedMessage;
  },
  apiUrl: string,
): Payload {
  const { user, channel, message, element } = act;
  // Slack names blocks that came without a name.
  const blockId = act.blockId ?? workspace.nextId('b');
  const actionId = String(element['action_id']);
  const state = stateOf(act);
  return {
    type: 'block_actions',
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: workspace.appId,
    token: 'verification-token',
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: false,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: `${workspace.nextId('')}.${workspace.nextId('')}.trigger`,
    team: { id: workspace.teamId, domain: 'emulated' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel.id, name: channel.name },
    message: messageBody(workspace, message),
    state: { values: state === undefined ? {} : { [blockId]: { [actionId]: state } } },
    response_url: `${apiUrl}response-url-is-not-emulated`,
    actions: [
      {
        ...(state === undefined
          ? { type: 'button', text: element['text'], value: element['value'] }
          : { ...state, placeholder: element['placeholder'] }),
        block_id: blockId,
        action_id: actionId,
        action_ts: workspace.nextTs(channel.id),
      },
    ],
  };
}

function stateOf({ option }: ActedOn): Payload | undefined {
  return option === undefined ? undefined : { type: 'static_select', selected_option: option };
}
