/** What a Redis server says about how well it keeps things. Undefined: it did not say. */
export interface RedisFacts {
  /** What it throws away when its memory is full: `noeviction` is nothing. */
  readonly evictionPolicy: string | undefined;
  /** Whether writes are kept in an append-only file, which a restart reads back. */
  readonly appendsToFile: boolean | undefined;
}

export type RedisVerdict =
  | { readonly kind: 'sound' }
  /** Work may be dropped at any time, and locks with it. */
  | { readonly kind: 'refused'; readonly reason: 'evicts'; readonly policy: string }
  /** Work is lost in a restart, or may be. */
  | { readonly kind: 'at_risk'; readonly reason: 'no_append_file' | 'not_said' };

/** Reads the answer to INFO, which every Redis gives, also one that forbids CONFIG. */
export function readRedisFacts(info: string): RedisFacts {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  const append = /^aof_enabled:([01])/m.exec(info)?.[1];
  return {
    evictionPolicy: policy,
    appendsToFile: append === undefined ? undefined : append === '1',
  };
}

/**
 * Decides whether a queue may live on this server. BullMQ needs `noeviction`: "the only setting that guarantees the
 * correct behavior" (docs.bullmq.io/guide/going-to-production). Without the file a restart loses what waits, which
 * costs time only, because all that is owed stands in the store.
 */
export function judgeRedis({ evictionPolicy, appendsToFile }: RedisFacts): RedisVerdict {
  if (evictionPolicy !== undefined && evictionPolicy !== 'noeviction') {
    return { kind: 'refused', reason: 'evicts', policy: evictionPolicy };
  }
  if (appendsToFile === false) return { kind: 'at_risk', reason: 'no_append_file' };
  if (evictionPolicy === undefined || appendsToFile === undefined) {
    return { kind: 'at_risk', reason: 'not_said' };
  }
  return { kind: 'sound' };
}
