import { type Clock, isOpsError, type ProgressStep, type RequestProgress } from '@jamie/core';
import type { SessionStatus } from '../status/session-status.ts';
import type { StatusLine } from '../status/status-line.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import type { StreamPlace } from './progress-page.ts';
import type { SlackStreamWriter } from './slack-stream-writer.ts';
import type { StreamItem, TaskState } from './stream-item.ts';

export interface ThreadWork {
  readonly clock: Clock;
  readonly place: StreamPlace;
  readonly statusLine: StatusLine;
  readonly sessions: SessionStatus;
  findWorkspace(): Promise<SlackWorkspace>;
  openWriter(workspace: SlackWorkspace): Promise<SlackStreamWriter>;
  /** Somebody who looks after this program should know. */
  complain(error: unknown): void;
  /** Nothing of it follows any more. */
  ended(): void;
}

/** Most answers take less: a stream for those would only flicker. */
const STREAM_AFTER_MS = 1_500;
/** How often the status line is looked after. */
const STATUS_EVERY_MS = 3_000;
/** Slack removes a status after two minutes. */
const STATUS_REFRESH_MS = 90_000;
const END_WITHIN_MS = 5_000;

/** The progress of one run of one request. */
export class ThreadProgress implements RequestProgress {
  readonly #work: ThreadWork;
  readonly #over = new AbortController();
  /** What there is to show before there is a writer. */
  #waiting: StreamItem[] = [];
  #writer: SlackStreamWriter | undefined;
  #ending: Promise<void> | undefined;
  #steps = 0;
  #status = '';

  constructor(work: ThreadWork) {
    this.#work = work;
    this.#open().catch((error: unknown) => work.complain(error));
  }

  step(title: string): ProgressStep {
    this.#steps += 1;
    const task: TaskState = { id: `step-${this.#steps}`, title, status: 'in_progress' };
    let isOver = false;
    const end = (change: Partial<TaskState>) => {
      if (isOver) return;
      isOver = true;
      this.#show({ kind: 'task', task: { ...task, ...change } });
    };
    this.#status = `is ${title.charAt(0).toLowerCase()}${title.slice(1)}…`;
    this.#show({ kind: 'task', task });
    return {
      done: (outcome) => end({ status: 'complete', ...(outcome !== undefined && { output: outcome }) }),
      failed: (reason) => end({ status: 'error', output: reason }),
    };
  }

  say(text: string): void {
    this.#show({ kind: 'text', text: `${text}\n\n` });
  }

  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  #show(item: StreamItem): void {
    if (this.#ending !== undefined) return;
    if (this.#writer === undefined) this.#waiting.push(item);
    else this.#writer.push(item);
  }

  async #open(): Promise<void> {
    await this.#work.clock.sleep(STREAM_AFTER_MS, this.#over.signal);
    const workspace = await this.#work.findWorkspace();
    const writer = await this.#work.openWriter(workspace);
    if (this.#over.signal.aborted) return;
    for (const item of this.#waiting) writer.push(item);
    this.#waiting = [];
    this.#writer = writer;
    writer.open();
    this.#keepStatus(workspace, writer).catch((error: unknown) => this.#work.complain(error));
  }

  /** While no stream shows what is done, the status line does. */
  async #keepStatus(workspace: SlackWorkspace, writer: SlackStreamWriter): Promise<void> {
    const { clock, place, statusLine, sessions } = this.#work;
    let shown = '';
    let shownAt = 0;
    while (!this.#over.signal.aborted) {
      await clock.sleep(STATUS_EVERY_MS, this.#over.signal);
      const isDue = this.#status !== shown || clock.now() - shownAt >= STATUS_REFRESH_MS;
      if (writer.isStreaming || this.#status === '' || !isDue) continue;
      // A stream brings the button that stops it; without one it takes a word of ours.
      await sessions.set(workspace, place, 'processing');
      if (!(await statusLine.set(workspace, place, this.#status))) return;
      shown = this.#status;
      shownAt = clock.now();
    }
  }

  async #end(): Promise<void> {
    this.#over.abort();
    const writer = this.#writer;
    if (writer !== undefined) await this.#finish(writer);
    this.#work.ended();
  }

  async #finish(writer: SlackStreamWriter): Promise<void> {
    const inTime = new AbortController();
    const late = this.#work.clock.sleep(END_WITHIN_MS, inTime.signal).then(
      () => writer.abandon(),
      (error: unknown) => {
        if (!isOpsError(error, 'cancelled')) this.#work.complain(error);
      },
    );
    await Promise.race([writer.finish(), late]);
    inTime.abort();
  }
}
