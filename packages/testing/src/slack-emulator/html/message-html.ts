import type { EmulatedEphemeral, EmulatedFile, EmulatedMessage, SlackWorkspace } from '../workspace.ts';
import { blocksHtml } from './block-html.ts';
import { type Html, type HtmlPart, html } from './html.ts';
import { mrkdwnHtml, type Names } from './mrkdwn-html.ts';
import { streamHtml } from './task-html.ts';

/** How the people and channels of a workspace are called. */
export function namesOf(workspace: SlackWorkspace): Names {
  return {
    user: (id) => workspace.users.get(id.split('|')[0] ?? '')?.name ?? id,
    channel: (id) => workspace.channels.get(id)?.name ?? id,
  };
}

export function messageHtml(workspace: SlackWorkspace, message: EmulatedMessage): Html {
  const names = namesOf(workspace);
  const edited = message.edits === 0 ? undefined : html` <span class="edited">(edited)</span>`;
  const reactions = message.reactions.map((name) => html`<span class="reaction">:${name}: 1</span>`);
  return html`<article class="message" id="m${message.ts}">${headHtml(workspace, message)}<div class="body">${contentHtml(
    message,
    names,
  )}${edited}${(message.files ?? []).map(fileHtml)}${
    reactions.length === 0 ? undefined : html`<div class="reactions">${reactions}</div>`
  }</div></article>`;
}

/** A message that only its reader sees. */
export function ephemeralHtml(workspace: SlackWorkspace, message: EmulatedEphemeral): Html {
  const names = namesOf(workspace);
  const shown = { ...message, user: workspace.botUserId };
  return html`<article class="message ephemeral">${headHtml(workspace, shown)}<div class="body"><p class="only">Only visible to you (${names.user(
    message.user,
  )})</p>${contentHtml(message, names)}</div></article>`;
}

function headHtml(workspace: SlackWorkspace, message: { readonly user: string; readonly ts: string }): Html {
  const user = workspace.users.get(message.user);
  const name = user?.name ?? message.user;
  const time = new Date(Number(message.ts) * 1_000).toISOString().slice(11, 16);
  const badge = user?.isBot === true ? html`<span class="app">APP</span>` : undefined;
  const hue = [...name].reduce((sum, character) => sum + character.charCodeAt(0) * 37, 0) % 360;
  return html`<span class="avatar" style="background:hsl(${hue} 45% 45%)">${name.slice(0, 1).toUpperCase()}</span><header><b>${name}</b>${badge}<time title="${message.ts}">${time}</time></header>`;
}

function contentHtml(message: Pick<EmulatedMessage, 'text' | 'blocks' | 'stream'>, names: Names): HtmlPart {
  if (message.stream !== undefined)
    return [streamHtml(message.stream), blocksHtml(message.blocks, { names })];
  // With blocks the text is for notifications only.
  return message.blocks.length > 0 ? blocksHtml(message.blocks, { names }) : mrkdwnHtml(message.text, names);
}

function fileHtml(file: EmulatedFile): Html {
  return file.name.endsWith('.png') ? pictureHtml(file) : textFileHtml(file);
}

function pictureHtml(file: EmulatedFile): Html {
  const source = `data:image/png;base64,${Buffer.from(file.bytes).toString('base64')}`;
  return html`<figure class="file"><figcaption><b>${file.title}</b> <small>${file.name}</small></figcaption><img src="${source}" alt="${file.altText}" width="640"></figure>`;
}

function textFileHtml(file: EmulatedFile): Html {
  const lines = file.text.split('\n');
  const preview = lines.slice(0, 8).join('\n');
  const more = lines.length > 8 ? html`<small>${lines.length - 8} more lines</small>` : undefined;
  return html`<figure class="file"><figcaption><b>${file.title}</b> <small>${file.name}, ${file.expectedBytes} bytes</small></figcaption><pre>${preview}</pre>${more}</figure>`;
}
