import { isOpsError, toOpsError } from '@jamie/core';
import { PostedPage } from './posted-page.ts';
import type { PageOptions, PageResult, ProgressPage } from './progress-page.ts';
import type { StreamFailure } from './stream-failure.ts';
import type { StreamItem, TaskState } from './stream-item.ts';
import { StreamQueue } from './stream-queue.ts';
import { StreamedPage } from './streamed-page.ts';

export interface StreamWriterOptions extends Omit<PageOptions, 'signal'> {
  /** Workspaces that take no streams, by team id; grows. */
  readonly unsupported: Set<string>;
  /** The person pressed Stop in the stream. */
  onStopped(): void;
}

const FIRST_TASK: TaskState = { id: 'begin', title: 'Looking into it', status: 'in_progress' };
const GOES_ON = 'Goes on in the next message';

/**
 * Shows work in progress in one thread. Whoever hands something in never waits; everything is shown in order and exactly
 * once, over as many messages as it takes, at the pace that Slack allows. What cannot be shown is given up in silence:
 * the answer does not depend on it.
 */
export class SlackStreamWriter {
  readonly #options: StreamWriterOptions;
  readonly #queue = new StreamQueue();
  readonly #tasks = new Map<string, TaskState>();
  readonly #over = new AbortController();
  /** The end is near: no pause for more to come. */
  readonly #hurry = new AbortController();
  #page: ProgressPage | undefined;
  #pages = 0;
  #mode: 'stream' | 'post';
  #isFinishing = false;
  #woken = Promise.withResolvers<void>();
  #running: Promise<void> | undefined;

  constructor(options: StreamWriterOptions) {
    this.#options = options;
    this.#mode = options.unsupported.has(options.workspace.teamId) ? 'post' : 'stream';
  }

  /** Whether a stream of Slack shows what is done; otherwise the status line should. */
  get isStreaming(): boolean {
    return this.#mode === 'stream' && this.#page?.isOpen === true && !this.#over.signal.aborted;
  }

  push(item: StreamItem): void {
    if (this.#isFinishing) return;
    if (item.kind === 'task')
      this.#tasks.set(item.task.id, { ...this.#tasks.get(item.task.id), ...item.task });
    this.#queue.push(item);
    this.#woken.resolve();
  }

  /** Begins to show; until then everything waits, and costs nothing. */
  open(): void {
    if (this.#running !== undefined || this.#isFinishing) return;
    if (this.#tasks.size === 0) this.#showFirst(FIRST_TASK);
    this.#running = this.#run().catch((error: unknown) => {
      const { logger, place } = this.#options;
      logger.warn('progress is no longer shown', { requestId: place.requestId, err: toOpsError(error) });
    });
  }

  /** Shows what waits, with no task left under way. The last message stays open, for the answer to end it. */
  async finish(): Promise<void> {
    for (const task of this.#runningTasks())
      this.push({ kind: 'task', task: { ...task, status: 'complete' } });
    this.#isFinishing = true;
    this.#hurry.abort();
    this.#woken.resolve();
    await this.#running;
  }

  /** Writes nothing more from now on. */
  abandon(): void {
    this.#isFinishing = true;
    this.#over.abort();
    this.#woken.resolve();
  }

  async #run(): Promise<void> {
    while (!this.#over.signal.aborted) {
      const wornInMs = this.#page?.wornInMs();
      if (wornInMs !== undefined && wornInMs <= 0) await this.#turnPage();
      else if (!this.#queue.isEmpty) await this.#writeNext();
      else if (this.#isFinishing) return;
      else await this.#untilWoken(this.#page?.isOpen === true ? wornInMs : undefined);
    }
    await this.#letGo();
  }

  async #writeNext(): Promise<void> {
    this.#page ??= this.#newPage();
    const page = this.#page;
    const isFirst = page.beginsWithTasks && !page.isOpen;
    const items = isFirst ? this.#firstTasks() : this.#queue.take(page.room);
    if (items.length === 0) return this.#turnPage();
    const result = await page.write(items);
    if (result.kind !== 'written') this.#queue.putBack(items, result.kind === 'wait' && result.isUncertain);
    await this.#after(page, result);
  }

  async #after(page: ProgressPage, result: PageResult): Promise<void> {
    switch (result.kind) {
      case 'written':
        return this.#sleep(page.paceMs, AbortSignal.any([this.#hurry.signal, this.#over.signal]));
      case 'wait':
        return this.#rest(result.delayMs);
      case 'over':
        return this.#afterEnd(page, result);
      case 'stopped':
        this.#over.abort();
        await page.forget();
        this.#options.onStopped();
        return undefined;
      case 'refused':
        return this.#afterRefusal(page, result);
    }
  }

  async #afterEnd(page: ProgressPage, { reason }: Extract<StreamFailure, { kind: 'over' }>): Promise<void> {
    if (reason === 'full') return this.#turnPage();
    // Whoever ended it has answered: nothing may stand after an answer.
    if ((await page.forget()) === 'taken') return this.#over.abort();
    this.#carryOver();
  }

