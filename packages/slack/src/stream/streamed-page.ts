import { isOpsError, toOpsError } from '@jamie/core';
import { readMessages } from '../notifier/read-messages.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { hasArrived } from './has-arrived.ts';
import type { PageOptions, PageResult, ProgressPage } from './progress-page.ts';
import { toChunks, toTaskChunk } from './stream-chunks.ts';
import { decideStreamFailure } from './stream-failure.ts';
import type { StreamItem, TaskState } from './stream-item.ts';
import { TASK_CHARACTERS, tasksOf, textOf } from './stream-queue.ts';

/** appendStream is a method of tier 4: more than a hundred a minute. */
const PACE_MS = 1_000;
/** Slack ends a stream after about five minutes, however much is written there. */
const ROLL_OVER_MS = 230_000;
/** Well below the ceiling of a whole message, with room for the answer's beginning. */
const PAGE_CHARACTERS = 10_000;
const CLOSE_ATTEMPTS = 2;

/** A Slack stream: open for some minutes, then another follows in the same thread. */
export class StreamedPage implements ProgressPage {
  readonly paceMs = PACE_MS;
  readonly beginsWithTasks = true;
  readonly #options: PageOptions;
  readonly #tasks = new Map<string, TaskState>();
  #ts: string | undefined;
  #startedAt = 0;
  #text = '';

  constructor(options: PageOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#ts !== undefined;
  }

  get room(): number {
    return PAGE_CHARACTERS - escapeMarkdown(this.#text).length - this.#tasks.size * TASK_CHARACTERS;
  }

  get running(): readonly TaskState[] {
    return [...this.#tasks.values()].filter(({ status }) => status === 'in_progress');
  }

  wornInMs(): number | undefined {
    return this.isOpen ? this.#startedAt + ROLL_OVER_MS - this.#options.clock.now() : undefined;
  }

  async write(items: readonly StreamItem[]): Promise<PageResult> {
    const result = this.#ts === undefined ? await this.#start(items) : await this.#append(this.#ts, items);
    if (result.kind !== 'written') return result;
    for (const task of tasksOf(items)) this.#tasks.set(task.id, task);
    this.#text += textOf(items);
    return result;
  }

  async close(last: readonly TaskState[]): Promise<void> {
    const ts = this.#ts;
    if (ts === undefined) return;
    for (let attempt = 1; attempt <= CLOSE_ATTEMPTS; attempt += 1) {
      const failure = await this.#stop(ts, last);
      if (failure === undefined || failure.kind !== 'wait') break;
      // What stays open is swept.
      if (attempt === CLOSE_ATTEMPTS) return;
      await this.#rest(failure.delayMs);
    }
    await this.forget();
  }

  async forget(): Promise<'ours' | 'taken'> {
    const { streams, place, logger } = this.#options;
    if (this.#ts === undefined) return 'ours';
    try {
      return (await streams.remove(place.channelId, this.#ts)) ? 'ours' : 'taken';
    } catch (error) {
      logger.warn('a stream could not be forgotten', { requestId: place.requestId, err: toOpsError(error) });
      return 'ours';
    }
  }

  /** Tasks alone: a start whose response is lost leaves cards behind, and never a word twice. */
  async #start(items: readonly StreamItem[]): Promise<PageResult> {
    const { workspace, place, clock, streams } = this.#options;
    this.#startedAt = clock.now();
    try {
      const { ts } = await workspace.client.chat.startStream({
        channel: place.channelId,
        thread_ts: place.threadTs,
        recipient_team_id: place.recipient.teamId,
        recipient_user_id: place.recipient.userId,
        task_display_mode: 'timeline',
        chunks: toChunks(items),
      });
      if (ts === undefined) return { kind: 'refused', reason: 'not_like_this' };
      this.#ts = ts;
      await streams.add({
        requestId: place.requestId,
        teamId: workspace.teamId,
        channelId: place.channelId,
        threadTs: place.threadTs,
        ts,
        startedAt: this.#startedAt,
      });
      return { kind: 'written' };
    } catch (error) {
      // Slack has the stream, only our note of it failed: nobody else would find it.
      if (this.#ts !== undefined) return { kind: 'written' };
      return decideStreamFailure(error, 'chat.startStream');
    }
  }

  async #append(ts: string, items: readonly StreamItem[]): Promise<PageResult> {
    const { workspace, place } = this.#options;
    try {
      await workspace.client.chat.appendStream({ channel: place.channelId, ts, chunks: toChunks(items) });
      return { kind: 'written' };
    } catch (error) {
      const failure = decideStreamFailure(error, 'chat.appendStream');
      const isOpen = failure.kind === 'wait' && failure.isUncertain && textOf(items) !== '';
      return isOpen && (await this.#standsThere(ts, items)) ? { kind: 'written' } : failure;
    }
  }

  /** Looks until Slack says what stands there; only then is it known whether to write it again. */
  async #standsThere(ts: string, items: readonly StreamItem[]): Promise<boolean> {
    const { workspace, place, signal } = this.#options;
    const range = { channelId: place.channelId, threadTs: place.threadTs, since: this.#startedAt };
    while (!signal.aborted) {
      await this.#rest(PACE_MS);
      try {
        for await (const message of readMessages(workspace.client, range)) {
          if (message.ts === ts) return hasArrived(message.text ?? '', this.#text, textOf(items));
        }
        return false;
      } catch (error) {
        const { retryable, retryAfterMs = 0 } = toOpsError(error);
        if (!retryable) return false;
        await this.#rest(retryAfterMs);
      }
    }
    return false;
  }

  async #stop(ts: string, last: readonly TaskState[]) {
    const { workspace, place } = this.#options;
    try {
      const chunks = last.map(toTaskChunk);
      await workspace.client.chat.stopStream({
        channel: place.channelId,
        ts,
        ...(chunks.length > 0 && { chunks }),
      });
      return undefined;
    } catch (error) {
      return decideStreamFailure(error, 'chat.stopStream');
    }
  }

  async #rest(durationMs: number): Promise<void> {
    const { clock, signal } = this.#options;
    await clock.sleep(durationMs, signal).catch((error: unknown) => {
      if (!isOpsError(error, 'cancelled')) throw error;
    });
  }
}
