import type { ClusterConnection, JsonObject, LogQuery, Message, Principal, Reply } from '@jamie/core';
import { OpsError, toOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { type Follow, followJob, isFollowing, readFollow } from '../commands/follow.ts';
import {
  endReply,
  type FollowEnd,
  type FollowedLog,
  growReply,
  wholeLines,
} from '../commands/logs/follow-reply.ts';
import { MAX_LOG_BYTES, MAX_LOG_LINES } from '../commands/logs/log-bounds.ts';
import { readLog } from '../commands/logs/read-log.ts';
import { mayReadLog } from '../commands/read-rights.ts';
import { changeReply } from './change-reply.ts';

/** What is read at each look; the last look reads all. */
const LIVE_LINES = 1_000;

/** What a look at the log brought: what it holds, unless there is nothing to see now, and why it was the last look. */
interface Look {
  readonly last?: FollowedLog;
  readonly end?: FollowEnd;
}

interface FollowedMessage {
  readonly message: Message;
  readonly person: Principal;
  readonly until: number;
}

/**
 * Looks once at a log that somebody follows, shows what is new, and asks for the next look in the same commit. Each look
 * is a job of its own, so that a crash costs nothing but the pause, and no worker is held for minutes. Reads as the
 * person, and asks each time whether they still may.
 */
export async function followLog(
  context: AgentsContext,
  payload: JsonObject,
  isLastAttempt: boolean,
): Promise<void> {
  const follow = readFollow(payload);
  const message = await context.store.findMessage(follow.messageId);
  if (message?.body.kind !== 'reply' || !isFollowing(message.body.reply)) return;
  const request = await context.store.findRequest(message.requestId);
  if (request === undefined) throw new OpsError('not_found', 'no such request', { details: payload });
  const until = message.body.reply.followingUntil;
  const followed = { message, person: request.principal, until };
  const look = await lookOrEnd(context, follow, followed, isLastAttempt);
  const next = followJob({ ...follow, tick: follow.tick + 1 }, context.clock.now(), request.correlationId);
  const also = look.end === undefined ? [{ kind: 'outbox.add' as const, job: next }] : [];
  await changeReply(context.store, follow.messageId, (reply) => afterLook(reply, look), also);
}

/** The reply after a look; undefined when there is nothing new, or when somebody stopped it while we looked. */
function afterLook(reply: Reply, { last, end }: Look): Reply | undefined {
  if (!isFollowing(reply)) return undefined;
  if (end !== undefined) return endReply(reply, end, last);
  if (last === undefined) return undefined;
  const grown = growReply(reply, last);
  return JSON.stringify(grown) === JSON.stringify(reply) ? undefined : grown;
}

/** On the last attempt a cluster that stays away ends it; before that, what may pass is tried again. */
async function lookOrEnd(
  context: AgentsContext,
  follow: Follow,
  followed: FollowedMessage,
  isLastAttempt: boolean,
): Promise<Look> {
  try {
    return await lookAt(context, follow, followed);
  } catch (error) {
    const failure = toOpsError(error);
    if (failure.retryable && !isLastAttempt) throw error;
    context.logger.warn('a followed log cannot be read', { code: failure.code, err: failure });
    return { end: 'away' };
  }
}

async function lookAt(
  context: AgentsContext,
  follow: Follow,
  { message, person, until }: FollowedMessage,
): Promise<Look> {
  const { namespace, view } = follow;
  const connection = context.clusters.connect(follow.cluster);
  if (!(await mayReadLog(connection, person, { namespace, name: view.pod }))) return { end: 'rights' };
  const hasEnded = await hasContainerEnded(connection, follow);
  const now = context.clock.now();
  const end = hasEnded ? 'container_ended' : now >= until ? 'time' : undefined;
  const sinceSeconds = view.sinceSeconds && view.sinceSeconds + Math.ceil((now - message.at) / 1_000);
  const grown = { ...view, ...(sinceSeconds !== undefined && { sinceSeconds }) };
  const log = await readLog(
    connection.reader,
    queryOf({ ...follow, view: grown }, end !== undefined),
    person.kubernetes,
  );
  if (log.kind === 'read') {
    const last = { view: grown, log: hasEnded ? log : wholeLines(log) };
    return end === undefined ? { last } : { last, end };
  }
  if (log.reason === 'gone') return { end: 'gone' };
  if (log.reason === 'forbidden') return { end: 'rights' };
  return end === undefined ? {} : { end };
}

function queryOf({ namespace, view }: Follow, isLastLook: boolean): LogQuery {
  const { pod, container, previous, sinceSeconds, tailLines = MAX_LOG_LINES } = view;
  return {
    namespace,
    pod,
    container,
    previous,
    tailLines: Math.min(tailLines, isLastLook ? MAX_LOG_LINES : LIVE_LINES),
    limitBytes: MAX_LOG_BYTES,
    ...(sinceSeconds !== undefined && { sinceSeconds }),
  };
}

/** Whether the run that is followed is over. A pod that the cache does not know is left to the API server to judge. */
async function hasContainerEnded(
  { snapshots }: ClusterConnection,
  { namespace, view }: Follow,
): Promise<boolean> {
  const { objects } = await snapshots.snapshot();
  const pod = objects.Pod.find((each) => each.name === view.pod && each.namespace === namespace);
  const state = pod?.containers.find(({ name }) => name === view.container)?.state;
  if (state?.kind === 'waiting') return state.reason === 'CrashLoopBackOff';
  return state?.kind === 'terminated';
}
