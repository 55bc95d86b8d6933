import type { PlanId } from '@jamie/core';
import { isTerminal } from '@jamie/core';
import { z } from 'zod';
import type { AgentsContext } from '../agents-context.ts';
import type { GraphCheckpoints } from '../graphs/graph-checkpoints.ts';
import { liveOf } from '../graphs/graph-options.ts';

/** Grows when older state can no longer be read. */
export const SCARLET_STATE_FORMAT = 1;

const stateSchema = z.object({
  format: z.literal(SCARLET_STATE_FORMAT),
  planId: z.string(),
  /** The status in which the record was seen to end. */
  ended: z.string().optional(),
});

/** What a checkpoint of Scarlet's graph holds: which plan she waits for, and whether she has seen its end. */
export type ScarletState = z.infer<typeof stateSchema>;

/** Undefined for what is none of ours, or of another format. */
export function readScarletState(values: unknown): ScarletState | undefined {
  const checked = stateSchema.safeParse(values);
  return checked.success ? checked.data : undefined;
}

/** The live side of a run: she reads records, and nothing else. */
export interface ScarletRun {
  readonly store: Pick<AgentsContext['store'], 'findPlan'>;
}

export type ScarletGraph = Awaited<ReturnType<typeof buildScarletGraph>>;

const BUILT = new WeakMap<GraphCheckpoints, Promise<ScarletGraph>>();

/** Scarlet's graph over these checkpoints, built once. */
export function loadScarletGraph(checkpoints: GraphCheckpoints): Promise<ScarletGraph> {
  const known = BUILT.get(checkpoints);
  if (known !== undefined) return known;
  const built = buildScarletGraph(checkpoints);
  BUILT.set(checkpoints, built);
  // A load that failed is tried again by the next plan.
  built.catch(() => BUILT.delete(checkpoints));
  return built;
}

/**
 * look → (wait → look)*: she looks at the record, and while the plan goes on she waits to be woken. What she is woken with
 * is never believed; she looks again.
 */
async function buildScarletGraph(checkpoints: GraphCheckpoints) {
  const [{ Annotation, END, interrupt, START, StateGraph }, checkpointer] = await Promise.all([
    import('@langchain/langgraph'),
    checkpoints.loadSaver(),
  ]);
  const state = Annotation.Root({
    format: Annotation<typeof SCARLET_STATE_FORMAT>(),
    planId: Annotation<string>(),
    ended: Annotation<string | undefined>(),
  });
  return new StateGraph(state)
    .addNode('look', async ({ planId }, runtime) => {
      const record = await liveOf<ScarletRun>(runtime).store.findPlan(planId as PlanId);
      if (record === undefined) return { ended: 'gone' };
      return isTerminal(record.status) ? { ended: record.status } : {};
    })
    .addNode('wait', async ({ planId }) => {
      interrupt({ planId, waitsFor: 'the end of the plan' });
      return {};
    })
    .addEdge(START, 'look')
    .addConditionalEdges('look', ({ ended }) => (ended === undefined ? 'wait' : 'end'), {
      wait: 'wait',
      end: END,
    })
    .addEdge('wait', 'look')
    .compile({ checkpointer });
}
