/** Work of the same key one after the other, in the order in which it was asked for. */
export interface Lanes {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Lanes within this process. Work of different keys runs at the same time. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    run(key, work) {
      const mine = (tails.get(key) ?? Promise.resolve()).then(work);
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, settled);
      return mine.finally(() => {
        if (tails.get(key) === settled) tails.delete(key);
      });
    },
  };
}