  async #afterRefusal(
    page: ProgressPage,
    { reason }: Extract<StreamFailure, { kind: 'refused' }>,
  ): Promise<void> {
    const { unsupported, workspace, logger, place } = this.#options;
    logger.info('slack takes no progress like this', {
      requestId: place.requestId,
      reason,
      mode: this.#mode,
    });
    if (reason === 'unsupported' && this.#mode === 'stream') unsupported.add(workspace.teamId);
    if (reason === 'not_here' || this.#mode === 'post') return this.#over.abort();
    this.#mode = 'post';
    await page.close(page.running.map((task) => ({ ...task, status: 'complete', output: GOES_ON })));
    this.#carryOver();
  }

  /** Ends this message and goes on in another one. */
  async #turnPage(): Promise<void> {
    const page = this.#page;
    if (page === undefined) return;
    const last = page.running.map((shown) => {
      const task = this.#tasks.get(shown.id) ?? shown;
      if (task.status === 'in_progress') return { ...task, status: 'complete' as const, output: GOES_ON };
      this.#queue.drop(task.id);
      return task;
    });
    await page.close(last);
    this.#carryOver();
  }

  #showFirst(task: TaskState): void {
    this.#tasks.set(task.id, task);
    this.#queue.putBack([{ kind: 'task', task }], true);
  }

  /** Tasks that are still under way stand in the next message too. */
  #carryOver(): void {
    this.#page = undefined;
    const running = this.#runningTasks().map((task): StreamItem => ({ kind: 'task', task }));
    this.#queue.putBack(running, true);
  }

  /** A message begins with a card, so that something is seen at once. */
  #firstTasks(): readonly StreamItem[] {
    const tasks = this.#queue.takeTasks();
    if (tasks.length > 0) return tasks;
    return [{ kind: 'task', task: { id: `more-${this.#pages}`, title: 'Going on', status: 'complete' } }];
  }

  #newPage(): ProgressPage {
    this.#pages += 1;
    const options = { ...this.#options, signal: this.#over.signal };
    return this.#mode === 'stream' ? new StreamedPage(options) : new PostedPage(options, this.#pages);
  }

  #runningTasks(): readonly TaskState[] {
    return [...this.#tasks.values()].filter(({ status }) => status === 'in_progress');
  }

  /** A stream that began after nobody waited for it any more must not stay open. */
  async #letGo(): Promise<void> {
    const page = this.#page;
    if (page?.isOpen !== true) return;
    if ((await page.forget()) === 'ours') await page.close([]);
  }

  async #untilWoken(withinMs: number | undefined): Promise<void> {
    this.#woken = Promise.withResolvers();
    if (withinMs === undefined) return this.#woken.promise;
    const inTime = new AbortController();
    const signal = AbortSignal.any([inTime.signal, this.#over.signal]);
    await Promise.race([this.#woken.promise, this.#sleep(withinMs, signal)]);
    inTime.abort();
  }

  #rest(durationMs: number): Promise<void> {
    return this.#sleep(durationMs, this.#over.signal);
  }

  async #sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.clock.sleep(durationMs, signal);
    } catch (error) {
      if (!isOpsError(error, 'cancelled')) throw error;
    }
  }
}
