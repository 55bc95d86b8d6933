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
