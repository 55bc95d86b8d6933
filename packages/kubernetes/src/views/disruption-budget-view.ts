import type { KubeObject, PodDisruptionBudgetView } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { toLabelSelectorView } from './label-selector-view.ts';
import { toObjectView } from './object-view.ts';
import { numberOf, objectOf, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a PodDisruptionBudget. */
export function toPodDisruptionBudgetView(object: KubeObject, sharing: Sharing): PodDisruptionBudgetView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  return {
    ...toObjectView('PodDisruptionBudget', object, sharing),
    selector: toLabelSelectorView(spec['selector'], sharing),
    minAvailable: numberOrShare(spec['minAvailable']),
    maxUnavailable: numberOrShare(spec['maxUnavailable']),
    expectedPods: numberOf(status['expectedPods']),
    currentHealthy: numberOf(status['currentHealthy']),
    desiredHealthy: numberOf(status['desiredHealthy']),
    disruptionsAllowed: numberOf(status['disruptionsAllowed']),
    conditions: toConditionViews(status['conditions'], sharing),
  };
}

function numberOrShare(value: unknown): string {
  return typeof value === 'number' ? String(value) : textOf(value);
}
