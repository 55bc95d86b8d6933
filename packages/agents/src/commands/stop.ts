import type { Conversation, PlanRecord, Principal, Reply, ReplySection, Request } from '@jamie/core';
import { OPEN_PLAN_STATUSES } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { endRequestChanges } from '../desk/end-request.ts';
import { findCommand } from '../grammar/command-list.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import type { CommandRequest } from './command-request.ts';
import { endFollowing, FOLLOWED_WITHIN_MS, isFollowing } from './follow.ts';
import { answer, type Outcome } from './outcome.ts';

const PLANS = 50;
/** Statuses in which a change is under way: what was sent to a cluster is seen through to its end. */
const UNDER_WAY = OPEN_PLAN_STATUSES.filter((status) => status !== 'awaiting_approval');

/** Who stops, and where. */
export interface StoppedBy {
  readonly person: Principal;
  readonly conversation: Conversation;
}

/**
 * Ends what is being worked on in this conversation: open requests get their end with "Stopped.", what runs for them is
 * aborted, and plans of this person that wait for a decision are withdrawn. A change under way goes on, and is named.
 */
export async function stop(
  context: AgentsContext,
  { request: own, conversation }: CommandRequest,
): Promise<Outcome> {
  const by = { person: own.principal, conversation };
  const requests = await stopRequests(context, by, own);
  return describe({ requests, ...(await stopTheRest(context, by)) });
}

/**
 * The same, where nobody typed anything: the answer of one of the stopped requests says what became of everything.
 * False when there was no request to stop.
 */
export async function stopWithoutRequest(context: AgentsContext, by: StoppedBy): Promise<boolean> {
  const carrier = (await stoppable(context, by)).at(-1);
  if (carrier === undefined) return false;
  const requests = await stopRequests(context, by, carrier);
  const rest = await stopTheRest(context, by);
  const { reply } = describe({ requests: [carrier, ...requests], ...rest });
  return endStopped(context, by, carrier, { ...reply, sections: [...askedFor(by), ...reply.sections] });
}

/** Whether a person can stop anything here beside requests: plans of theirs that wait, a change to be told of, a log. */
export async function hasMoreToStop(
  context: AgentsContext,
  { person, conversation }: StoppedBy,
): Promise<boolean> {
  const { store, clock } = context;
  const [waiting, underWay, messages] = await Promise.all([
    waitingPlans(context, conversation),
    changesUnderWay(context, conversation),
    store.listMessages(conversation.id, clock.now() - FOLLOWED_WITHIN_MS),
  ]);
  const isFollowed = messages.some(({ body }) => body.kind === 'reply' && isFollowing(body.reply));
  return underWay.length > 0 || isFollowed || waiting.some(({ plan }) => isOf(plan.requester, person));
}

interface Rest {
  readonly plans: readonly PlanRecord[];
  /** How many logs are no longer followed. */
  readonly followed: number;
  readonly underWay: readonly PlanRecord[];
}

interface Stopped extends Rest {
  readonly requests: readonly Request[];
}

async function stopTheRest(context: AgentsContext, by: StoppedBy): Promise<Rest> {
  const plans = await withdrawPlans(context, by);
  const followed = await endFollowing(context.store, by.conversation.id, context.clock.now());
  return { plans, followed, underWay: await changesUnderWay(context, by.conversation) };
}

/** The requests that this has ended, all but one. */
async function stopRequests(
  context: AgentsContext,
  by: StoppedBy,
  except: Request,
): Promise<readonly Request[]> {
  const stopped: Request[] = [];
  for (const request of await stoppable(context, by)) {
    if (request.id === except.id) continue;
    const { reply } = answer('Stopped.', askedFor(by));
    if (await endStopped(context, by, request, reply)) stopped.push(request);
  }
  return stopped;
}

async function stoppable({ store }: AgentsContext, { conversation }: StoppedBy): Promise<readonly Request[]> {
  const open = await store.listOpenRequestsOf(conversation.id);
  return open.filter((request) => !takesEffectAtOnce(request));
}

function askedFor({ person }: StoppedBy): readonly ReplySection[] {
  return [{ kind: 'text', lines: [`${person.displayName} asked for it.`] }];
}

/** False for one that is answered at the same moment: it keeps its answer, as one commit wins. */
async function endStopped(
  context: AgentsContext,
  { conversation }: StoppedBy,
  request: Request,
  reply: Reply,
): Promise<boolean> {
  const result = await context.store.commit(endRequestChanges(context, { request, conversation }, { reply }));
  if (result.kind !== 'committed') return false;
  context.running.abort(request.id);
  if (await context.checkpoints.has(request.id)) await context.checkpoints.delete(request.id);
  return true;
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
  { person, conversation }: StoppedBy,
): Promise<readonly PlanRecord[]> {
  const waiting = await waitingPlans(context, conversation);
  const withdrawn: PlanRecord[] = [];
  for (const record of waiting.filter(({ plan }) => isOf(plan.requester, person))) {
    const planId = record.plan.id;
    const ballot = { planId, principal: person, decision: 'deny' as const, reason: 'stop' };
    const result = await context.operations.vote(ballot);
    if (result.kind === 'counted') withdrawn.push(record);
  }
  return withdrawn;
}

function waitingPlans({ store }: AgentsContext, { id }: Conversation): Promise<readonly PlanRecord[]> {
  return store.listPlans({ conversationId: id, statuses: ['awaiting_approval'], limit: PLANS });
}

function changesUnderWay({ store }: AgentsContext, { id }: Conversation): Promise<readonly PlanRecord[]> {
  return store.listPlans({ conversationId: id, statuses: UNDER_WAY, limit: PLANS });
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
