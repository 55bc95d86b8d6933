import type { Clock, MessageId, PlaceInLine, PostingLine, WaitingPost } from '@jamie/core';

interface Waiting extends WaitingPost {
  readonly seenAt: number;
}

const FORGOTTEN_MS = 600_000;

/** Lines in memory, for one process. */
export class FakePostingLine implements PostingLine {
  readonly #clock: Clock;
  readonly #lines = new Map<string, Waiting[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async wait(key: string, post: WaitingPost): Promise<PlaceInLine> {
    const now = this.#clock.now();
    const line = this.#line(key).filter(({ seenAt }) => Math.abs(now - seenAt) <= FORGOTTEN_MS);
    const before = line.findIndex(({ messageId }) => messageId === post.messageId);
    const index = before === -1 ? line.length : before;
    line[index] = { ...post, seenAt: now };
    this.#lines.set(key, line);
    const goesBefore = (other: Waiting, at: number) =>
      other.isUrgent === post.isUrgent ? at < index : other.isUrgent;
    return {
      ahead: line.filter(goesBefore).length,
      rollable: line.filter(({ mayRollUp }) => mayRollUp).length,
    };
  }

  async listRollable(key: string, limit: number): Promise<readonly MessageId[]> {
    const rollable = this.#line(key).filter(({ mayRollUp }) => mayRollUp);
    return rollable.slice(0, limit).map(({ messageId }) => messageId);
  }

  async leave(key: string, messageIds: readonly MessageId[]): Promise<void> {
    this.#lines.set(
      key,
      this.#line(key).filter(({ messageId }) => !messageIds.includes(messageId)),
    );
  }

  #line(key: string): Waiting[] {
    return this.#lines.get(key) ?? [];
  }
}
