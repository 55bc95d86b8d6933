import { escapeMarkdown } from './escape-markdown.ts';
import { splitAtWords } from './split-at-words.ts';
import type { StreamItem, TaskState } from './stream-item.ts';

/** Longest piece of text, escaped: several fit into one message, and none is cut when a message is full. */
const PIECE_CHARACTERS = 3_000;
/** What a card takes of a message's room: fifty cards are the most that one stream shows. */
export const TASK_CHARACTERS = 250;
/** Most items of one call. */
const ITEMS_PER_CALL = 40;

/**
 * What has to be shown and was not confirmed yet, in order. Updates of one task that wait become one; text is cut between
 * words into pieces that fit. What was taken and did not arrive is put back and comes first again.
 */
export class StreamQueue {
  #items: StreamItem[] = [];
  readonly #detailed = new Set<string>();

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  push(item: StreamItem): void {
    if (item.kind === 'text') {
      const pieces = splitAtWords(item.text, PIECE_CHARACTERS, (text) => escapeMarkdown(text).length);
      this.#items.push(...pieces.map((text): StreamItem => ({ kind: 'text', text })));
      return;
    }
    const index = this.#indexOf(item.task.id);
    const waiting = this.#items[index];
    if (waiting?.kind === 'task')
      this.#items[index] = { kind: 'task', task: { ...waiting.task, ...item.task } };
    else this.#items.push(item);
  }

  /** The first items, as many as fit; none when the first does not. `room` is counted in characters. */
  take(room: number): readonly StreamItem[] {
    let left = room;
    let count = 0;
    for (const item of this.#items.slice(0, ITEMS_PER_CALL)) {
      left -= item.kind === 'text' ? escapeMarkdown(item.text).length : TASK_CHARACTERS;
      if (left < 0) break;
      count += 1;
    }
    return this.#items.splice(0, count).map((item) => this.#withDetailsOnce(item));
  }

  /** Takes only what stands first and is a task. */
  takeTasks(): readonly StreamItem[] {
    const end = this.#items.findIndex(({ kind }) => kind === 'text');
    const count = Math.min(end === -1 ? this.#items.length : end, ITEMS_PER_CALL);
    return this.#items.splice(0, count).map((item) => this.#withDetailsOnce(item));
  }

  /**
   * Newer states of the same tasks that came in the meantime stay as they are. `isUncertain`: they may have arrived;
   * then their details are not sent again.
   */
  putBack(items: readonly StreamItem[], isUncertain: boolean): void {
    for (const { id, details } of isUncertain ? [] : tasksOf(items)) {
      if (details !== undefined) this.#detailed.delete(id);
    }
    const missing = items.filter((item) => item.kind === 'text' || this.#indexOf(item.task.id) === -1);
    this.#items = [...missing, ...this.#items];
  }

  /** What waits of a task is no longer to be shown. */
  drop(taskId: string): void {
    this.#items = this.#items.filter((item) => item.kind === 'text' || item.task.id !== taskId);
  }

  #indexOf(taskId: string): number {
    return this.#items.findIndex((item) => item.kind === 'task' && item.task.id === taskId);
  }

  /** Even when a call seems to have failed: details that came twice would stand there twice. */
  #withDetailsOnce(item: StreamItem): StreamItem {
    if (item.kind === 'text' || item.task.details === undefined) return item;
    const { details: _sent, ...rest } = item.task;
    if (this.#detailed.has(item.task.id)) return { kind: 'task', task: rest };
    this.#detailed.add(item.task.id);
    return item;
  }
}

/** The states of tasks among these items. */
export function tasksOf(items: readonly StreamItem[]): readonly TaskState[] {
  return items.flatMap((item) => (item.kind === 'task' ? [item.task] : []));
}

/** The text of these items, in order. */
export function textOf(items: readonly StreamItem[]): string {
  return items.map((item) => (item.kind === 'text' ? item.text : '')).join('');
}
