import type { HorizontalPodAutoscalerView, KubeObject } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { toObjectView } from './object-view.ts';
import { listOf, numberOf, objectOf, type RawObject, textOf, timeOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a HorizontalPodAutoscaler of autoscaling/v2. */
export function toHorizontalPodAutoscalerView(
  object: KubeObject,
  sharing: Sharing,
): HorizontalPodAutoscalerView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const target = objectOf(spec['scaleTargetRef']);
  return {
    ...toObjectView('HorizontalPodAutoscaler', object, sharing),
    target: { kind: sharing.text(target['kind']), name: textOf(target['name']) },
    minReplicas: numberOf(spec['minReplicas'], 1),
    maxReplicas: numberOf(spec['maxReplicas']),
    currentReplicas: numberOf(status['currentReplicas']),
    desiredReplicas: numberOf(status['desiredReplicas']),
    conditions: toConditionViews(status['conditions'], sharing),
    metrics: listOf(spec['metrics']).map((metric) => sharing.text(metricName(objectOf(metric)))),
    utilisationOf: listOf(spec['metrics']).flatMap((metric) => utilisationOf(objectOf(metric), sharing)),
    lastScaledAt: timeOf(status['lastScaleTime']),
  };
}

function metricName(metric: RawObject): string {
  const type = textOf(metric['type']);
  const source = objectOf(metric[`${type.charAt(0).toLowerCase()}${type.slice(1)}`]);
  return `${type} ${textOf(source['name']) || textOf(objectOf(source['metric'])['name'])}`;
}

function utilisationOf({ type, resource }: RawObject, sharing: Sharing): readonly string[] {
  const { name, target } = objectOf(resource);
  const isShare = type === 'Resource' && objectOf(target)['type'] === 'Utilization';
  return isShare ? [sharing.text(name)] : [];
}
