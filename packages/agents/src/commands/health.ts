import { countOf, findHygiene, type HealthReport, healthReport } from '@jamie/analysis';
import type { PodView, Reply } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { diagnosisReply } from './diagnosis-reply.ts';
import { withHygiene } from './hygiene-sections.ts';
import { inStep } from './in-step.ts';
import { withLightTouch } from './light-touch.ts';
import { type Outcome, refusal } from './outcome.ts';
import { mayRead } from './read-rights.ts';
import { whereToLook } from './where-to-look.ts';

/** How the cluster or one namespace is, worst first, with what could not be seen. */
export async function health(
  context: AgentsContext,
  asked: CommandRequest,
  { place, lint }: IntentOf<'health'>,
): Promise<Outcome> {
  const { connection, namespace } = await whereToLook(context, asked, place);
  const person = asked.request.principal;
  if (!(await mayRead(connection, person, namespace))) {
    const where = namespace ?? 'the whole cluster; name a namespace that you may read, as in health payments';
    return refusal(`Kubernetes does not let ${person.kubernetes.user} read pods in ${where}.`);
  }
  const where = namespace === undefined ? '' : ` in ${namespace}`;
  const snapshot = await inStep(
    asked,
    `Reading what runs${where} on ${connection.info.name}`,
    () => connection.snapshots.snapshot(),
    ({ objects }) => countOf(objects.Pod.filter((pod) => isWithin(pod, namespace)).length, 'pod'),
  );
  const isKnown = snapshot.objects.Namespace.some((each) => each.name === namespace);
  const seesNamespaces = !snapshot.unread.some((unread) => unread.kind === 'Namespace');
  if (namespace !== undefined && seesNamespaces && !isKnown) {
    return refusal(`There is no namespace ${namespace} on ${connection.info.name}.`);
  }
  const report = healthReport(snapshot, namespace);
  const subject = namespace === undefined ? connection.info.name : `${namespace} on ${connection.info.name}`;
  const faults = healthReply(report, subject);
  const reply =
    lint === true
      ? withHygiene(faults, findHygiene(snapshot, report.diagnosis.scope), report.diagnosis)
      : faults;
  const outcome = { reply, cluster: connection.info.name };
  return report.diagnosis.verdict === 'healthy'
    ? withLightTouch(context, asked, 'healthy', outcome)
    : outcome;
}

function isWithin(pod: PodView, namespace: string | undefined): boolean {
  return namespace === undefined || pod.namespace === namespace;
}

function healthReply({ diagnosis, score, reasons, counts }: HealthReport, subject: string): Reply {
  const reply = diagnosisReply(diagnosis, subject);
  const points = score === undefined ? 'no score' : `${score} of 100`;
  const rows = counts.map((count) => [count.kind, String(count.total), String(count.unhealthy)]);
  return {
    ...reply,
    headline: `${subject}: ${points}. ${reply.headline}`,
    sections: [
      { kind: 'table', columns: ['Kind', 'Total', 'Unhealthy'], rows },
      ...(reasons.length === 0 ? [] : [{ kind: 'list' as const, title: 'Score', items: reasons }]),
      ...reply.sections,
    ],
  };
}
