import { type HealthReport, healthReport } from '@jamie/analysis';
import type { Reply } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { Place } from '../grammar/intent.ts';
import type { CommandRequest } from './command-request.ts';
import { diagnosisReply } from './diagnosis-reply.ts';
import { connectTo } from './find-target.ts';
import { type Outcome, refusal } from './outcome.ts';
import { mayRead } from './read-rights.ts';

/** How the cluster or one namespace is, worst first, with what could not be seen. */
export async function health(context: AgentsContext, asked: CommandRequest, place: Place): Promise<Outcome> {
  const connection = connectTo(context, asked, place);
  const { namespace } = place;
  const person = asked.request.principal;
  if (!(await mayRead(connection, person, namespace))) {
    const where = namespace ?? 'the whole cluster; name a namespace that you may read, as in health payments';
    return refusal(`Kubernetes does not let ${person.kubernetes.user} read pods in ${where}.`);
  }
  const snapshot = await connection.snapshots.snapshot();
  const isKnown = snapshot.objects.Namespace.some((each) => each.name === namespace);
  const seesNamespaces = !snapshot.unread.some((unread) => unread.kind === 'Namespace');
  if (namespace !== undefined && seesNamespaces && !isKnown) {
    return refusal(`There is no namespace ${namespace} on ${connection.info.name}.`);
  }
  const report = healthReport(snapshot, namespace);
  const subject = namespace === undefined ? connection.info.name : `${namespace} on ${connection.info.name}`;
  return { reply: healthReply(report, subject), cluster: connection.info.name };
}

function healthReply(report: HealthReport, subject: string): Reply {
  const { score } = report;
  const objectsChecked = report.counts.reduce((sum, count) => sum + count.total, 0);
  const scope =
    report.namespace === undefined
      ? ({ kind: 'cluster' } as const)
      : ({ kind: 'namespace', namespace: report.namespace } as const);
  const reply = diagnosisReply({ ...report, scope, ruledOut: [], objectsChecked }, subject);
  const points = score.kind === 'scored' ? `${score.points} of 100` : `no score, ${score.reason}`;
  const deductions = score.kind === 'scored' ? score.deductions : [];
  return {
    ...reply,
    headline: `${subject}: ${points}. ${reply.headline}`,
    sections: [
      {
        kind: 'table',
        columns: ['Kind', 'Total', 'With a finding'],
        rows: report.counts.map((count) => [count.kind, String(count.total), String(count.faulty)]),
      },
      ...(deductions.length === 0
        ? []
        : [
            {
              kind: 'list' as const,
              title: 'What costs points',
              items: deductions.map((each) => `${each.points}: ${each.reason}`),
            },
          ]),
      ...reply.sections,
    ],
  };
}
