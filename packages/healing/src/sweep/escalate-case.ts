import type { HealingCase, PlanRecord, StoreChange } from '@jamie/core';
import { dossier } from '../dossier.ts';
import { type ClusterSweep, commitCase, type SeenCase } from './cluster-sweep.ts';
import { healingAudit } from './healing-audit.ts';

/** Hands a case to people: the case and its dossier are one commit, so that there is exactly one. Fails like the store. */
export async function escalateCase(
  sweep: ClusterSweep,
  seen: SeenCase,
  reason: string,
  also: readonly StoreChange[] = [],
): Promise<void> {
  const { context, now, tally } = sweep;
  const { healingCase, candidate, place } = seen;
  const next: HealingCase = {
    ...healingCase,
    status: 'escalated',
    reason,
    version: healingCase.version + 1,
  };
  const plans = await Promise.all(next.attempts.map(({ planId }) => context.store.findPlan(planId)));
  const known = plans.filter((plan): plan is PlanRecord => plan !== undefined);
  const reply = dossier({ healingCase: next, candidate, plans: known, now });
  const told = await context.report({
    kind: 'escalated',
    healingCase: next,
    autonomy: place.autonomy,
    reply,
    key: `escalated:${next.id}:${next.version}`,
    at: now,
  });
  const entry = healingAudit(context, 'escalated', next, { at: now });
  if (await commitCase(sweep, next, [...also, ...told, entry])) tally.add('escalated');
}
