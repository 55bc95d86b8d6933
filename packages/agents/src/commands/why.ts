import { countOf, diagnose, findHygiene, type LogReading, logsWanted, withLogs } from '@jamie/analysis';
import type { ClusterConnection, Diagnosis, LogQuery, Principal } from '@jamie/core';
import { formatObjectRef, isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { diagnosisReply } from './diagnosis-reply.ts';
import { findTarget } from './find-target.ts';
import { withHygiene } from './hygiene-sections.ts';
import { inStep } from './in-step.ts';
import { withLightTouch } from './light-touch.ts';
import type { Outcome } from './outcome.ts';
import { mayRead } from './read-rights.ts';
import { refuseReading } from './refuse-reading.ts';

/** Says what is wrong with something, why, and how we know. Reads for the person, as the person. */
export async function why(
  context: AgentsContext,
  asked: CommandRequest,
  intent: IntentOf<'why'>,
): Promise<Outcome> {
  const found = await findTarget(context, asked, intent);
  if (found.kind === 'not_found') return found.outcome;
  const { connection, snapshot, ref } = found;
  const person = asked.request.principal;
  if (!(await mayRead(connection, person, ref.namespace)))
    return refuseReading(person, 'read pods', ref.namespace, connection);
  const first = diagnose(snapshot, { kind: 'object', ref });
  const diagnosis = await strengthen(context, asked, connection, first);
  const cluster = connection.info.name;
  const faults = diagnosisReply(diagnosis, formatObjectRef(ref));
  const reply =
    intent.lint === true ? withHygiene(faults, findHygiene(snapshot, diagnosis.scope), diagnosis) : faults;
  const outcome = { reply, cluster, focus: ref };
  return diagnosis.verdict === 'healthy' ? withLightTouch(context, asked, 'healthy', outcome) : outcome;
}

/** Adds the log lines that matter. A log that cannot be read is said, and keeps nothing else from being answered. */
async function strengthen(
  context: AgentsContext,
  asked: CommandRequest,
  connection: ClusterConnection,
  diagnosis: Diagnosis,
): Promise<Diagnosis> {
  const person = asked.request.principal;
  const logs = await Promise.all(
    logsWanted(diagnosis).map((query) =>
      inStep(
        asked,
        `Reading the log of ${query.container} in ${query.pod}`,
        () => readLog(context, connection, person, query),
        (log) => (log.kind === 'read' ? countOf(log.text.split('\n').length, 'line') : log.why),
      ),
    ),
  );
  return withLogs(diagnosis, logs);
}

async function readLog(
  context: AgentsContext,
  connection: ClusterConnection,
  person: Principal,
  query: LogQuery,
): Promise<LogReading> {
  try {
    const text = await connection.reader.readLog(query, person.kubernetes);
    return { kind: 'read', query, text, readAt: context.clock.now() };
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return { kind: 'unread', query, why: error.userMessage ?? error.message };
  }
}
