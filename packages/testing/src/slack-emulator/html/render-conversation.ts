import type { EmulatedEphemeral, EmulatedMessage, SlackWorkspace } from '../workspace.ts';
import { type Html, html } from './html.ts';
import { ephemeralHtml, messageHtml } from './message-html.ts';
import { pageHtml } from './page-html.ts';

/**
 * A page that shows a conversation as Slack would: threads with their replies, what only one person sees, statuses.
 * Self-contained, without scripts and without anything from the network; everything in it is escaped. Throws when there
 * is no such channel.
 */
export function renderConversation(workspace: SlackWorkspace, channelId: string): string {
  const channel = workspace.channels.get(channelId);
  if (channel === undefined) throw new Error(`no channel ${channelId}`);
  const title =
    channel.kind === 'im'
      ? (workspace.users.get(channel.user ?? '')?.name ?? channel.name)
      : `# ${channel.name}`;
  const notes = [
    channel.isArchived ? 'archived' : '',
    channel.isShared ? 'shared with another workspace' : '',
  ];
  const note = notes.filter((each) => each !== '').join(', ');
  const roots = workspace.messagesOf(channelId).filter(isRoot);
  const shown = [
    ...roots.map((root) => ({ ts: root.ts, part: threadHtml(workspace, root) })),
    ...ephemeralsOf(workspace, channelId, undefined),
  ];
  const body = shown.toSorted((one, other) => Number(one.ts) - Number(other.ts)).map(({ part }) => part);
  return pageHtml(title, html`<h1>${title} <small>${note}</small></h1>${body}`);
}

function isRoot(message: EmulatedMessage): boolean {
  return message.threadTs === undefined || message.threadTs === message.ts;
}

function threadHtml(workspace: SlackWorkspace, root: EmulatedMessage): Html {
  const replies = workspace
    .messagesOf(root.channel)
    .filter((message) => message.threadTs === root.ts && message.ts !== root.ts)
    .map((message) => ({ ts: message.ts, part: messageHtml(workspace, message) }));
  const parts = [...replies, ...ephemeralsOf(workspace, root.channel, root.ts)]
    .toSorted((one, other) => Number(one.ts) - Number(other.ts))
    .map(({ part }) => part);
  const status = workspace.statuses.get(`${root.channel}:${root.ts}`);
  const line =
    status === undefined ? undefined : html`<p class="status">${nameOfBot(workspace)} ${status.text}</p>`;
  const count = html`<p class="replies">${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</p>`;
  const thread = parts.length === 0 ? line : html`<div class="thread">${count}${parts}${line}</div>`;
  return html`<section>${messageHtml(workspace, root)}${thread}</section>`;
}

function nameOfBot(workspace: SlackWorkspace): string {
  return workspace.users.get(workspace.botUserId)?.name ?? 'app';
}

function ephemeralsOf(workspace: SlackWorkspace, channelId: string, threadTs: string | undefined) {
  const isHere = (each: EmulatedEphemeral) => each.channel === channelId && each.threadTs === threadTs;
  return workspace.ephemerals
    .filter(isHere)
    .map((message) => ({ ts: message.ts, part: ephemeralHtml(workspace, message) }));
}
