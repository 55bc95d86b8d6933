import type { ForeignChange } from '../healing-context.ts';
import { attemptsInWindow } from '../rules/verdict.ts';
import type { ClusterSweep, SeenCase } from './cluster-sweep.ts';

/** Who has changed back what the last attempt had changed, and was not known yet. Fails like the cluster. */
export async function findReverts(
  { context, now }: ClusterSweep,
  { healingCase }: SeenCase,
): Promise<readonly ForeignChange[]> {
  const last = attemptsInWindow(healingCase, now).at(-1);
  if (last === undefined) return [];
  const record = await context.store.findPlan(last.planId);
  if (record?.status !== 'succeeded') return [];
  const changes = await context.foreignChanges.findForeignChanges(record);
  const knownUntil = Math.max(last.startedAt, ...healingCase.reverts);
  return changes.filter(({ at }) => at > knownUntil);
}
