import type { EmulatedTask, MessageStream } from '../message-stream.ts';
import { type Html, type HtmlPart, html } from './html.ts';
import { link } from './link.ts';
import { markdownHtml } from './markdown-html.ts';
import type { Names } from './mrkdwn-html.ts';
import { type Part, partOf, partsOf, stringOf } from './part.ts';
import { richTextHtml } from './rich-text-html.ts';

/** One step of the work, as its card shows it. */
export interface ShownTask {
  readonly title: string;
  readonly status: string;
  readonly details: HtmlPart;
  readonly output: HtmlPart;
  readonly sources: readonly Part[];
}

const SIGNS: Readonly<Record<string, string>> = { complete: '✓', error: '✗', in_progress: '◌', pending: '○' };

/** Cards one below the other. */
export function tasksHtml(tasks: readonly ShownTask[]): Html {
  return html`<ul class="tasks">${tasks.map(taskHtml)}</ul>`;
}

/** Cards under a title. */
export function planHtml(title: string, tasks: readonly ShownTask[]): Html {
  return html`<div class="plan"><p class="heading">${title}</p>${tasksHtml(tasks)}</div>`;
}

/** The task of a block. */
export function taskOfBlock(block: Part, names: Names): ShownTask {
  return {
    title: stringOf(block['title']),
    status: stringOf(block['status']),
    details: richTextHtml(partOf(block['details']), names),
    output: richTextHtml(partOf(block['output']), names),
    sources: partsOf(block['sources']),
  };
}

/** What was streamed into a message so far: text where it came, and cards where they first appeared. */
export function streamHtml(stream: MessageStream): HtmlPart {
  const tasks = [...stream.tasks.values()].map(taskOfStream);
  if (stream.displayMode === 'plan' && tasks.length > 0) {
    return [planHtml(stream.planTitle ?? 'Plan', tasks), markdownHtml(stream.text), stateHtml(stream)];
  }
  return [...timeline(stream), stateHtml(stream)];
}

function timeline(stream: MessageStream): readonly HtmlPart[] {
  const shown: HtmlPart[] = [];
  const seen = new Set<string>();
  let text = '';
  for (const chunk of stream.chunks) {
    if (chunk.type === 'markdown_text') text += chunk.text;
    if (chunk.type !== 'task_update' || seen.has(chunk.id)) continue;
    seen.add(chunk.id);
    shown.push(markdownHtml(text));
    text = '';
    const task = stream.tasks.get(chunk.id);
    if (task !== undefined) shown.push(tasksHtml([taskOfStream(task)]));
  }
  return [...shown, markdownHtml(text)];
}

function stateHtml({ state }: MessageStream): Html | undefined {
  if (state === 'stopped') return undefined;
  const words = {
    streaming: 'Still writing…',
    stopped_by_user: 'Stopped',
    expired: 'The stream has expired',
  }[state];
  return html`<p class="stream-state">${words}</p>`;
}

function taskOfStream(task: EmulatedTask): ShownTask {
  return {
    title: task.title,
    status: task.status,
    details: markdownHtml(task.details),
    output: markdownHtml(task.output),
    sources: task.sources,
  };
}

function taskHtml(task: ShownTask): Html {
  const sign = SIGNS[task.status] ?? '○';
  const status = Object.hasOwn(SIGNS, task.status) ? task.status : 'pending';
  const sources = task.sources.map(
    (source) => html`<li>${link(stringOf(source['url']), stringOf(source['text']))}</li>`,
  );
  return html`<li class="task ${status}"><span class="sign" title="${status}">${sign}</span><div><b>${
    task.title
  }</b><div class="details">${task.details}</div><div class="output">${task.output}</div>${
    sources.length === 0 ? undefined : html`<ul class="sources">${sources}</ul>`
  }</div></li>`;
}
