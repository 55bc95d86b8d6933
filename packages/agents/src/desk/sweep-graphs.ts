import type { PlanId, RequestId } from '@jamie/core';
import { isTerminal } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { advanceScarlet } from '../scarlet/advance-scarlet.ts';
import { closingIdOf } from '../scarlet/closing-message.ts';

const PAGE = 200;

/**
 * Forgets the state of graphs whose request is answered, and wakes those whose plan has ended: what a crash between a
 * commit and the step after it left behind. Returns how many it dealt with. Safe to repeat.
 */
export async function sweepGraphs(context: AgentsContext): Promise<number> {
  let swept = 0;
  let after = '';
  for (;;) {
    const threads = await context.checkpoints.list(after, PAGE);
    for (const threadId of threads) {
      if (await sweptAlone(context, threadId)) swept += 1;
    }
    after = threads.at(-1) ?? '';
    if (threads.length < PAGE) return swept;
  }
}

/** One thread that cannot be swept keeps no other from it; the next sweep tries it again. */
async function sweptAlone(context: AgentsContext, threadId: string): Promise<boolean> {
  try {
    return await sweepThread(context, threadId);
  } catch (error) {
    context.logger.warn('a graph could not be swept', { graphThreadId: threadId, err: error });
    return false;
  }
}

async function sweepThread(context: AgentsContext, threadId: string): Promise<boolean> {
  const { store, checkpoints } = context;
  const request = await store.findRequest(threadId as RequestId);
  if (request?.status === 'open') return false;
  const plan = await store.findPlan(threadId as PlanId);
  if (plan === undefined || (await store.findMessage(closingIdOf(plan.plan.id))) !== undefined) {
    await checkpoints.delete(threadId);
    return true;
  }
  if (!isTerminal(plan.status)) return false;
  await advanceScarlet(context, plan.plan.id);
  return true;
}
