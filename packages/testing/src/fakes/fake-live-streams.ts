import type { LiveStream, LiveStreams, RequestId } from '@jamie/core';

/** Live streams in memory, shared by whoever holds it, as two processes share a database. */
export class FakeLiveStreams implements LiveStreams {
  readonly #streams = new Map<string, LiveStream>();

  async add(stream: LiveStream): Promise<void> {
    const key = `${stream.channelId}:${stream.ts}`;
    if (!this.#streams.has(key)) this.#streams.set(key, stream);
  }

  async listOf(requestId: RequestId): Promise<readonly LiveStream[]> {
    return this.#oldestFirst().filter((stream) => stream.requestId === requestId);
  }

  async listStartedBefore(time: number, limit: number): Promise<readonly LiveStream[]> {
    return this.#oldestFirst()
      .filter((stream) => stream.startedAt < time)
      .slice(0, limit);
  }

  async remove(channelId: string, ts: string): Promise<boolean> {
    return this.#streams.delete(`${channelId}:${ts}`);
  }

  #oldestFirst(): readonly LiveStream[] {
    return [...this.#streams.values()].toSorted((one, other) => one.startedAt - other.startedAt);
  }
}
