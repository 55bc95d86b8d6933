import type { JobRequest, Message, PlanRecord, Store } from '@jamie/core';
import { isTerminal, showJob } from '@jamie/core';
import { cardIdOf } from '@jamie/operations';
import type { AgentsContext } from '../agents-context.ts';
import { closingIdOf } from '../scarlet/closing-message.ts';
import { isHandedOver } from '../scarlet/hand-to-scarlet.ts';
import { waitJob } from '../scarlet/wait-change.ts';
import { handleJob } from './submit.ts';

/** More than any outage has brought; the oldest come first. */
const MAX_REQUESTS = 20_000;
const MAX_MESSAGES = 1_000;
const MAX_PLANS = 500;
/** A queue knows a finished job for a day: within this time, asking again cannot show anything twice. */
const SHOWN_WITHIN_MS = 12 * 60 * 60 * 1_000;
/** Several sweeps: a plan that ended before that has been looked at. */
const ENDED_WITHIN_MS = 60 * 60 * 1_000;

type OwedContext = Pick<AgentsContext, 'store' | 'clock' | 'checkpoints'>;

/**
 * The jobs that the store proves to be owed for longer than `restMs`: requests without an answer, messages that Slack
 * does not show, plans whose end Scarlet is to tell. They are the very jobs that were asked for when it was committed,
 * with the same ids, so a queue that still has them, or has done them, takes none twice; one that lost them gets them
 * back. The work of plans is recovered by operations.
 */
export async function listOwedJobs(context: OwedContext, restMs: number): Promise<readonly JobRequest[]> {
  const before = context.clock.now() - restMs;
  const requests = await context.store.listOpenRequests(before, MAX_REQUESTS);
  return [
    ...requests.map(handleJob),
    ...(await listMessageJobs(context, before)),
    ...(await listWaitJobs(context, before)),
  ];
}

async function listMessageJobs(
  { store, clock }: OwedContext,
  before: number,
): Promise<readonly JobRequest[]> {
  const jobs: JobRequest[] = [];
  for (const message of await store.listBehind(MAX_MESSAGES)) {
    const plan = message.planId && (await store.findPlan(message.planId));
    const changedAt = Math.max(message.at, plan?.updatedAt ?? 0);
    if (changedAt > before || changedAt < clock.now() - SHOWN_WITHIN_MS) continue;
    const job = await showJobOf(store, message, plan);
    if (job !== undefined) jobs.push(job);
  }
  return jobs;
}

async function showJobOf(
  store: Store,
  message: Message,
  plan: PlanRecord | undefined,
): Promise<JobRequest | undefined> {
  const version = message.version + (plan?.version ?? 0);
  if (plan !== undefined) return showJob(message, version, plan.plan.correlationId);
  const request = await store.findRequest(message.requestId);
  return request && showJob(message, version, request.correlationId);
}

async function listWaitJobs(context: OwedContext, before: number): Promise<readonly JobRequest[]> {
  const { store, clock, checkpoints } = context;
  const endedAfter = clock.now() - ENDED_WITHIN_MS;
  const jobs: JobRequest[] = [];
  for (const { plan, status, updatedAt } of await store.listPlans({ limit: MAX_PLANS })) {
    if (plan.createdAt > before || (isTerminal(status) && updatedAt < endedAfter)) continue;
    const card = await store.findMessage(cardIdOf(plan.id));
    if (card === undefined || !isHandedOver(card)) continue;
    const isKnown = await checkpoints.has(plan.id);
    if (isKnown || (await store.findMessage(closingIdOf(plan.id))) !== undefined) continue;
    jobs.push(waitJob(plan.id, plan.correlationId));
  }
  return jobs;
}
