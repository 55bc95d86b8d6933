import { type Clock, type Kind, OpsError } from '@jamie/core';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { collectionPath } from '../reader/resource-path.ts';
import type { ApiStream } from '../transport/api-request.ts';
import type { CacheLimits } from './cache-limits.ts';
import { LineDecoder } from './line-decoder.ts';
import { parseWatchEvent, type WatchEvent } from './watch-event.ts';

export interface WatchOptions {
  readonly transport: GuardedTransport;
  readonly kind: Kind;
  readonly resourceVersion: string;
  readonly clock: Clock;
  readonly limits: CacheLimits;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** The API server has accepted the watch. */
  readonly onOpen: () => void;
  /** Bytes arrived: the connection lives. */
  readonly onHeard: () => void;
  readonly onEvent: (event: WatchEvent) => void;
}

/**
 * Watches a kind until the API server ends the watch; resolves then. Throws when it breaks, when it says something
 * unreadable, and when it has been silent for too long.
 */
export async function watchKind(options: WatchOptions): Promise<void> {
  const { transport, kind, resourceVersion, timeoutSeconds, signal } = options;
  const path = collectionPath(kind);
  const query = {
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(timeoutSeconds),
  };
  const stream = await transport.open({ method: 'GET', path, query, signal });
  options.onOpen();
  const guard = guardSilence(options, stream);
  try {
    const decoder = new LineDecoder(options.limits.maxLineBytes);
    for await (const chunk of stream.chunks) {
      guard.heard();
      options.onHeard();
      for (const line of decoder.push(chunk)) options.onEvent(parseWatchEvent(line, path));
    }
  } catch (error) {
    throw guard.isSilent() ? silence(kind, options.limits.silenceMs, error) : error;
  } finally {
    guard.end();
    stream.abort();
  }
}

interface SilenceGuard {
  heard(): void;
  isSilent(): boolean;
  end(): void;
}

/** Ends a stream that says nothing for too long: a half-open socket never fails by itself. */
function guardSilence(options: WatchOptions, stream: ApiStream): SilenceGuard {
  const { clock, limits } = options;
  const done = new AbortController();
  let heardAt = clock.now();
  let isSilent = false;
  const listen = async (): Promise<void> => {
    for (let quietMs = 0; quietMs < limits.silenceMs; quietMs = clock.now() - heardAt) {
      await clock.sleep(limits.silenceMs - quietMs, done.signal);
    }
    isSilent = true;
    stream.abort();
  };
  // The only failure is the sleep's end by `done`: the watch has ended, and nobody waits for the guard.
  listen().catch(() => undefined);
  return {
    heard: () => {
      heardAt = clock.now();
    },
    isSilent: () => isSilent,
    end: () => done.abort(),
  };
}

function silence(kind: Kind, silenceMs: number, cause: unknown): OpsError {
  return new OpsError('timeout', 'a watch has been silent for too long', {
    details: { kind, silenceMs },
    cause,
  });
}
