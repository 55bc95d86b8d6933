import { SLACK_LIMITS } from '../limits.ts';
import { findMarked, messageMark } from '../notifier/message-mark.ts';
import { sections } from '../views/content.ts';
import { elide, escapeText } from '../views/mrkdwn.ts';
import type { PageOptions, PageResult, ProgressPage } from './progress-page.ts';
import { decideStreamFailure } from './stream-failure.ts';
import type { StreamItem, TaskState } from './stream-item.ts';

/** chat.update more often than this is no better to read, and eats up what the answer needs. */
const PACE_MS = 3_000;
const PAGE_CHARACTERS = 9_000;

const WORDS = { in_progress: 'Under way', complete: 'Done', error: 'Failed' } as const;

/** A posted message that is changed in place: for workspaces without streams. */
export class PostedPage implements ProgressPage {
  readonly paceMs = PACE_MS;
  readonly beginsWithTasks = false;
  readonly #options: PageOptions;
  readonly #mark: string;
  readonly #startedAt: number;
  #items: readonly StreamItem[] = [];
  #ts: string | undefined;
  #mayBeThere = false;

  /** `number`: the how-manieth message of this request it is. */
  constructor(options: PageOptions, number: number) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#mark = `progress:${options.place.requestId}:${this.#startedAt}:${number}`;
  }

  get isOpen(): boolean {
    return this.#ts !== undefined;
  }

  get room(): number {
    return PAGE_CHARACTERS - render(this.#items).length;
  }

  get running(): readonly TaskState[] {
    return this.#items.flatMap((item) =>
      item.kind === 'task' && item.task.status === 'in_progress' ? [item.task] : [],
    );
  }

  wornInMs(): number | undefined {
    return undefined;
  }

  async write(items: readonly StreamItem[]): Promise<PageResult> {
    const next = withItems(this.#items, items);
    try {
      await this.#show(render(next));
    } catch (error) {
      const failure = decideStreamFailure(error, 'chat.update');
      if (failure.kind === 'wait' && failure.isUncertain) this.#mayBeThere = true;
      return failure;
    }
    this.#items = next;
    return { kind: 'written' };
  }

  async close(last: readonly TaskState[]): Promise<void> {
    if (last.length > 0) await this.write(last.map((task) => ({ kind: 'task', task })));
  }

  async forget(): Promise<'ours'> {
    return 'ours';
  }

  async #show(mrkdwn: string): Promise<void> {
    const { client } = this.#options.workspace;
    const { channelId: channel, threadTs } = this.#options.place;
    if (this.#ts === undefined && this.#mayBeThere) {
      const search = { channelId: channel, threadTs, since: this.#startedAt, key: this.#mark };
      this.#ts = await findMarked(client, search);
    }
    const content = {
      channel,
      text: elide(mrkdwn, SLACK_LIMITS.fallbackText),
      blocks: [...sections(mrkdwn)],
      parse: 'none' as const,
      link_names: false,
      metadata: messageMark(this.#mark),
    };
    if (this.#ts !== undefined) {
      await client.chat.update({ ...content, ts: this.#ts });
      return;
    }
    const posted = await client.chat.postMessage({
      ...content,
      thread_ts: threadTs,
      unfurl_links: false,
      unfurl_media: false,
    });
    this.#ts = posted.ts;
  }
}

/** A newer state of a task takes the place of the one before; everything else follows. */
function withItems(before: readonly StreamItem[], added: readonly StreamItem[]): readonly StreamItem[] {
  const items = [...before];
  for (const item of added) {
    const index = items.findIndex(
      (each) => item.kind === 'task' && each.kind === 'task' && each.task.id === item.task.id,
    );
    const known = items[index];
    if (known?.kind === 'task' && item.kind === 'task')
      items[index] = { kind: 'task', task: { ...known.task, ...item.task } };
    else items.push(item);
  }
  return items;
}

function render(items: readonly StreamItem[]): string {
  return items
    .map((item) => (item.kind === 'text' ? escapeText(item.text) : `${renderTask(item.task)}\n`))
    .join('');
}

function renderTask({ title, status, details, output }: TaskState): string {
  const parts = [`${WORDS[status]}: ${title}`, details, output].filter((part) => part !== undefined);
  return parts.map((part) => elide(escapeText(part), SLACK_LIMITS.taskText)).join('. ');
}
