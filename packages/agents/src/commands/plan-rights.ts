import type { ObjectRef, PlanRecord, Principal } from '@jamie/core';
import { formatObjectRef, isOpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { mayGet, mayRead } from './read-rights.ts';

/**
 * The plans of a list that a person may be shown: those of whose objects they may read every namespace and every node,
 * in the same order. Each is asked about once. What cannot be asked, because the cluster is away or known no more, is
 * not shown.
 */
export async function readablePlans(
  context: AgentsContext,
  person: Principal,
  records: readonly PlanRecord[],
): Promise<readonly PlanRecord[]> {
  const answers = new Map<string, Promise<boolean>>();
  const rights = records.map(({ plan }) =>
    Promise.all(
      plan.steps.map(({ target: { ref } }) => {
        const key = `${plan.cluster} ${ref.namespace ?? formatObjectRef(ref)}`;
        const known = answers.get(key) ?? mayReadOn(context, person, plan.cluster, ref);
        answers.set(key, known);
        return known;
      }),
    ),
  );
  const answered = await Promise.all(rights);
  return records.filter((_, index) => isReadable(answered[index] ?? []));
}

/** A plan without a step is about nothing that anybody could be asked about. */
function isReadable(answers: readonly boolean[]): boolean {
  return answers.length > 0 && answers.every(Boolean);
}

async function mayReadOn(
  context: AgentsContext,
  person: Principal,
  cluster: string,
  ref: ObjectRef,
): Promise<boolean> {
  try {
    const connection = context.clusters.connect(cluster);
    return ref.namespace === undefined
      ? await mayGet(connection, person, ref)
      : await mayRead(connection, person, ref.namespace);
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return false;
  }
}
