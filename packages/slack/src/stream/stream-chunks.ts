import type { AnyChunk } from '@slack/types';
import { SLACK_LIMITS } from '../limits.ts';
import { elide, escapeText } from '../views/mrkdwn.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { StreamItem, TaskState } from './stream-item.ts';

/** Items as chunks of a stream, escaped and within Slack's limits. Texts that follow each other become one. Pure. */
export function toChunks(items: readonly StreamItem[]): AnyChunk[] {
  const chunks: AnyChunk[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') chunks.push({ type: 'markdown_text', text });
    text = '';
  };
  for (const item of items) {
    const piece = item.kind === 'text' ? escapeMarkdown(item.text) : '';
    if (item.kind === 'task' || text.length + piece.length > SLACK_LIMITS.streamText) flush();
    if (item.kind === 'task') chunks.push(toTaskChunk(item.task));
    else text += piece;
  }
  flush();
  return chunks;
}

export function toTaskChunk({ id, title, status, details, output }: TaskState): AnyChunk {
  return {
    type: 'task_update',
    id,
    title: taskText(title),
    status,
    ...(details !== undefined && { details: taskText(details) }),
    ...(output !== undefined && { output: taskText(output) }),
  };
}

function taskText(text: string): string {
  return elide(escapeText(text).replace(/\s+/gu, ' ').trim(), SLACK_LIMITS.taskText);
}
