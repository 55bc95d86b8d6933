import type { PlanRecord, PlanStatus, Principal, Request } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { endRequestChanges } from '../desk/end-request.ts';
import { findCommand } from '../grammar/command-list.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import type { CommandRequest } from './command-request.ts';
import { endFollowing } from './follow.ts';
import { answer, type Outcome } from './outcome.ts';

const PLANS = 50;
/** Statuses in which a change is under way: what was sent to a cluster is seen through to its end. */
const UNDER_WAY: readonly PlanStatus[] = [
  'approved',
  'executing',
  'verifying',
  'watching',
  'rolling_back',
  'verifying_rollback',
];

/**
 * Ends what is being worked on in this conversation: open requests get their end with "Stopped.", what runs for them is
 * aborted, and plans of this person that wait for a decision are withdrawn. A change under way goes on, and is named.
 */
export async function stop(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const requests = await stopRequests(context, asked);
  const plans = await withdrawPlans(context, asked);
  const followed = await endFollowing(context.store, asked.conversation.id, context.clock.now());
  const underWay = await context.store.listPlans({
    conversationId: asked.conversation.id,
    statuses: UNDER_WAY,
    limit: PLANS,
  });
  return describe({ requests, plans, followed, underWay });
}

interface Stopped {
  readonly requests: readonly Request[];
  readonly plans: readonly PlanRecord[];
  /** How many logs are no longer followed. */
  readonly followed: number;
  readonly underWay: readonly PlanRecord[];
}

/** The requests that this has ended. One that is answered at the same moment keeps its answer: one commit wins. */
async function stopRequests(
  context: AgentsContext,
  { request: own, conversation }: CommandRequest,
): Promise<readonly Request[]> {
  const stopped: Request[] = [];
  for (const request of await context.store.listOpenRequestsOf(conversation.id)) {
    if (request.id === own.id || takesEffectAtOnce(request)) continue;
    const outcome = answer('Stopped.', [
      { kind: 'text', lines: [`${own.principal.displayName} asked for it.`] },
    ]);
    const result = await context.store.commit(endRequestChanges(context, { request, conversation }, outcome));
    if (result.kind !== 'committed') continue;
    context.running.abort(request.id);
    if (await context.checkpoints.has(request.id)) await context.checkpoints.delete(request.id);
    stopped.push(request);
  }
  return stopped;
}

/** A decision or a switch that was typed is done in a moment; ended here, it might have counted all the same. */
function takesEffectAtOnce({ form, text }: Request): boolean {
  const typed = parseCommand(text);
  if (form !== 'command' || typed.kind !== 'intent') return false;
  const tier = findCommand(typed.intent.kind)?.tier;
  return tier === 'decide' || tier === 'switch' || typed.intent.kind === 'stop';
}

async function withdrawPlans(
  context: AgentsContext,
  { request, conversation }: CommandRequest,
): Promise<readonly PlanRecord[]> {
  const waiting = await context.store.listPlans({
    conversationId: conversation.id,
    statuses: ['awaiting_approval'],
    limit: PLANS,
  });
  const withdrawn: PlanRecord[] = [];
  for (const record of waiting.filter(({ plan }) => isOf(plan.requester, request.principal))) {
    const planId = record.plan.id;
    const { principal } = request;
    const result = await context.operations.vote({ planId, principal, decision: 'deny', reason: 'stop' });
    if (result.kind === 'counted') withdrawn.push(record);
  }
  return withdrawn;
}

function isOf(requester: Principal, person: Principal): boolean {
  return requester.id === person.id;
}

function describe({ requests, plans, followed, underWay }: Stopped): Outcome {
  const items = [
    ...requests.map(({ text }) => `Stopped: ${text}`),
    ...plans.map(({ plan }) => `Taken back: ${plan.id}, ${plan.headline}. Nothing of it was changed.`),
    ...underWay.map(describeUnderWay),
  ];
  const sections = items.length === 0 ? [] : [{ kind: 'list' as const, items }];
  return answer(headlineOf(requests.length + plans.length + followed, underWay.length), sections);
}

function headlineOf(stopped: number, underWay: number): string {
  const goesOn =
    ['', ' One change is under way and goes on.'][underWay] ??
    ` ${underWay} changes are under way and go on.`;
  if (stopped === 0) return `Nothing of mine was left to stop here.${goesOn}`;
  return `Stopped.${goesOn}`;
}

function describeUnderWay({ plan, status, reason }: PlanRecord): string {
  const what = `Goes on: ${plan.id}, ${plan.headline}. ${reason}`;
  if (status === 'approved') return `${what} Freeze holds it while it has not started.`;
  return `${what} Neither stop nor freeze ends it; undo ${plan.id} plans the way back.`;
}
