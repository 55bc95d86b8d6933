import { type Actor, DeliveryDriver, type Place } from './delivery-driver.ts';
import {
  channelArchivedEvent,
  memberJoinedEvent,
  messageChangedEvent,
  messageDeletedEvent,
  reactionAddedEvent,
  tombstoneOf,
} from './event-payloads.ts';
import { mentionEvent, messageBody, messageEvent } from './payloads.ts';
import type { EmulatedChannel, EmulatedFile, SlackWorkspace } from './workspace.ts';

/** Something that a person writes in a channel. */
export interface Utterance extends Actor {
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
  /** What is uploaded with it. */
  readonly files?: readonly SharedFile[];
}

/** A file as a person uploads it. */
export interface SharedFile {
  readonly name: string;
  readonly content: string | Buffer;
}

/** What people do in conversations, and how the app hears of it. */
export abstract class ConversationDriver extends DeliveryDriver {
  /** Mentions the bot. As in Slack, a mention in a channel is told twice: as app_mention and as message. */
  mention(utterance: Utterance): string {
    const { botUserId } = this.workspaceOf(utterance);
    const { workspace, channel, user, message } = this.#write({
      ...utterance,
      text: `<@${botUserId}> ${utterance.text}`,
    });
    if (channel.kind === 'channel') {
      this.emit(workspace, mentionEvent(workspace, channel, user, message), channel);
    }
    this.emit(workspace, messageEvent(workspace, channel, user, message), channel);
    return message.ts;
  }

  /** Writes without a mention. */
  say(utterance: Utterance): string {
    const { workspace, channel, user, message } = this.#write(utterance);
    this.emit(workspace, messageEvent(workspace, channel, user, message), channel);
    return message.ts;
  }

  /** Edits a person's message; the app hears of it as message_changed. */
  edit(channelId: string, ts: string, text: string): void {
    const { workspace, channel } = this.#place({ channel: channelId });
    const message = this.messageAt(workspace, channelId, ts);
    const previous = messageBody(workspace, message);
    message.text = text;
    message.edits += 1;
    const changed = messageBody(workspace, message);
    this.emit(workspace, messageChangedEvent(workspace, channel, { message: changed, previous }), channel);
  }

  /**
   * Deletes a message, anybody's. Of a root with replies there remains what Slack calls a tombstone, which the app hears
   * of as a change; any other message is gone.
   */
  deleteMessage(at: Place & { readonly ts: string }): void {
    const { workspace, channel } = this.#place(at);
    const message = this.messageAt(workspace, channel.id, at.ts);
    const hasReplies = workspace
      .messagesOf(channel.id)
      .some(({ ts, threadTs }) => threadTs === message.ts && ts !== message.ts);
    if (hasReplies) {
      const previous = messageBody(workspace, message);
      workspace.buryMessage(channel.id, message.ts);
      const change = { message: tombstoneOf(message), previous };
      this.emit(workspace, messageChangedEvent(workspace, channel, change), channel);
      return;
    }
    workspace.removeMessage(channel.id, message.ts);
    this.emit(workspace, messageDeletedEvent(workspace, channel, message), channel);
  }

  addReaction(at: Actor & Place & { readonly ts: string; readonly name: string }): void {
    const { workspace, channel } = this.#place(at);
    const message = this.messageAt(workspace, channel.id, at.ts);
    if (!message.reactions.includes(at.name)) message.reactions.push(at.name);
    const user = this.userIn(workspace, at.user);
    this.emit(workspace, reactionAddedEvent(workspace, user, message, at.name), channel);
  }

  /** Somebody joins a channel; without a `user` it is the bot, whom `inviter` has invited. */
  join(at: Place & { readonly user?: string; readonly inviter?: string }): void {
    const { workspace, channel } = this.#place(at);
    const user = this.userIn(workspace, at.user ?? workspace.botUserId);
    if (user.id === workspace.botUserId) channel.botIsMember = true;
    this.emit(workspace, memberJoinedEvent(workspace, user, channel, at.inviter), channel);
  }

  /** Takes the bot out of a channel. As in Slack, it does not hear of it: its next call finds out. */
  removeBot(at: Place): void {
    this.#place(at).channel.botIsMember = false;
    this.changed();
  }

  /** Archives a channel: from now on nobody can write there. */
  archive(channelId: string, user = 'UADMIN'): void {
    const { workspace, channel } = this.#place({ channel: channelId });
    channel.isArchived = true;
    this.emit(workspace, channelArchivedEvent(workspace, channel, user), channel);
  }

  #place(at: Place) {
    const workspace = this.workspaceOf(at);
    return { workspace, channel: this.channelIn(workspace, at.channel) };
  }

  #write(utterance: Utterance) {
    const workspace = this.workspaceOf(utterance);
    const user = this.userIn(workspace, utterance.user);
    const channel: EmulatedChannel = this.channelIn(workspace, utterance.channel);
    const files = (utterance.files ?? []).map((file) => uploaded(workspace, channel.id, user.id, file));
    const message = workspace.addMessage({
      channel: channel.id,
      user: user.id,
      text: utterance.text,
      blocks: [],
      isOurs: false,
      ...(files.length > 0 && { files }),
      ...(utterance.threadTs === undefined ? {} : { threadTs: utterance.threadTs }),
    });
    return { workspace, user, channel, message };
  }
}

function uploaded(
  workspace: SlackWorkspace,
  channelId: string,
  userId: string,
  { name, content }: SharedFile,
): EmulatedFile {
  const bytes = Buffer.from(content);
  const file = workspace.addFile({ name, expectedBytes: bytes.length, uploadedBy: userId });
  file.status = 'completed';
  file.bytes = bytes;
  file.text = bytes.toString('utf8');
  file.channels.push(channelId);
  return file;
}
