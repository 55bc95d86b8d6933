import type { PlanId, PlanRecord, StoreChange } from '@jamie/core';
import { isTerminal, showJob } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { graphOptions, INPUT_STEP } from '../graphs/graph-options.ts';
import { closingIdOf, closingMessage } from './closing-message.ts';
import {
  loadScarletGraph,
  readScarletState,
  SCARLET_STATE_FORMAT,
  type ScarletState,
} from './scarlet-graph.ts';
import { waitChange } from './wait-change.ts';

/**
 * Makes Scarlet wait for a plan's end, or, when it has ended, say how. Safe to repeat and to run twice at once: she only
 * reads records, and her one message has an id that follows from the plan's.
 */
export async function advanceScarlet(context: AgentsContext, planId: PlanId): Promise<void> {
  const { store, checkpoints } = context;
  if ((await store.findMessage(closingIdOf(planId))) === undefined) {
    if (!(await hasSeenTheEnd(context, planId))) return;
    const record = await store.findPlan(planId);
    if (record !== undefined) await close(context, record);
  }
  if (await checkpoints.has(planId)) await checkpoints.delete(planId);
}

/** Wakes Scarlet where she waits for this plan. Does nothing for a plan that she has nothing to do with. */
export async function resumeScarlet(context: AgentsContext, planId: PlanId): Promise<void> {
  if (await context.checkpoints.has(planId)) await advanceScarlet(context, planId);
}

async function hasSeenTheEnd(context: AgentsContext, planId: PlanId): Promise<boolean> {
  let state = await step(context, planId);
  // Between reading the record and coming to rest, the plan may have ended, and its wake-up call found nobody waiting.
  if (state?.ended === undefined && (await isOver(context, planId))) state = await step(context, planId);
  return state?.ended !== undefined;
}

async function isOver({ store }: AgentsContext, planId: PlanId): Promise<boolean> {
  const record = await store.findPlan(planId);
  return record === undefined || isTerminal(record.status);
}

/** Begins the graph, or takes it up where it rests. State of another format is dropped: the record tells everything. */
async function step(context: AgentsContext, planId: PlanId): Promise<ScarletState | undefined> {
  const { Command } = await import('@langchain/langgraph');
  const graph = await loadScarletGraph(context.checkpoints);
  const options = graphOptions({ threadId: planId, live: { store: context.store } });
  const before = await graph.getState({ configurable: options.configurable });
  // A run that died before its first node has its input in no channel yet: it begins once more.
  const hasBegun = (before.metadata?.step ?? INPUT_STEP) > INPUT_STEP;
  if (!hasBegun)
    return readScarletState(await graph.invoke({ format: SCARLET_STATE_FORMAT, planId }, options));
  const state = readScarletState(before.values);
  if (state === undefined) {
    await context.checkpoints.delete(planId);
    return step(context, planId);
  }
  if (state.ended !== undefined) return state;
  const waits = before.tasks.some(({ interrupts }) => interrupts.length > 0);
  return readScarletState(await graph.invoke(waits ? new Command({ resume: 'look again' }) : null, options));
}

async function close(context: AgentsContext, record: PlanRecord): Promise<void> {
  const message = closingMessage(record, context.clock.now());
  if (message === undefined) return;
  const { correlationId } = record.plan;
  const changes: StoreChange[] = [
    { kind: 'message.insert', message },
    {
      kind: 'outbox.add',
      job: showJob(message, message.version, correlationId),
    },
  ];
  // A fresh plan in the place of a stale one is waited for as well.
  if (record.replacedBy !== undefined) changes.push(waitChange(record.replacedBy, correlationId));
  // A conflict means that the message is there: somebody else was woken at the same moment.
  await context.store.commit(changes);
}
