import type { Clock } from '@jamie/core';

/** A card of a streamed message. Title, status, output and sources are replaced, details are appended. */
export interface EmulatedTask {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly details: string;
  readonly output: string;
  readonly sources: readonly Readonly<Record<string, unknown>>[];
}

/** What is appended to a stream: one chunk, its members checked. */
export type StreamChunk =
  | { readonly type: 'markdown_text'; readonly text: string }
  | ({ readonly type: 'task_update' } & Partial<EmulatedTask> & Pick<EmulatedTask, 'id' | 'title' | 'status'>)
  | { readonly type: 'plan_update'; readonly title: string }
  | { readonly type: 'blocks'; readonly blocks: readonly Readonly<Record<string, unknown>>[] };

/** A stream takes either text or chunks all its life, as its first piece was. */
export type StreamMode = 'text' | 'chunks';

export type StreamState = 'streaming' | 'stopped' | 'stopped_by_user' | 'expired';

export interface MessageStreamOptions {
  readonly clock: Clock;
  readonly lifetimeMs: number;
  readonly recipientUserId?: string;
  readonly displayMode: 'timeline' | 'plan';
}

/** What is streamed into one message. It ends when it is stopped, by the app or a person, or by its age. */
export class MessageStream {
  readonly startedAt: number;
  readonly recipientUserId: string | undefined;
  readonly displayMode: 'timeline' | 'plan';
  /** In the order in which they first appeared. */
  readonly tasks = new Map<string, EmulatedTask>();
  /** Every chunk that was accepted, in order. */
  readonly chunks: StreamChunk[] = [];
  mode: StreamMode | undefined;
  planTitle: string | undefined;
  readonly #clock: Clock;
  readonly #lifetimeMs: number;
  #end: 'stopped' | 'stopped_by_user' | undefined;

  constructor(options: MessageStreamOptions) {
    this.#clock = options.clock;
    this.#lifetimeMs = options.lifetimeMs;
    this.startedAt = options.clock.now();
    this.recipientUserId = options.recipientUserId;
    this.displayMode = options.displayMode;
  }

  get state(): StreamState {
    if (this.#end !== undefined) return this.#end;
    return this.#clock.now() - this.startedAt >= this.#lifetimeMs ? 'expired' : 'streaming';
  }

  /** All text that was appended, in order. */
  get text(): string {
    return this.chunks.map((chunk) => (chunk.type === 'markdown_text' ? chunk.text : '')).join('');
  }

  /** All blocks that were appended, in order. */
  get blocks(): readonly Record<string, unknown>[] {
    return this.chunks.flatMap((chunk) => (chunk.type === 'blocks' ? chunk.blocks : []));
  }

  append(chunks: readonly StreamChunk[]): void {
    for (const chunk of chunks) {
      this.chunks.push(chunk);
      if (chunk.type === 'plan_update') this.planTitle = chunk.title;
      if (chunk.type === 'task_update') this.#updateTask(chunk);
    }
  }

  stop(by: 'app' | 'person'): void {
    this.#end ??= by === 'app' ? 'stopped' : 'stopped_by_user';
  }

  #updateTask(chunk: StreamChunk & { readonly type: 'task_update' }): void {
    const known = this.tasks.get(chunk.id);
    this.tasks.set(chunk.id, {
      id: chunk.id,
      title: chunk.title,
      status: chunk.status,
      // Slack puts nothing between what came before and what comes now.
      details: (known?.details ?? '') + (chunk.details ?? ''),
      output: chunk.output ?? known?.output ?? '',
      sources: chunk.sources ?? known?.sources ?? [],
    });
  }
}
