/** The most steps of one run: more than any path through our graphs has. */
const RECURSION_LIMIT = 20;

/** The step of the checkpoint that holds a run's input and nothing else. */
export const INPUT_STEP = -1;

export interface GraphRunOptions<Live> {
  readonly threadId: string;
  /** Live objects for the nodes. They never reach a checkpoint. */
  readonly live: Live;
  readonly signal?: AbortSignal | undefined;
}

/** How every graph of ours runs: each step durable before the next begins. */
export function graphOptions<Live>({ threadId, live, signal }: GraphRunOptions<Live>) {
  const context: Record<string, unknown> = { live };
  return {
    configurable: { thread_id: threadId },
    context,
    durability: 'sync' as const,
    recursionLimit: RECURSION_LIMIT,
    ...(signal !== undefined && { signal }),
  };
}

/** What `graphOptions` was given, as a node finds it. */
export function liveOf<Live>(runtime: { readonly context?: unknown }): Live {
  return (runtime.context as { readonly live: Live }).live;
}
