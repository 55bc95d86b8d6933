import type {
  AgentSessionStoppedEvent,
  AppContextChangedEvent,
  AppHomeOpenedEvent,
  AppUninstalledEvent,
  MemberJoinedChannelEvent,
  ReactionAddedEvent,
  TokensRevokedEvent,
} from '@slack/types';
import { messageBody, type Payload } from './payloads.ts';
import { viewBody } from './view-payloads.ts';
import type { EmulatedChannel, EmulatedMessage, EmulatedUser, SlackWorkspace } from './workspace.ts';

/** What a person looks at beside the app: a channel or a message, for example. */
export type AppContext = AppContextChangedEvent['context'];

export function homeOpenedEvent(
  workspace: SlackWorkspace,
  user: EmulatedUser,
  opened: { readonly tab: 'home' | 'messages'; readonly context?: AppContext },
): AppHomeOpenedEvent {
  const channel = workspace.directChannel(user.id).id;
  const home = workspace.views.homeOf(user.id);
  const view = home === undefined || opened.tab !== 'home' ? {} : { view: viewBody(workspace, home) };
  return {
    type: 'app_home_opened',
    user: user.id,
    channel,
    tab: opened.tab,
    ...(view as Pick<AppHomeOpenedEvent, 'view'>),
    ...(opened.context === undefined ? {} : { context: opened.context }),
    event_ts: workspace.nextTs(channel),
  };
}

export function contextChangedEvent(
  workspace: SlackWorkspace,
  user: EmulatedUser,
  context: AppContext,
): AppContextChangedEvent {
  const channel = workspace.directChannel(user.id).id;
  const event_ts = workspace.nextTs(channel);
  return { type: 'app_context_changed', channel, user: user.id, context, event_ts };
}

export function sessionStoppedEvent(
  workspace: SlackWorkspace,
  user: EmulatedUser,
  thread: { readonly channel: string; readonly ts: string; readonly streams: readonly string[] },
): AgentSessionStoppedEvent {
  return {
    type: 'agent_session_stopped',
    channel: thread.channel,
    user: user.id,
    thread_ts: thread.ts,
    streaming_message_ts: [...thread.streams],
    event_ts: workspace.nextTs(thread.channel),
  };
}

export function reactionAddedEvent(
  workspace: SlackWorkspace,
  user: EmulatedUser,
  message: EmulatedMessage,
  reaction: string,
): ReactionAddedEvent {
  return {
    type: 'reaction_added',
    user: user.id,
    reaction,
    item_user: message.user,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    event_ts: workspace.nextTs(message.channel),
  };
}

export function memberJoinedEvent(
  workspace: SlackWorkspace,
  user: EmulatedUser,
  channel: EmulatedChannel,
  inviter: string | undefined,
): MemberJoinedChannelEvent {
  return {
    type: 'member_joined_channel',
    user: user.id,
    channel: channel.id,
    channel_type: channel.id.startsWith('G') ? 'G' : 'C',
    team: user.teamId,
    ...(inviter === undefined ? {} : { inviter }),
    event_ts: workspace.nextTs(channel.id),
  };
}

export function messageChangedEvent(
  workspace: SlackWorkspace,
  channel: EmulatedChannel,
  change: { readonly message: Payload; readonly previous: Payload },
): Payload {
  return {
    ...hiddenEvent(workspace, channel, 'message_changed'),
    message: change.message,
    previous_message: change.previous,
  };
}

export function messageDeletedEvent(
  workspace: SlackWorkspace,
  channel: EmulatedChannel,
  message: EmulatedMessage,
): Payload {
  return {
    ...hiddenEvent(workspace, channel, 'message_deleted'),
    deleted_ts: message.ts,
    previous_message: messageBody(workspace, message),
  };
}

/** What stands where a message was that has replies: Slack keeps the thread and shows that its root is gone. */
export function tombstoneOf(message: EmulatedMessage): Payload {
  return {
    type: 'message',
    subtype: 'tombstone',
    user: 'USLACKBOT',
    hidden: true,
    text: 'This message was deleted.',
    ts: message.ts,
    thread_ts: message.ts,
  };
}

export function channelArchivedEvent(
  workspace: SlackWorkspace,
  channel: EmulatedChannel,
  user: string,
): Payload {
  return { type: 'channel_archive', channel: channel.id, user, event_ts: workspace.nextTs(channel.id) };
}

export function uninstalledEvent(): AppUninstalledEvent {
  return { type: 'app_uninstalled' };
}

/** Slack names the people and bots whose tokens ended, not the tokens. */
export function tokensRevokedEvent(workspace: SlackWorkspace): TokensRevokedEvent {
  return { type: 'tokens_revoked', tokens: { oauth: [], bot: [workspace.botUserId] } };
}

function hiddenEvent(workspace: SlackWorkspace, channel: EmulatedChannel, subtype: string): Payload {
  const ts = workspace.nextTs(channel.id);
  return {
    type: 'message',
    subtype,
    hidden: true,
    channel: channel.id,
    channel_type: channel.kind,
    ts,
    event_ts: ts,
  };
}
