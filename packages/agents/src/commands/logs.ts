import { countOf } from '@jamie/analysis';
import type { ClusterConnection, LogQuery, ReplyOption, Request } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { answerIdOf } from '../desk/answer-id.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import type { CommandRequest } from './command-request.ts';
import { type FoundTarget, findTarget } from './find-target.ts';
import { followJob } from './follow.ts';
import { inStep } from './in-step.ts';
import { startFollowing, wholeLines } from './logs/follow-reply.ts';
import { MAX_LOG_BYTES, MAX_LOG_LINES } from './logs/log-bounds.ts';
import type { LogReading } from './logs/log-reading.ts';
import { logReply, viewOf } from './logs/log-reply.ts';
import { decideLogTarget, type LogTarget, type NoLogTarget } from './logs/log-target.ts';
import { readLog } from './logs/read-log.ts';
import { explainNoTarget, explainUnread } from './logs/unread-log.ts';
import { asking, type Outcome, refusal } from './outcome.ts';
import { mayRead, mayReadLog } from './read-rights.ts';
import { refuseReading } from './refuse-reading.ts';

type LogsIntent = IntentOf<'logs'>;

/** What a container wrote: read for the person, as the person, with secrets taken out. */
export async function logs(
  context: AgentsContext,
  asked: CommandRequest,
  intent: LogsIntent,
): Promise<Outcome> {
  const found = await findTarget(context, asked, intent);
  if (found.kind === 'not_found') return found.outcome;
  const { connection, snapshot, ref } = found;
  const person = asked.request.principal;
  if (!(await mayRead(connection, person, ref.namespace)))
    return refuseReading(person, 'read pods', ref.namespace, connection);
  const target = decideLogTarget(snapshot, ref, intent.container);
  if (target.kind !== 'target') return noTarget(target, intent, formatObjectRef(ref));
  if (!(await mayReadLog(connection, person, target.pod)))
    return refuseReading(person, 'read logs', target.pod.namespace, connection);
  const outcome = await answerWith(context, asked, intent, found, target);
  return { ...outcome, cluster: connection.info.name, focus: ref };
}

async function answerWith(
  context: AgentsContext,
  asked: CommandRequest,
  intent: LogsIntent,
  { connection, ref }: FoundTarget,
  target: LogTarget,
): Promise<Outcome> {
  const { request } = asked;
  const log = await inStep(
    asked,
    `Reading the log of ${target.container.name} in ${target.pod.name}`,
    () => readLog(connection.reader, queryOf(intent, target), request.principal.kubernetes),
    (read) => (read.kind === 'read' ? countOf(read.lines.length, 'line') : undefined),
  );
  if (log.kind === 'unread') return refusal(explainUnread(log, intent, target.pod, target.container));
  const now = context.clock.now();
  const reading = { intent, subject: formatObjectRef(ref), target, log, now };
  const { followSeconds } = intent;
  if (followSeconds === undefined) return { reply: logReply(reading) };
  return follow(request, { ...reading, log: wholeLines(log) }, connection, now + followSeconds * 1_000);
}

/** Answers with what there is, and asks for the job that adds what comes. */
function follow(
  request: Request,
  reading: LogReading,
  connection: ClusterConnection,
  until: number,
): Outcome {
  const first = {
    messageId: answerIdOf(request.id),
    tick: 1,
    cluster: connection.info.name,
    namespace: reading.target.pod.namespace,
    view: viewOf(reading),
  };
  const job = followJob(first, reading.now, request.correlationId);
  return {
    reply: startFollowing(logReply(reading), until),
    changes: [{ kind: 'outbox.add', job }],
  };
}

/** What to ask the API server for. */
function queryOf(intent: LogsIntent, { pod, container }: LogTarget): LogQuery {
  const { previous, sinceSeconds, tailLines = MAX_LOG_LINES } = intent;
  return {
    namespace: pod.namespace,
    pod: pod.name,
    container: container.name,
    previous,
    tailLines: Math.min(tailLines, MAX_LOG_LINES),
    limitBytes: MAX_LOG_BYTES,
    ...(sinceSeconds !== undefined && { sinceSeconds }),
  };
}

function noTarget(target: NoLogTarget, intent: LogsIntent, subject: string): Outcome {
  if (target.kind === 'none') return refusal(explainNoTarget(target.reason, subject));
  const { pod, names } = target;
  if (names.length === 0) return refusal(`${pod.name} has no containers yet, so there is no log.`);
  const options = names.map((name): ReplyOption => {
    const place = { ...intent.place, namespace: pod.namespace };
    const meant = { ...intent, words: [`pod/${pod.name}`], place, container: name };
    return { label: name, command: formatIntent(meant) };
  });
  const named = intent.container ?? '';
  return asking(`${pod.name} has no container ${named}. Did you mean one of these?`, 'Choose one', options);
}
