import type { AccessQuery, HealingCase, Kind, Principal, Remediation } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { mayLearnOf } from '../commands/read-rights.ts';

/** The cases of a list that a person may be told of. What cannot be asked about now is not shown. */
export async function readableCases(
  context: Pick<AgentsContext, 'clusters'>,
  person: Principal,
  cases: readonly HealingCase[],
): Promise<readonly HealingCase[]> {
  const answers = await Promise.all(
    cases.map(({ cluster, subject }) =>
      unlessUnknown(() => mayLearnOf(context.clusters.connect(cluster), person, subject)),
    ),
  );
  return cases.filter((_, index) => answers[index]);
}

/** Whether Kubernetes lets a person do by hand what the case does by itself. */
export function mayHeal(
  context: Pick<AgentsContext, 'clusters'>,
  person: Principal,
  { cluster, subject, remediation }: HealingCase,
): Promise<boolean> {
  return unlessUnknown(async () => {
    const query = accessOf(remediation, subject);
    return (await context.clusters.connect(cluster).reader.reviewAccess(person.kubernetes, query)).allowed;
  });
}

const VERBS: Readonly<Record<Remediation, string>> = {
  'roll-back': 'patch',
  'raise-memory': 'patch',
  'delete-failed-pods': 'delete',
  'rerun-job': 'create',
  'cordon-node': 'patch',
};

/** What is changed is not always what has the fault: pods of a workload are deleted, and runs of a CronJob made. */
const CHANGED: Readonly<Partial<Record<Remediation, Kind>>> = {
  'delete-failed-pods': 'Pod',
  'rerun-job': 'Job',
};

function accessOf(remediation: Remediation, subject: HealingCase['subject']): AccessQuery {
  const verb = VERBS[remediation];
  const kind = CHANGED[remediation] ?? subject.kind;
  return { verb, target: kind === subject.kind ? subject : { ...subject, kind, name: '' } };
}

/** A cluster that is away or known no more lets nobody do anything. */
async function unlessUnknown(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return false;
  }
}
