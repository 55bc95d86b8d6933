import type { BaseCheckpointSaver } from '@langchain/langgraph';

/**
 * Where the graphs keep their state, durable when a call returns. Everything but `loadSaver` costs nothing of the
 * graph library, so that a program in which nobody has asked in a sentence never loads it.
 */
export interface GraphCheckpoints {
  /** The saver that graphs are compiled with, the same each time. */
  loadSaver(): Promise<BaseCheckpointSaver>;
  has(threadId: string): Promise<boolean>;
  /** Ids of threads that have state, after `afterId` in the order of their ids; at most `limit`. */
  list(afterId: string, limit: number): Promise<readonly string[]>;
  /** Does nothing where there is no such thread. */
  delete(threadId: string): Promise<void>;
}

/**
 * Joins the threads of a database with its saver. The saver comes with the graph library, which is heavy: `loadSaver` is
 * called when the first graph runs, and once.
 */
export function openGraphCheckpoints(
  threads: Omit<GraphCheckpoints, 'loadSaver'>,
  loadSaver: GraphCheckpoints['loadSaver'],
): GraphCheckpoints {
  let saver: ReturnType<typeof loadSaver> | undefined;
  return {
    ...threads,
    loadSaver: () => {
      saver ??= loadSaver();
      return saver;
    },
  };
}
