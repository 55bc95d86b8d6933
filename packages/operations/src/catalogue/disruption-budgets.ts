import type { KubeObject } from '@jamie/core';
import { isOpsError, readJsonPointer } from '@jamie/core';
import { matchesSelector } from '../planning/matches-selector.ts';
import type { Surroundings } from '../planning/surroundings.ts';

/** What the disruption budgets over these pods allow now, as sentences for the card. */
export async function budgetWarnings(
  pods: readonly KubeObject[],
  { list }: Pick<Surroundings, 'list'>,
): Promise<readonly string[]> {
  const namespaces = [...new Set(pods.map(({ metadata }) => metadata.namespace ?? ''))];
  const warnings = await Promise.all(
    namespaces.map(async (namespace) => {
      try {
        const budgets = await list('PodDisruptionBudget', { namespace });
        const here = pods.filter(({ metadata }) => metadata.namespace === namespace);
        return budgets.flatMap((budget) => describeBudget(budget, here));
      } catch (error) {
        if (!isOpsError(error, 'forbidden')) throw error;
        return [
          `I may not read the disruption budgets of ${namespace}, so evictions there may be refused for a while.`,
        ];
      }
    }),
  );
  return warnings.flat();
}

function describeBudget(budget: KubeObject, pods: readonly KubeObject[]): readonly string[] {
  const selector = readJsonPointer(budget, '/spec/selector');
  const count = pods.filter(({ metadata }) => matchesSelector(selector, metadata.labels ?? {})).length;
  if (count === 0) return [];
  const allowed = readJsonPointer(budget, '/status/disruptionsAllowed');
  const now = typeof allowed === 'number' ? `allows ${allowed} now` : 'does not say yet what it allows';
  const { name, namespace } = budget.metadata;
  return [`PodDisruptionBudget ${namespace}/${name} guards ${count} of these pods and ${now}.`];
}
