import type { PlanRecord, Principal } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { mayRead } from './read-rights.ts';

/**
 * The plans of a list that a person may be shown: those whose namespaces they may read, in the same order. Each
 * namespace is asked about once. What cannot be asked, because the cluster is away or known no more, is not shown.
 */
export async function readablePlans(
  context: AgentsContext,
  person: Principal,
  records: readonly PlanRecord[],
): Promise<readonly PlanRecord[]> {
  const answers = new Map<string, Promise<boolean>>();
  const rights = records.map(({ plan }) =>
    Promise.all(
      namespacesOf(plan).map((namespace) => {
        const key = `${plan.cluster} ${namespace}`;
        const known = answers.get(key) ?? mayReadOn(context, person, plan.cluster, namespace);
        answers.set(key, known);
        return known;
      }),
    ),
  );
  const answered = await Promise.all(rights);
  return records.filter((_, index) => isReadable(answered[index] ?? []));
}

/** A plan without a namespace would be about the whole cluster; there is none, and nobody is shown one. */
function isReadable(answers: readonly boolean[]): boolean {
  return answers.length > 0 && answers.every(Boolean);
}

function namespacesOf({ steps }: PlanRecord['plan']): readonly string[] {
  return [...new Set(steps.map((step) => step.target.ref.namespace ?? ''))];
}

async function mayReadOn(
  context: AgentsContext,
  person: Principal,
  cluster: string,
  namespace: string,
): Promise<boolean> {
  try {
    return await mayRead(context.clusters.connect(cluster), person, namespace);
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return false;
  }
}
