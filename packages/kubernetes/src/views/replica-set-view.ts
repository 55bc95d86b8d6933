import type { KubeObject, ReplicaSetView } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { annotationOf, templateImages, toObjectView } from './object-view.ts';
import { messageOf, numberOf, objectOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';
import { REVISION_ANNOTATION } from './workload-view.ts';

/** Projects a ReplicaSet. */
export function toReplicaSetView(object: KubeObject, sharing: Sharing): ReplicaSetView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const view = toObjectView('ReplicaSet', object, sharing);
  return {
    ...view,
    revision: Number.parseInt(annotationOf(object, REVISION_ANNOTATION), 10) || 0,
    replicas: numberOf(spec['replicas'], 1),
    readyReplicas: numberOf(status['readyReplicas']),
    podTemplateHash: view.labels['pod-template-hash'] ?? '',
    images: templateImages(spec, sharing),
    changeCause: messageOf(annotationOf(object, 'kubernetes.io/change-cause')),
    conditions: toConditionViews(status['conditions'], sharing),
  };
}
